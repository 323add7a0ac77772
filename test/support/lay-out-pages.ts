/** Pages of pieces, laid out: what the PDF converter makes of them from the page's layout to Markdown's tree. */
import { joinFlows } from '../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../functions/src/convert/pdf/layout-page.ts';
import type { Rule, Segment } from '../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../functions/src/convert/pdf/to-mdast.ts';
import { pageOf, segmentOf } from './page-pieces.ts';
import { outlineOf } from './read-pdf.ts';

/** `rules` are those of every page. */
export const outline = (pages: Segment[][], rules: Rule[] = []): string[] => {
  const vocabulary = collectVocabulary(pages.flatMap((segments) => segments.map(({ text }) => text)));
  const contents = pages.map((segments, index) => pageOf(index + 1, segments, rules));
  return outlineOf(toMdast(joinFlows(layoutPages(contents)).blocks, vocabulary));
};

/** Runs from 72 pt to the right edge of its column. */
export const WIDE = 'a full line of text that runs all the way to the right edge of its column, word by word, on';

/** Three lines, the last one short. */
export const paragraph = (first: string, baseline: number): Segment[] => [
  segmentOf(`${first} ${WIDE}`.slice(0, 90), 72, baseline),
  segmentOf(WIDE.slice(0, 90), 72, baseline + 12),
  segmentOf('and ends.', 72, baseline + 24),
];
