/** Cuts canonical Markdown into pieces that are parsed and drawn one by one, as they come into view. Pure. */
import type { Block } from '../../../../functions/src/contracts/document.ts';

/** [start, end) of the Markdown; `head` stands before it when it is parsed: the head of a table that goes on. */
export interface Segment {
  start: number;
  end: number;
  head: string;
}

/** A piece of about this size is parsed and drawn within a few milliseconds. */
export const SEGMENT_CHARACTERS = 1500;

interface Cut {
  at: number;
  head: string;
}

const lineStartOf = (markdown: string, offset: number): number => markdown.lastIndexOf('\n', offset - 1) + 1;

/** Where a block at the outermost level begins, if parsing may begin there too. */
const cutBefore = (markdown: string, { charStart, kind }: Block): Cut | null => {
  if (charStart === null) return null;
  const at = lineStartOf(markdown, charStart);
  const isAfterBlankLine = at === 0 || /\n[ \t]*\n$/.test(markdown.slice(Math.max(0, at - 40), at));
  const isListItem = kind === 'list_item' && /^(?:[-*+]|\d{1,9}[.)])[ \t]/.test(markdown.slice(at, charStart));
  const isIndented = /[ \t]/.test(markdown.charAt(at));
  return !isIndented && (isAfterBlankLine || isListItem) ? { at, head: '' } : null;
};

const TABLE_HEAD = /\|[^\n]*\n\|[-:| \t]*\n/y;

/** Before each row of a table of pipes but the first, with the table's head. */
const createRowCuts = (markdown: string) => {
  let table: { blockId: string; head: string | null } | null = null;
  return {
    enter({ blockId, charStart, parentId }: Block): void {
      table = { blockId, head: null };
      if (charStart === null || parentId !== undefined) return;
      TABLE_HEAD.lastIndex = lineStartOf(markdown, charStart);
      table.head = TABLE_HEAD.exec(markdown)?.[0] ?? null;
    },
    before({ charStart, parentId }: Block): Cut | null {
      if (!table?.head || parentId !== table.blockId || charStart === null) return null;
      const at = lineStartOf(markdown, charStart);
      return markdown.charAt(at) === '|' ? { at, head: table.head } : null;
    },
  };
};

/** In order, together the whole Markdown; none is empty. A block that cannot be cut may make one longer than `size`. */
export const segmentsOf = (markdown: string, blocks: readonly Block[], size = SEGMENT_CHARACTERS): Segment[] => {
  const rows = createRowCuts(markdown);
  const segments: Segment[] = [];
  let open: Segment = { start: 0, end: 0, head: '' };
  let isFirstRow = false;
  for (const block of blocks) {
    let cut: Cut | null = null;
    if (block.kind === 'table') {
      rows.enter(block);
      isFirstRow = true;
    }
    if (block.kind === 'table_row') {
      cut = isFirstRow ? null : rows.before(block);
      isFirstRow = false;
    } else if (block.parentId === undefined) cut = cutBefore(markdown, block);
    if (cut === null || cut.at - open.start < size) continue;
    segments.push({ ...open, end: cut.at });
    open = { start: cut.at, end: cut.at, head: cut.head };
  }
  if (open.start < markdown.length) segments.push({ ...open, end: markdown.length });
  return segments;
};

/** The position of the segment in which the offset lies; the last one for an offset past the end. */
export const segmentAt = (segments: readonly Segment[], offset: number): number => {
  const found = segments.findIndex(({ end }) => offset < end);
  return found === -1 ? Math.max(0, segments.length - 1) : found;
};
