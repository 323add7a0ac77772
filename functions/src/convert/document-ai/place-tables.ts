/** Puts the tables that the recogniser found between the text blocks of their page. */
import type { OcrPage } from '../../contracts/ocr.ts';
import type { LayoutBlock, TableBlock } from '../pdf/layout-model.ts';
import type { Box } from '../pdf/page-model.ts';

type OcrTable = OcrPage['tables'][number];

const toTableBlock = ({ bbox, rows }: OcrTable, pageNumber: number): TableBlock => {
  // Where each cell stands is not told: it is somewhere in its table.
  const box: Box = { x0: bbox.x, top: bbox.y, x1: bbox.x + bbox.width, bottom: bbox.y + bbox.height };
  const columnCount = Math.max(
    1,
    ...rows.map(({ cells }) => cells.reduce((sum, { columnSpan }) => sum + columnSpan, 0)),
  );
  const firstBodyRow = rows.findIndex(({ isHeader }) => !isHeader);
  const headerRows = firstBodyRow < 0 ? rows.length : firstBodyRow;
  return {
    kind: 'table',
    pageNumber,
    box,
    columnCount,
    headerRows,
    boldHead: headerRows > 0,
    rows: rows.map(({ cells }) => ({
      cells: cells.map(({ text, rowSpan, columnSpan }) => ({
        box,
        paragraphs: text === '' ? [] : [[text]],
        rowSpan,
        columnSpan,
      })),
    })),
    columnStarts: Array.from({ length: columnCount }, (_, index) => bbox.x + (index * bbox.width) / columnCount),
  };
};

/** In the first flow that goes on below it, else at the end of the last. */
const place = (table: TableBlock, flows: readonly LayoutBlock[][]): LayoutBlock[][] => {
  if (flows.length === 0) return [[table]];
  const isBelow = (block: LayoutBlock): boolean => block.box.top >= table.box.top;
  const found = flows.findIndex((blocks) => blocks.some(isBelow));
  const home = found < 0 ? flows.length - 1 : found;
  return flows.map((blocks, index) => {
    if (index !== home) return blocks;
    const at = blocks.findIndex(isBelow);
    return at < 0 ? [...blocks, table] : blocks.toSpliced(at, 0, table);
  });
};

/** `flows` in the order of the pages, as the layout gives them; those of pages that were not recognised stay as they are. */
export const placeTables = (flows: readonly LayoutBlock[][], recognised: readonly OcrPage[]): LayoutBlock[][] => {
  const tablesOf = new Map(recognised.map(({ pageNumber, tables }) => [pageNumber, tables]));
  const flowsOf = Map.groupBy(flows, ([first]) => first?.pageNumber ?? 0);
  const pageNumbers = [...new Set([...flowsOf.keys(), ...tablesOf.keys()])].toSorted((a, b) => a - b);
  return pageNumbers.flatMap((pageNumber) =>
    (tablesOf.get(pageNumber) ?? [])
      .map((table) => toTableBlock(table, pageNumber))
      .reduce<LayoutBlock[][]>((placed, table) => place(table, placed), flowsOf.get(pageNumber) ?? []),
  );
};
