/** One sheet as XML. Elements stand in the order that ECMA-376 part 1, 18.3.1.99 demands; Excel refuses any other. */
import { startsLikeFormula } from '../formula-guard.ts';
import type { CellValue } from '../matrix-columns.ts';
import { rowHeightPt } from './row-height.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { Sheet, SheetColumn, SheetRow } from './sheet.ts';
import { splitLongCells } from './split-long-cells.ts';
import { STYLE, tintIndex } from './styles.ts';
import { escapeXml } from './xml-text.ts';

/** ECMA-376 part 1, 18.3.1.63. Tabloid is 11 × 17 inches. */
const PAPER_SIZE = { letter: 1, tabloid: 3 } as const;

/** 0 → A, 25 → Z, 26 → AA. */
export const columnLetters = (index: number): string => {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
};

const cell = (reference: string, value: CellValue, heading: boolean, strings: SharedStrings): string => {
  if (typeof value === 'number') {
    return `<c r="${reference}" s="${heading ? STYLE.heading : STYLE.number}"><v>${value}</v></c>`;
  }
  const text = value ?? '';
  const textStyle = startsLikeFormula(text) ? STYLE.literal : STYLE.text;
  const style = heading ? STYLE.heading : textStyle;
  if (text === '') return `<c r="${reference}" s="${style}"/>`;
  return `<c r="${reference}" s="${style}" t="s"><v>${strings.indexOf(text)}</v></c>`;
};

const rowXml = (row: SheetRow, number: number, columns: readonly SheetColumn[], strings: SharedStrings): string => {
  const cells = columns.map((_, index) =>
    cell(`${columnLetters(index)}${number}`, row.cells[index], row.heading ?? false, strings),
  );
  return `<row r="${number}" ht="${rowHeightPt(row, columns)}">${cells.join('')}</row>`;
};

const headerXml = (columns: readonly SheetColumn[], strings: SharedStrings): string => {
  const cells = columns.map(
    ({ header }, index) =>
      `<c r="${columnLetters(index)}1" s="${STYLE.header}" t="s"><v>${strings.indexOf(header)}</v></c>`,
  );
  return `<row r="1" ht="30" customHeight="1">${cells.join('')}</row>`;
};

const columnsXml = (columns: readonly SheetColumn[]): string => {
  const items = columns.map(({ width, level }, index) => {
    const folded = level === 'technical' ? ' hidden="1" outlineLevel="1"' : '';
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${folded}/>`;
  });
  /** The [+] stands over the first column after the folded ones, which has to say that they are folded. */
  const after = columns.length + 1;
  if (columns.at(-1)?.level === 'technical')
    items.push(`<col min="${after}" max="${after}" width="3" customWidth="1" collapsed="1"/>`);
  return `<cols>${items.join('')}</cols>`;
};

const viewXml = (sheet: Sheet, first: boolean): string => {
  const { frozenColumns } = sheet;
  const corner = `${columnLetters(frozenColumns)}2`;
  const pane = frozenColumns > 0 ? 'bottomRight' : 'bottomLeft';
  const split = `${frozenColumns > 0 ? `xSplit="${frozenColumns}" ` : ''}ySplit="1"`;
  return (
    `<sheetViews><sheetView showGridLines="0"${first ? ' tabSelected="1"' : ''} workbookViewId="0">` +
    `<pane ${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>` +
    `<selection pane="${pane}" activeCell="${corner}" sqref="${corner}"/></sheetView></sheetViews>`
  );
};

const range = (index: number, lastRow: number): string => `${columnLetters(index)}2:${columnLetters(index)}${lastRow}`;

const formatsXml = (columns: readonly SheetColumn[], lastRow: number): string => {
  let priority = 0;
  const formats = columns.map(({ tints }, index) => {
    const rules = Object.entries(tints ?? {}).map(([text, tint]) => {
      priority += 1;
      return (
        `<cfRule type="cellIs" dxfId="${tintIndex(tint)}" priority="${priority}" operator="equal">` +
        `<formula>"${escapeXml(text)}"</formula></cfRule>`
      );
    });
    if (rules.length === 0) return '';
    return `<conditionalFormatting sqref="${range(index, lastRow)}">${rules.join('')}</conditionalFormatting>`;
  });
  return formats.join('');
};

const validationsXml = (columns: readonly SheetColumn[], lastRow: number): string => {
  const validations = columns.flatMap(({ choices, header }, index) => {
    if (!choices) return [];
    return [
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="${escapeXml(header)}" ` +
        `error="Choose one from the list." sqref="${range(index, lastRow)}">` +
        `<formula1>"${escapeXml(choices.join(','))}"</formula1></dataValidation>`,
    ];
  });
  if (validations.length === 0) return '';
  return `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`;
};

export interface WrittenSheet {
  xml: string;
  /** The header row included. */
  lastRow: number;
}

export const writeSheet = (sheet: Sheet, strings: SharedStrings, first: boolean): WrittenSheet => {
  const header = headerXml(sheet.columns, strings);
  const rows = sheet.rows.flatMap(splitLongCells);
  const lastRow = rows.length + 1;
  const body = rows.map((row, index) => rowXml(row, index + 2, sheet.columns, strings));
  const lastColumn = columnLetters(sheet.columns.length - 1);
  const filled = rows.length > 0;
  const xml = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<dimension ref="A1:${lastColumn}${lastRow}"/>`,
    viewXml(sheet, first),
    '<sheetFormatPr defaultRowHeight="13.5" outlineLevelCol="1"/>',
    columnsXml(sheet.columns),
    `<sheetData>${header}${body.join('')}</sheetData>`,
    sheet.filter && filled ? `<autoFilter ref="A1:${lastColumn}${lastRow}"/>` : '',
    filled ? formatsXml(sheet.columns, lastRow) : '',
    filled ? validationsXml(sheet.columns, lastRow) : '',
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${PAPER_SIZE[sheet.paper]}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`,
    '<headerFooter><oddHeader>&amp;L&amp;A</oddHeader><oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>',
    '</worksheet>',
  ];
  return { xml: xml.join(''), lastRow };
};
