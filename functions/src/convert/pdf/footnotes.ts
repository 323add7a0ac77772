/** Notes at the feet of pages: small numbered print below the text. They are put behind it, so that they interrupt no sentence that goes on over the page. */
import { fontsOf } from './heading-score.ts';
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { noteNumber } from './note-references.ts';

/** In points: notes are set this much smaller than the text. */
const SMALLER_PT = 0.9;
/** Their number, raised or not, and the beginning of a sentence. */
const NOTE = /^\d{1,3}[.)]?\s*[\p{Lu}“"‘(]/u;

const isSmall = ({ lines }: TextBlock, bodySize: number): boolean =>
  lines.every(({ size }) => size <= bodySize - SMALLER_PT);

/** A page and a number raised on it, for each line that has one. */
const raisedOn = (blocks: readonly LayoutBlock[]): Set<string> =>
  new Set(
    blocks.flatMap((block) =>
      block.kind !== 'text'
        ? []
        : block.lines.flatMap(({ noteMarks, text }) =>
            (noteMarks ?? []).map(({ at, length }) => `${block.pageNumber} ${text.slice(at, at + length)}`),
          ),
    ),
  );

export interface PartedNotes {
  flows: LayoutBlock[][];
  /** In the order of the pages. */
  notes: TextBlock[];
}

/**
 * `flows`: the blocks of each column, in reading order. Notes are what ends a column, in small print or of a number that is raised in the text of
 * their page; a column that is nothing else stays.
 */
export const takeFootnotes = (flows: readonly (readonly LayoutBlock[])[]): PartedNotes => {
  const { bodySize } = fontsOf(flows.flat().filter((block) => block.kind === 'text'));
  const raised = raisedOn(flows.flat());
  const isNote = (block: LayoutBlock | undefined): boolean => {
    if (block?.kind !== 'text' || !NOTE.test(block.lines[0]?.text ?? '')) return false;
    return isSmall(block, bodySize) || raised.has(`${block.pageNumber} ${noteNumber(block) ?? ''}`);
  };
  const notes: TextBlock[] = [];
  const kept = flows.map((blocks) => {
    let end = blocks.length;
    while (end > 1 && isNote(blocks[end - 1])) end -= 1;
    for (const block of blocks.slice(end)) if (block.kind === 'text') notes.push({ ...block, isNote: true });
    return blocks.slice(0, end);
  });
  return { flows: kept, notes };
};
