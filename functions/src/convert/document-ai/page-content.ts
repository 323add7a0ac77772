/** Recognised pages as the PDF converter's page model, so that both are laid out by the same rules. */
import type { OcrPage } from '../../contracts/ocr.ts';
import { readMarker } from '../pdf/markers.ts';
import { medianOf, type PageContent, type Segment } from '../pdf/page-model.ts';
import type { RunningLine } from '../source-tree.ts';
import { countUnreadable } from '../source-tree-parts.ts';
import { headingDepth } from '../text/headings.ts';
import { baselineOf, letterSize, snapSizes } from './letter-size.ts';

type Paragraph = OcrPage['paragraphs'][number];
type Line = Paragraph['lines'][number];

/** A heading that the recogniser knows of is shown larger than anything else: the layout goes by looks. */
const TITLE_LARGER = 2;
const HEADING_LARGER = 1.9;
const LARGER_STEP = 0.1;
const DEEPEST = 6;
/** Share of the size that letters take above the baseline. */
const ASCENT_EM = 0.75;
const DESCENT_EM = 0.22;

const isRunning = ({ kind }: Paragraph): boolean => kind === 'header' || kind === 'footer';

const measure = ({ lines }: Paragraph): number => medianOf(lines.map(({ text, bbox }) => letterSize(text, bbox)));

const largerBy = ({ kind, depth = 1 }: Paragraph): number => {
  if (kind === 'title') return TITLE_LARGER;
  return kind === 'heading' ? HEADING_LARGER - LARGER_STEP * Math.min(depth, DEEPEST) : 1;
};

/** Recognition tells no weight; a line alone that can only be a heading is taken for bold. */
const looksBold = ({ kind, lines }: Paragraph, nextLine: string): boolean => {
  const [only, more] = lines;
  return (
    kind === 'body' &&
    only !== undefined &&
    more === undefined &&
    headingDepth([only.text], nextLine, false) !== undefined
  );
};

const toSegment = ({ text, bbox }: Line, size: number, bold: boolean): Segment => {
  const firstWord = /^\S+/.exec(text)?.[0] ?? '';
  const baseline = baselineOf(text, bbox, size);
  return {
    text,
    x0: bbox.x,
    x1: bbox.x + bbox.width,
    top: baseline - ASCENT_EM * size,
    bottom: baseline + DESCENT_EM * size,
    baseline,
    size,
    bold,
    italic: false,
    boldLead: false,
    firstWordWidth: (bbox.width * firstWord.length) / Math.max(1, text.length),
    rotated: false,
  };
};

/** A small bullet is often read as a full stop, and a mark in brackets torn apart. No line of text begins like that. */
const repairMark = (text: string): string =>
  text.replace(/^[.·]\s+(?=\S)/u, '• ').replace(/^\(\s*(\d{1,3}|[a-zA-Z]{1,4})\s*\)(?=\s)/, '($1)');

/** An item whose mark the recogniser has taken away gets one again. */
const withMark = (line: Line, { kind, lines }: Paragraph): Line => {
  const text = repairMark(line.text);
  const isBare = kind === 'list_item' && line === lines[0] && readMarker(text) === undefined;
  return { ...line, text: isBare ? `• ${text}` : text };
};

export const runningLinesOf = (pages: readonly OcrPage[]): RunningLine[] =>
  pages.flatMap(({ pageNumber, paragraphs }) =>
    paragraphs
      .filter(isRunning)
      .flatMap(({ kind, lines }) =>
        lines.map(
          ({ text, bbox }): RunningLine => ({ text, pageNumber, position: kind === 'header' ? 'head' : 'foot', bbox }),
        ),
      ),
  );

/** All but running lines and tables. */
export const toPageContents = (pages: readonly OcrPage[]): PageContent[] => {
  const measured = pages.flatMap(({ paragraphs }) =>
    paragraphs
      .filter((paragraph) => !isRunning(paragraph) && paragraph.lines.length > 0)
      .map((paragraph) => ({
        size: measure(paragraph),
        weight: paragraph.lines.reduce((sum, { text }) => sum + text.length, 0),
      })),
  );
  const snap = snapSizes(measured);
  const bodySize = medianOf(measured.flatMap(({ size, weight }) => Array.from({ length: weight }, () => snap(size))));
  return pages.map(({ pageNumber, widthPt, heightPt, paragraphs }) => {
    const own = paragraphs.filter((paragraph) => !isRunning(paragraph));
    const segments = own.flatMap((paragraph, index) => {
      const larger = largerBy(paragraph);
      const size = larger > 1 ? bodySize * larger : snap(measure(paragraph));
      const bold = larger > 1 || (size === bodySize && looksBold(paragraph, own[index + 1]?.lines[0]?.text ?? ''));
      return paragraph.lines.map((line) => toSegment(withMark(line, paragraph), size, bold));
    });
    return {
      pageNumber,
      width: widthPt,
      height: heightPt,
      segments,
      rules: [],
      hasImage: true,
      hasPath: false,
      unreadableCharacters: segments.reduce((sum, { text }) => sum + countUnreadable(text), 0),
    };
  });
};
