/** Questions about the blocks of one document. Pure; built once per document. */
import type { Block, BlockIndex } from '../../../functions/src/contracts/document.ts';

/** A block with text of its own that stands in the Markdown. */
export type Leaf = Block & { charStart: number; charEnd: number };

export interface BlockLookup {
  /** In document order. */
  blocks: readonly Block[];
  byId(blockId: string): Block | undefined;
  /** In the order of the Markdown. */
  leaves: readonly Leaf[];
  /** The first leaf that begins in [from, to). */
  leafIn(from: number, to: number): Leaf | undefined;
  /** All leaves that share a character with [from, to). */
  leavesIn(from: number, to: number): readonly Leaf[];
  /** The leaf in whose range the offset lies. */
  leafAt(offset: number): Leaf | undefined;
  /** The first table that begins in [from, to). */
  tableIn(from: number, to: number): Block | undefined;
  childrenOf(blockId: string): readonly Block[];
  /** The block itself, or the first leaf in a table, a row or a quote. */
  firstLeafOf(block: Block): Block;
  /** Offset of the first leaf on the page or after it. */
  startOfPage(pageNumber: number): number | undefined;
  /** Leaves with a box that begin on the page. */
  onPage(pageNumber: number): readonly Leaf[];
  /** Offset of the first leaf that begins on a page → number of that page. */
  pageStarts: ReadonlyMap<number, number>;
}

const HOLDERS: ReadonlySet<string> = new Set(['table', 'table_row', 'quote']);

const isInMarkdown = (block: Block): block is Leaf => block.charStart !== null && block.charEnd !== null;

/** Of items in order: the position of the first for which `isPast` holds. */
const firstWhere = <T>(items: readonly T[], isPast: (item: T) => boolean): number => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && isPast(item)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const groupBy = <K>(blocks: readonly Block[], keyOf: (block: Block) => K | undefined): Map<K, Block[]> => {
  const groups = new Map<K, Block[]>();
  for (const block of blocks) {
    const key = keyOf(block);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(block);
    else groups.set(key, [block]);
  }
  return groups;
};

const pageStartsOf = (leaves: readonly Leaf[]): Map<number, number> => {
  const starts = new Map<number, number>();
  let page = 0;
  for (const { pageNumber, charStart } of leaves) {
    if (pageNumber === undefined || pageNumber <= page) continue;
    starts.set(charStart, pageNumber);
    page = pageNumber;
  }
  return starts;
};

export const createBlockLookup = ({ blocks }: Pick<BlockIndex, 'blocks'>): BlockLookup => {
  const ids = new Map(blocks.map((block) => [block.blockId, block]));
  const byStart = (a: Leaf, b: Leaf) => a.charStart - b.charStart;
  const placed = blocks.filter(isInMarkdown);
  const leaves = placed.filter(({ kind }) => !HOLDERS.has(kind)).sort(byStart);
  const tables = placed.filter(({ kind }) => kind === 'table').sort(byStart);
  const children = groupBy(blocks, ({ parentId }) => parentId);
  const pages = groupBy(leaves, ({ bbox, pageNumber }) => (bbox ? pageNumber : undefined)) as Map<number, Leaf[]>;

  const beginningIn = (among: readonly Leaf[], from: number, to: number): Leaf | undefined => {
    const found = among[firstWhere(among, ({ charStart }) => charStart >= from)];
    return found !== undefined && found.charStart < to ? found : undefined;
  };
  const firstLeafOf = (block: Block): Block => {
    const first = HOLDERS.has(block.kind) ? children.get(block.blockId)?.[0] : undefined;
    return first === undefined ? block : firstLeafOf(first);
  };
  return {
    blocks,
    firstLeafOf,
    startOfPage: (pageNumber) => leaves.find((leaf) => (leaf.pageNumber ?? 0) >= pageNumber)?.charStart,
    byId: (blockId) => ids.get(blockId),
    leaves,
    leafIn: (from, to) => beginningIn(leaves, from, to),
    leavesIn(from, to) {
      const first = firstWhere(leaves, ({ charEnd }) => charEnd > from);
      return leaves.slice(
        first,
        firstWhere(leaves, ({ charStart }) => charStart >= to),
      );
    },
    leafAt(offset) {
      const found = leaves[firstWhere(leaves, ({ charStart }) => charStart > offset) - 1];
      return found !== undefined && offset < Math.max(found.charEnd, found.charStart + 1) ? found : undefined;
    },
    tableIn: (from, to) => beginningIn(tables, from, to),
    childrenOf: (blockId) => children.get(blockId) ?? [],
    onPage: (pageNumber) => pages.get(pageNumber) ?? [],
    pageStarts: pageStartsOf(leaves),
  };
};
