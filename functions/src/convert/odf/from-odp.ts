/** OpenDocument presentations (.odp, .otp) to a tree. */
import type { RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import type { Slide } from '../slides.ts';
import { addSlides, speakerNotes } from '../slides.ts';
import type { ConvertInput, ConvertLimits, RunningText, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { readBlocks } from './blocks.ts';
import { paragraphsIn, readPage } from './draw-page.ts';
import { shownText } from './inline.ts';
import { toEmu } from './lengths.ts';
import { readMetadata } from './metadata.ts';
import type { OdfPackage } from './open-package.ts';
import { openOdf } from './open-package.ts';
import { beginReading, noteUnseen } from './reading.ts';
import { reportMessages, reportSafety } from './report.ts';

/**
 * Slides in their order, hidden ones left out and counted. A slide's title is a heading; one that stands alone on slides of a layout
 * of their own opens a part. Its notes are a quotation after it. A slide is no
 * page: none are claimed. Throws FILE_ENCRYPTED, ARCHIVE_TOO_LARGE and FILE_DAMAGED.
 */
export const fromOdp = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const odf = openOdf(input, limits, 'office:presentation');
  const reading = beginReading(odf, readBlocks);
  const pages = elementsOf(odf.body, 'draw:page');
  const shown = pages.filter((page) => !reading.styles.get('drawing-page', attribute(page, 'style-name')).notShown);
  const size = slideSize(odf, shown[0]);
  const read = shown.map((page) => ({ layout: layoutOf(page), ...readPage(reading, page, size) }));
  const contentLayouts = new Set(read.filter(({ isBare }) => !isBare).map(({ layout }) => layout));
  const slides = read.map(({ layout, hasSubtitle, isBare, ...slide }, index): Slide => {
    if (hasSubtitle && index === 0) return { ...slide, opens: 'deck' };
    return { ...slide, opens: isBare && !contentLayouts.has(layout) ? 'part' : undefined };
  });
  const blocks: RootContent[] = [];
  addSlides(blocks, slides);
  const seen = new Set(shown);
  for (const page of pages) {
    if (!seen.has(page)) noteUnseen(reading, 'hidden', paragraphsIn(page).join(' '));
  }
  const messages = reportMessages(reading, 'presentation', [[pages.length - shown.length, 'slide']]);
  const withNotes = slides.filter(({ notes }) => notes.length > 0).length;
  return {
    ...emptyTree(blocks),
    runningLines: readRunningLines(odf.body),
    messages: withNotes > 0 ? [speakerNotes(withNotes), ...messages] : messages,
    safety: reportSafety(reading, 'presentation'),
    ...readMetadata(odf.office, reading.styles),
  };
};

/** Slides made alike have the same. */
const layoutOf = (page: XmlElement): string =>
  `${attribute(page, 'master-page-name')} ${attribute(page, 'presentation-page-layout-name')}`;

/** Heads and feet that slides show are declared once, for all of them. */
const readRunningLines = (body: XmlElement): RunningText[] => {
  const lines = new Map<string, RunningText>();
  for (const element of elementsOf(body)) {
    if (!/^presentation:(?:header|footer)-decl$/.test(element.name)) continue;
    const text = shownText(element).trim();
    const position = element.name === 'presentation:header-decl' ? 'head' : 'foot';
    if (text !== '') lines.set(`${position} ${text}`, { text, position });
  }
  return [...lines.values()];
};

/** A slide has the size that its master page's layout states. */
const slideSize = (
  { styles }: OdfPackage,
  page: XmlElement | undefined,
): { width: number; height: number } | undefined => {
  const named = (group: string, kind: string, name: string | undefined) =>
    elementsOf(child(styles, group), kind).find((element) => attribute(element, 'name') === name);
  const master = named('office:master-styles', 'style:master-page', attribute(page, 'master-page-name'));
  const layout = named('office:automatic-styles', 'style:page-layout', attribute(master, 'page-layout-name'));
  const properties = child(layout, 'style:page-layout-properties');
  const [width, height] = [toEmu(attribute(properties, 'page-width')), toEmu(attribute(properties, 'page-height'))];
  return width && height ? { width, height } : undefined;
};
