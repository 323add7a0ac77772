/** Where a target stands: in the Markdown, and on which pages. Pure. */
import type { Block, BoundingBox } from '../../../functions/src/contracts/document.ts';
import type { BlockLookup } from './block-lookup.ts';
import type { SourceTarget } from './source-target.ts';

/** Half-open, UTF-16 offsets into the canonical Markdown. */
export interface TextRange {
  from: number;
  to: number;
}

/** What is shown of it on one page. */
export interface PagePart {
  pageNumber: number;
  /** Looked for in the text of the page. Null: the box is all that is asked for. */
  quote: string | null;
  /** Points; around the blocks that it is of, as far as they are known on this page. */
  box: BoundingBox | null;
}

export interface Place {
  blockId: string | null;
  /** What is marked in the Markdown; null when only a block or a page is meant. */
  range: TextRange | null;
  /** In order; empty for a format without pages. */
  parts: PagePart[];
}

const rangeOf = ({ from, to }: SourceTarget, length: number): TextRange | null =>
  typeof from === 'number' && typeof to === 'number' && from >= 0 && from < to && to <= length ? { from, to } : null;

/** The range of the block, cut where it goes on on a further page. */
const piecesOf = (block: Block, range: TextRange): (TextRange & { pageNumber: number })[] => {
  if (block.pageNumber === undefined) return [];
  const starts = [{ charStart: 0, pageNumber: block.pageNumber }, ...(block.pageBreaks ?? [])];
  return starts.flatMap(({ charStart, pageNumber }, index) => {
    const from = Math.max(range.from, charStart);
    const to = Math.min(range.to, starts[index + 1]?.charStart ?? range.to);
    return from < to ? [{ pageNumber, from, to }] : [];
  });
};

const around = (boxes: readonly BoundingBox[]): BoundingBox | null => {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
};

const partsOfBlock = (
  block: Block,
  range: TextRange | null,
  { quote }: SourceTarget,
  markdown: string,
  lookup: BlockLookup,
): PagePart[] => {
  /** Of a row of a table, which begins with one block and goes on over others: around all of its cells. */
  const boxOn = (pageNumber: number): BoundingBox | null => {
    const shown = range === null ? [] : lookup.leavesIn(range.from, range.to);
    const boxes = (shown.length > 1 ? shown : [block]).flatMap((each) =>
      each.bbox && each.pageNumber === pageNumber ? [each.bbox] : [],
    );
    return around(boxes);
  };
  const pieces = range === null ? [] : piecesOf(block, range);
  if (pieces.length > 1) {
    return pieces.map(({ pageNumber, from, to }) => ({
      pageNumber,
      quote: markdown.slice(from, to),
      box: boxOn(pageNumber),
    }));
  }
  const pageNumber = pieces[0]?.pageNumber ?? block.pageNumber;
  if (pageNumber === undefined) return [];
  const text = quote ?? (range === null ? null : markdown.slice(range.from, range.to));
  return [{ pageNumber, quote: text || null, box: boxOn(pageNumber) }];
};

/** A block that is not there is no block; a range that does not fit the Markdown is no range. */
export const locateTarget = (lookup: BlockLookup, markdown: string, target: SourceTarget): Place => {
  const range = rangeOf(target, markdown.length);
  const named = target.blockId === undefined ? undefined : lookup.byId(target.blockId);
  const block =
    named ?? (range === null ? undefined : (lookup.leafAt(range.from) ?? lookup.leafIn(range.from, range.to)));
  if (block !== undefined) {
    return { blockId: block.blockId, range, parts: partsOfBlock(block, range, target, markdown, lookup) };
  }
  const { pageNumber, quote } = target;
  return {
    blockId: null,
    range,
    parts: pageNumber === undefined ? [] : [{ pageNumber, quote: quote ?? null, box: null }],
  };
};
