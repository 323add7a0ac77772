/** One worksheet part as it is in the file: cells with text, and what is said about them elsewhere in the part. */
import type { Relationship } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf, textOf } from '../ooxml/xml.ts';
import type { CellRange } from './cell-reference.ts';
import { columnOf, MAX_COLUMNS, rangeOf } from './cell-reference.ts';
import type { NumberFormat } from './format-number.ts';
import { decodeEscapes, stringItem } from './string-items.ts';
import type { Workbook } from './workbook.ts';

export interface FileCell {
  /** 1-based. */
  row: number;
  column: number;
  /** As shown, trimmed; never empty. */
  text: string;
  /** A number, a date or a truth value. */
  isNumber: boolean;
  standsOut: boolean;
  /** The last of the ruled empty cells directly below; its own row without any. */
  ruledTo: number;
  /** The last of the empty cells directly to the right that stand out as it does; unset without any. */
  standsOutTo?: number;
  /** Target of its link to outside. */
  url?: string;
}

export interface FileSheet {
  /** By row, then by column. */
  cells: FileCell[];
  hiddenRows: Set<number>;
  hiddenColumns: CellRange[];
  merges: CellRange[];
  /** Formulas whose result was never saved. */
  formulasWithoutValue: number;
  /** Cells with a value that their own format does not show. */
  cellsShownEmpty: number;
  /** What those cells hold, where the reader of the format tells. */
  textsShownEmpty?: string[];
  relationships: ReadonlyMap<string, Relationship>;
  root: XmlElement | undefined;
}

/** Throws FILE_DAMAGED. */
export const readSheet = (workbook: Workbook, part: string): FileSheet => {
  const { office } = workbook;
  const sheet: FileSheet = {
    cells: [],
    hiddenRows: new Set(),
    hiddenColumns: [],
    merges: [],
    formulasWithoutValue: 0,
    cellsShownEmpty: 0,
    textsShownEmpty: [],
    relationships: office.relationships(part),
    root: undefined,
  };
  const ruled = new Set<number>();
  const pale: PaleCell[] = [];
  let row = 0;
  const onElement = (element: XmlElement) => {
    row = Number(attribute(element, 'r') ?? row + 1);
    if (isOn(attribute(element, 'hidden')) || Number(attribute(element, 'ht') ?? 1) === 0) sheet.hiddenRows.add(row);
    readRow(workbook, sheet, { ruled, pale }, element, row);
  };
  const root = office.xml(part, { streamUnder: 'sheetData', onElement });
  sheet.root = root;
  // What formats a cell from elsewhere may also give it a ground.
  const isColoured = child(root, 'conditionalFormatting') !== undefined || child(root, 'tableParts') !== undefined;
  for (const { cell, reason } of pale) {
    if (isColoured && reason === 'same_colour') sheet.cells.push(cell);
    else workbook.unseen.add(reason, undefined, [...cell.text].length, `${cell.text} `);
  }
  sheet.cells.sort((a, b) => a.row - b.row || a.column - b.column);
  sheet.hiddenColumns = elementsOf(child(root, 'cols'), 'col').flatMap(hiddenRange);
  sheet.merges = elementsOf(child(root, 'mergeCells'), 'mergeCell').flatMap(
    (merge) => rangeOf(attribute(merge, 'ref') ?? '') ?? [],
  );
  for (const cell of sheet.cells) {
    while (ruled.has(placeKey(cell.ruledTo + 1, cell.column))) cell.ruledTo += 1;
  }
  addLinks(sheet, child(root, 'hyperlinks'));
  return sheet;
};

const placeKey = (row: number, column: number): number => row * (MAX_COLUMNS + 1) + column;

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

const hiddenRange = (column: XmlElement): CellRange[] => {
  if (!isOn(attribute(column, 'hidden')) && Number(attribute(column, 'width') ?? 1) !== 0) return [];
  const firstColumn = Number(attribute(column, 'min'));
  const lastColumn = Number(attribute(column, 'max'));
  return [{ firstRow: 1, lastRow: 1, firstColumn, lastColumn }];
};

/** A cell whose style hides it from the eye. */
interface PaleCell {
  cell: FileCell;
  reason: 'same_colour' | 'tiny';
}

/** What is known of a sheet before its end is. */
interface Pending {
  ruled: Set<number>;
  pale: PaleCell[];
}

const readRow = (
  workbook: Workbook,
  sheet: FileSheet,
  { ruled, pale }: Pending,
  element: XmlElement,
  row: number,
): void => {
  let column = 0;
  let left: FileCell | undefined;
  for (const cell of elementsOf(element, 'c')) {
    column = columnOf(attribute(cell, 'r') ?? '') ?? column + 1;
    const { format, standsOut, isRuled, unseen } = workbook.styleOf(Number(attribute(cell, 's') ?? 0));
    const value = cell.children.length === 0 ? undefined : readValue(workbook, cell);
    const text = value === undefined ? '' : show(value, format).trim();
    if (text !== '') {
      left = { row, column, text, isNumber: typeof value !== 'string', standsOut, ruledTo: row };
      if (unseen) pale.push({ cell: left, reason: unseen });
      else sheet.cells.push(left);
      continue;
    }
    if (left?.standsOut && standsOut && column === (left.standsOutTo ?? left.column) + 1) left.standsOutTo = column;
    if (isRuled) ruled.add(placeKey(row, column));
    if (value === undefined && child(cell, 'f')) sheet.formulasWithoutValue += 1;
    else if (value !== undefined && String(value).trim() !== '') {
      sheet.cellsShownEmpty += 1;
      sheet.textsShownEmpty?.push(String(value));
    }
  }
};

const show = (value: string | number | boolean, format: NumberFormat): string => {
  if (typeof value === 'number') return format.showNumber(value);
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : format.showText(value);
};

const readValue = (workbook: Workbook, cell: XmlElement): string | number | boolean | undefined => {
  const type = attribute(cell, 't') ?? 'n';
  if (type === 'inlineStr') return stringItem(child(cell, 'is'));
  const element = child(cell, 'v');
  if (!element) return undefined;
  const value = textOf(element);
  switch (type) {
    case 's':
      return workbook.strings[Number(value)] ?? '';
    case 'b':
      return isOn(value.trim());
    case 'str':
      return decodeEscapes(value);
    case 'd':
      return value.replace(/T00:00:00(?:\.0+)?$/, '');
    case 'n': {
      const number = value.trim() === '' ? Number.NaN : Number(value);
      return Number.isNaN(number) ? value : number;
    }
    default:
      return value;
  }
};

const addLinks = (sheet: FileSheet, links: XmlElement | undefined): void => {
  const urls = new Map<string, string>();
  for (const link of elementsOf(links, 'hyperlink')) {
    const range = rangeOf(attribute(link, 'ref') ?? '');
    const target = sheet.relationships.get(attribute(link, 'id') ?? '');
    if (range && target?.external) urls.set(`${range.firstRow} ${range.firstColumn}`, target.target);
  }
  if (urls.size === 0) return;
  for (const cell of sheet.cells) {
    const url = urls.get(`${cell.row} ${cell.column}`);
    if (url !== undefined) cell.url = url;
  }
};
