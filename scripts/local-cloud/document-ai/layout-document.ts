/** Recognised pages in the shape of the Layout Parser, told apart by simple rules: size, marks, gaps, and the place on the page. */
import type { RecognisedBlock, RecognisedLine, RecognisedPage } from './recognise.ts';

interface PageSpan {
  pageStart: number;
  pageEnd: number;
}

export interface LayoutBlock {
  blockId: string;
  pageSpan: PageSpan;
  textBlock?: { text: string; type: string; blocks: LayoutBlock[] };
  tableBlock?: { headerRows: LayoutRow[]; bodyRows: LayoutRow[] };
  listBlock?: { listEntries: { blocks: LayoutBlock[] }[]; type: 'ordered' | 'unordered' };
}

interface LayoutRow {
  cells: { blocks: LayoutBlock[]; rowSpan: number; colSpan: number }[];
}

export interface LayoutDocument {
  mimeType: string;
  documentLayout: { blocks: LayoutBlock[] };
}

const MARGIN_SHARE = 0.06;
/** A line this many times the usual height is a heading. */
const LARGER = 1.2;
const MUCH_LARGER = 1.45;
const BULLET = /^[•●▪■◦○*–-]\s+/;
const NUMBER = /^(?:\d{1,3}[.)]|\(?[a-z]{1,3}\))\s+/i;
const HEADING_MAX_LINES = 2;

const textOf = (lines: readonly RecognisedLine[]): string =>
  lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join(' ');

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Makes the blocks of one document, numbered in order. */
const createBlockMaker = (): ((pageNumber: number, content: Partial<LayoutBlock>) => LayoutBlock) => {
  let count = 0;
  return (pageNumber, content) => {
    count += 1;
    return { blockId: String(count), pageSpan: { pageStart: pageNumber, pageEnd: pageNumber }, ...content };
  };
};
type MakeBlock = ReturnType<typeof createBlockMaker>;

const textType = (lines: readonly RecognisedLine[], page: RecognisedPage, usualHeight: number): string => {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return 'paragraph';
  if (last.box.y1 < page.height * MARGIN_SHARE) return 'header';
  if (first.box.y0 > page.height * (1 - MARGIN_SHARE)) return 'footer';
  const height = medianOf(lines.map((line) => line.height));
  if (lines.length > HEADING_MAX_LINES || height < usualHeight * LARGER) return 'paragraph';
  return height < usualHeight * MUCH_LARGER ? 'heading-2' : 'heading-1';
};

/** Lines of one height make a row; their order is from left to right. */
const rowsOf = (block: RecognisedBlock): RecognisedLine[][][] => {
  const cells = block.paragraphs.toSorted((a, b) => (a[0]?.box.y0 ?? 0) - (b[0]?.box.y0 ?? 0));
  const rows: RecognisedLine[][][] = [];
  for (const cell of cells) {
    const above = rows.at(-1)?.[0]?.[0]?.box;
    const box = cell[0]?.box;
    if (above && box && box.y0 < above.y1) rows.at(-1)?.push(cell);
    else rows.push([cell]);
  }
  return rows.map((row) => row.toSorted((a, b) => (a[0]?.box.x0 ?? 0) - (b[0]?.box.x0 ?? 0)));
};

const toTable = (block: RecognisedBlock, pageNumber: number, make: MakeBlock): LayoutBlock => {
  const rows = rowsOf(block).map(
    (row): LayoutRow => ({
      cells: row.map((lines) => ({
        blocks: [make(pageNumber, { textBlock: { text: textOf(lines), type: 'paragraph', blocks: [] } })],
        rowSpan: 1,
        colSpan: 1,
      })),
    }),
  );
  return make(pageNumber, { tableBlock: { headerRows: rows.slice(0, 1), bodyRows: rows.slice(1) } });
};

const listType = (text: string): 'ordered' | 'unordered' | undefined => {
  if (BULLET.test(text)) return 'unordered';
  return NUMBER.test(text) ? 'ordered' : undefined;
};

const toBlocks = (page: RecognisedPage, usualHeight: number, make: MakeBlock): LayoutBlock[] => {
  const blocks: LayoutBlock[] = [];
  const addParagraph = (lines: RecognisedLine[]): void => {
    const [text, type] = [textOf(lines), textType(lines, page, usualHeight)];
    const list = type === 'paragraph' ? listType(text) : undefined;
    const content = make(page.pageNumber, {
      textBlock: { text: list ? text.replace(BULLET, '') : text, type, blocks: [] },
    });
    const open = blocks.at(-1)?.listBlock;
    if (!list) blocks.push(content);
    else if (open?.type === list) open.listEntries.push({ blocks: [content] });
    else blocks.push(make(page.pageNumber, { listBlock: { listEntries: [{ blocks: [content] }], type: list } }));
  };
  for (const block of page.blocks) {
    if (block.isTable) blocks.push(toTable(block, page.pageNumber, make));
    else for (const lines of block.paragraphs) addParagraph(lines);
  }
  return blocks;
};

export const toLayoutDocument = (pages: readonly RecognisedPage[], mimeType: string): LayoutDocument => {
  const heights = pages.flatMap(({ blocks }) =>
    blocks.flatMap(({ paragraphs }) => paragraphs.flat().map(({ height }) => height)),
  );
  const make = createBlockMaker();
  return { mimeType, documentLayout: { blocks: pages.flatMap((page) => toBlocks(page, medianOf(heights), make)) } };
};
