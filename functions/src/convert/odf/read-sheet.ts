/** One sheet of an OpenDocument spreadsheet, in the form that the readers of workbooks share (OpenDocument 1.3 part 3, 9.1). */
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, elementsOf } from '../ooxml/xml.ts';
import { MAX_COLUMNS } from '../xlsx/cell-reference.ts';
import type { FileCell, FileSheet } from '../xlsx/read-sheet.ts';
import { linkIn, shownText } from './inline.ts';
import type { OdfReading } from './reading.ts';
import { allowedTimes } from './reading.ts';

const MAX_ROWS = 1_048_576;
/** A longer run of hidden rows is the unused rest of a sheet. */
const MOST_HIDDEN = 20_000;
const NUMBERS = /^(?:float|percentage|currency|date|time|boolean)$/;

interface OdsSheet extends FileSheet {
  /** Shapes that lie on the sheet or are tied to a cell. */
  drawings: XmlElement[];
}

/** Cells as they are shown: what a spreadsheet program displays is saved beside each value. */
export const readSheet = (reading: OdfReading, table: XmlElement): OdsSheet => {
  const sheet: OdsSheet = {
    cells: [],
    hiddenRows: new Set(),
    hiddenColumns: [],
    merges: [],
    formulasWithoutValue: 0,
    cellsShownEmpty: 0,
    relationships: new Map(),
    root: undefined,
    drawings: [],
  };
  const columnStyles = readColumns(sheet, table);
  const ruled = new Set<number>();
  let row = 1;
  for (const { element, isHidden } of rowsOf(table, false)) {
    const times = toTimes(attribute(element, 'number-rows-repeated'), MAX_ROWS);
    const first = readRow(reading, sheet, ruled, element, row, columnStyles);
    const shown = first.length === 0 ? 1 : allowedTimes(reading, times, first.length);
    for (let copy = 1; copy < shown; copy++) {
      for (const cell of first) sheet.cells.push({ ...cell, row: row + copy, ruledTo: row + copy });
    }
    const hidden = isHidden ? Math.min(times, MOST_HIDDEN) : 0;
    for (let copy = 0; copy < hidden; copy++) sheet.hiddenRows.add(row + copy);
    row += times;
    if (row > MAX_ROWS) break;
  }
  for (const cell of sheet.cells) {
    while (ruled.has(placeKey(cell.ruledTo + 1, cell.column))) cell.ruledTo += 1;
  }
  for (const shapes of elementsOf(table, 'table:shapes')) sheet.drawings = sheet.drawings.concat(elementsOf(shapes));
  return sheet;
};

const placeKey = (row: number, column: number): number => row * (MAX_COLUMNS + 1) + column;

const toTimes = (value: string | undefined, most: number): number =>
  Math.min(most, Math.max(1, Number.parseInt(value ?? '1', 10) || 1));

const isCollapsed = (element: XmlElement): boolean =>
  /^(?:collapse|filter)$/.test(attribute(element, 'visibility') ?? '');

/** Rows inside their groups; a group that is folded hides its rows. */
const rowsOf = (parent: XmlElement, isFolded: boolean): { element: XmlElement; isHidden: boolean }[] =>
  elementsOf(parent).flatMap((element) => {
    if (element.name === 'table:table-row') return [{ element, isHidden: isFolded || isCollapsed(element) }];
    if (!/^table:table-(?:header-rows|rows|row-group)$/.test(element.name)) return [];
    return rowsOf(element, isFolded || attribute(element, 'display') === 'false');
  });

interface ColumnStyle {
  last: number;
  style: string | undefined;
}

/** Styles of the cells that say nothing themselves, as ranges of columns; hidden columns go to the sheet. */
const readColumns = (sheet: OdsSheet, table: XmlElement): ColumnStyle[] => {
  const styles: ColumnStyle[] = [];
  let column = 1;
  const visit = (parent: XmlElement, isFolded: boolean): void => {
    for (const element of elementsOf(parent)) {
      if (/^table:table-(?:header-columns|columns|column-group)$/.test(element.name)) {
        visit(element, isFolded || attribute(element, 'display') === 'false');
      }
      if (element.name !== 'table:table-column') continue;
      const last = column + toTimes(attribute(element, 'number-columns-repeated'), MAX_COLUMNS) - 1;
      if (isFolded || isCollapsed(element)) {
        sheet.hiddenColumns.push({ firstRow: 1, lastRow: 1, firstColumn: column, lastColumn: last });
      }
      styles.push({ last, style: attribute(element, 'default-cell-style-name') });
      column = last + 1;
    }
  };
  visit(table, false);
  return styles;
};

interface PlacedCell {
  element: XmlElement;
  /** 1-based; of the first, where it is repeated. */
  column: number;
  times: number;
}

const cellsOf = (row: XmlElement): PlacedCell[] => {
  const cells: PlacedCell[] = [];
  let column = 1;
  for (const element of elementsOf(row)) {
    if (element.name !== 'table:table-cell' && element.name !== 'table:covered-table-cell') continue;
    if (column > MAX_COLUMNS) break;
    const times = toTimes(attribute(element, 'number-columns-repeated'), MAX_COLUMNS + 1 - column);
    cells.push({ element, column, times });
    column += times;
  }
  return cells;
};

/** More empty cells of one kind in a row are a coloured sheet, not a table. */
const MOST_RULED = 100;

const readRow = (
  reading: OdfReading,
  sheet: OdsSheet,
  ruled: Set<number>,
  element: XmlElement,
  row: number,
  columnStyles: readonly ColumnStyle[],
): FileCell[] => {
  const cells: FileCell[] = [];
  const rowStyle = attribute(element, 'default-cell-style-name');
  let range = 0;
  for (const { element: cell, column, times } of cellsOf(element)) {
    while ((columnStyles[range]?.last ?? Infinity) < column) range += 1;
    const found = readCell(reading, sheet, cell);
    const named = attribute(cell, 'style-name') ?? rowStyle ?? columnStyles[range]?.style;
    const { bold = false, filled = false, ruled: isRuled } = reading.styles.get('table-cell', named);
    if (found.text === '') {
      const most = isRuled ? Math.min(times, MOST_RULED) : 0;
      for (let copy = 0; copy < most; copy++) ruled.add(placeKey(row, column + copy));
      continue;
    }
    if (cell.name === 'table:table-cell') addMerge(sheet, cell, row, column);
    for (let copy = 0, all = allowedTimes(reading, times, 1); copy < all; copy++) {
      cells.push({ ...found, row, column: column + copy, standsOut: bold || filled, ruledTo: row });
    }
  }
  for (const cell of cells) sheet.cells.push(cell);
  return cells;
};

const readCell = (
  reading: OdfReading,
  sheet: OdsSheet,
  cell: XmlElement,
): Pick<FileCell, 'text' | 'isNumber'> & { url?: string } => {
  for (const element of elementsOf(cell)) {
    if (element.name === 'office:annotation') reading.comments += 1;
    else if (element.name.startsWith('draw:')) sheet.drawings.push(element);
  }
  const lines = elementsOf(cell, 'text:p');
  const text = lines.length > 0 ? lines.map(shownText).join('\n').trim() : storedValue(cell);
  if (text === '' && attribute(cell, 'value') !== undefined) sheet.cellsShownEmpty += 1;
  const url = linkIn(cell);
  const isNumber = NUMBERS.test(attribute(cell, 'value-type') ?? '');
  return url === undefined ? { text, isNumber } : { text, isNumber, url };
};

/** Some programs save values without what they look like. */
const storedValue = (cell: XmlElement): string => {
  const type = attribute(cell, 'value-type');
  const value = attribute(cell, 'value');
  switch (type) {
    case 'percentage':
      return value === undefined ? '' : `${Number((Number(value) * 100).toPrecision(12))}%`;
    case 'boolean':
      return (attribute(cell, 'boolean-value') ?? '').toUpperCase();
    case 'date':
    case 'time':
    case 'string':
      return (attribute(cell, `${type}-value`) ?? '').replace(/T00:00:00(?:\.0+)?$/, '').trim();
    default:
      return value?.trim() ?? '';
  }
};

const addMerge = (sheet: OdsSheet, cell: XmlElement, row: number, column: number): void => {
  const rows = toTimes(attribute(cell, 'number-rows-spanned'), MAX_ROWS);
  const columns = toTimes(attribute(cell, 'number-columns-spanned'), MAX_COLUMNS);
  if (rows === 1 && columns === 1) return;
  sheet.merges.push({
    firstRow: row,
    lastRow: row + rows - 1,
    firstColumn: column,
    lastColumn: Math.min(MAX_COLUMNS, column + columns - 1),
  });
};
