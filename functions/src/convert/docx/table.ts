/** Word tables to mdast. */
import type { RootContent, TableCell, TableRow } from 'mdast';
import { toCellContent } from '../cell-content.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, elementsOf, toggle } from '../ooxml/xml.ts';
import { isBoldRow } from '../span-table.ts';
import type { DocxReading } from './reading.ts';
import { readGround } from './run-look.ts';
import { alternative } from './runs.ts';

interface GridCell {
  column: number;
  columnSpan: number;
  rowSpan: number;
  /** Continues the cell above. */
  continues: boolean;
  blocks: RootContent[];
}

interface GridRow {
  cells: GridCell[];
  isHeader: boolean;
}

/**
 * A table with its spans; a table of one cell is a frame and gives its content. Without a header row (marked as one, or all of it
 * bold) an empty first row stands for none.
 */
export const readTable = (reading: DocxReading, table: XmlElement): RootContent[] => {
  const { ground } = reading;
  reading.ground = groundOf(reading, table);
  const rows = rowsOf(reading, table).map((row) => readRow(reading, row));
  reading.ground = ground;
  mergeDown(rows);
  const filled = rows.filter((row) => row.cells.some((cell) => !cell.continues));
  const [first] = filled;
  const only = filled.length === 1 && first?.cells.length === 1 ? first.cells[0] : undefined;
  if (only) return only.blocks;
  if (!first) return [];
  const children = filled.map(toTableRow);
  const header = first.isHeader || firstRowIsHeader(table) || isBoldRow(children[0]);
  const empty: TableRow = {
    type: 'tableRow',
    children: (children[0]?.children ?? []).map(() => ({ type: 'tableCell', children: [] })),
  };
  return [{ type: 'table', children: header ? children : [empty, ...children] }];
};

/** A style with grounds of its own leaves open which cell has which. */
const groundOf = (reading: DocxReading, table: XmlElement): string | undefined => {
  const properties = child(table, 'w:tblPr');
  const style = reading.styles.get(childValue(properties, 'w:tblStyle'));
  return readGround(properties) ?? (style?.isShaded ? undefined : reading.ground);
};

/** Rows and cells may be wrapped in content controls, tracked insertions and what other programs invent. */
const unwrap = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  elementsOf(parent).flatMap((element) => {
    if (element.name === name) return [element];
    if (element.name === 'w:sdt') return unwrap(child(element, 'w:sdtContent'), name);
    if (element.name === 'mc:AlternateContent') return unwrap(alternative(element), name);
    return element.name === 'w:del' || element.name === 'w:moveFrom' ? [] : unwrap(element, name);
  });

/** A deleted row that waits for its deletion to be accepted is left out. */
const rowsOf = (reading: DocxReading, table: XmlElement): XmlElement[] => {
  const rows = unwrap(table, 'w:tr');
  const kept = rows.filter((row) => child(child(row, 'w:trPr'), 'w:del') === undefined);
  reading.deletions += rows.length - kept.length;
  return kept;
};

const readRow = (reading: DocxReading, row: XmlElement): GridRow => {
  const properties = child(row, 'w:trPr');
  const cells: GridCell[] = [];
  let column = 0;
  const skip = (count: number) => {
    if (count > 0) cells.push({ column, columnSpan: count, rowSpan: 1, continues: false, blocks: [] });
    column += count;
  };
  skip(toCount(childValue(properties, 'w:gridBefore'), 0));
  for (const element of unwrap(row, 'w:tc')) {
    const cellProperties = child(element, 'w:tcPr');
    const columnSpan = toCount(childValue(cellProperties, 'w:gridSpan'), 1);
    const { ground } = reading;
    reading.ground = readGround(cellProperties) ?? ground;
    const blocks = reading.readBlocks(elementsOf(element));
    reading.ground = ground;
    const previous = cells.at(-1);
    if (previous && childValue(cellProperties, 'w:hMerge') === 'continue') {
      previous.columnSpan += columnSpan;
      previous.blocks.push(...blocks);
    } else cells.push({ column, columnSpan, rowSpan: 1, continues: continuesAbove(cellProperties), blocks });
    column += columnSpan;
  }
  skip(toCount(childValue(properties, 'w:gridAfter'), 0));
  return { cells, isHeader: toggle(properties, 'w:tblHeader') ?? false };
};

const MAX_SPAN = 1000;
const toCount = (value: string | undefined, fallback: number): number => {
  const count = Number.parseInt(value ?? '', 10);
  return count >= 0 ? Math.min(count, MAX_SPAN) : fallback;
};

const continuesAbove = (properties: XmlElement | undefined): boolean => {
  const merge = child(properties, 'w:vMerge');
  return merge !== undefined && attribute(merge, 'val') !== 'restart';
};

/** Gives each vertically merged cell its row span; text in a cell that is merged away goes to the one that stays. */
const mergeDown = (rows: readonly GridRow[]): void => {
  const above = new Map<number, GridCell>();
  for (const row of rows) {
    const ended = new Set(above.keys());
    for (const cell of row.cells) {
      const origin = above.get(cell.column);
      if (cell.continues && origin && origin.columnSpan === cell.columnSpan) {
        origin.rowSpan += 1;
        origin.blocks.push(...cell.blocks);
      } else {
        cell.continues = false;
        above.set(cell.column, cell);
      }
      ended.delete(cell.column);
    }
    for (const column of ended) above.delete(column);
  }
};

/** A row with nothing in it, whatever is merged there, is as many empty cells, and so keeps the table a plain one. */
const withoutEmptySpans = ({ cells }: GridRow): GridCell[] =>
  cells.some(({ blocks, rowSpan, continues }) => blocks.length > 0 || rowSpan > 1 || continues)
    ? cells
    : cells.flatMap((cell) => Array.from({ length: cell.columnSpan }, () => ({ ...cell, columnSpan: 1 })));

const toTableRow = (row: GridRow): TableRow => ({
  type: 'tableRow',
  children: withoutEmptySpans(row)
    .filter((cell) => !cell.continues)
    .map(({ blocks, rowSpan, columnSpan }): TableCell => {
      const children = toCellContent(blocks);
      if (rowSpan === 1 && columnSpan === 1) return { type: 'tableCell', children };
      return { type: 'tableCell', children, data: { provenance: { rowSpan, columnSpan } } };
    }),
});

const firstRowIsHeader = (table: XmlElement): boolean => {
  const look = child(child(table, 'w:tblPr'), 'w:tblLook');
  const named = attribute(look, 'firstRow');
  if (named !== undefined) return named === '1' || named === 'true';
  return (Number.parseInt(attribute(look, 'val') ?? '0', 16) & 0x20) !== 0;
};
