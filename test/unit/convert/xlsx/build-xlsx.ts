/** Small Excel files from rows of values, for tests. */
import { strToU8, zipSync } from 'fflate';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A number, a text, nothing, or the XML of a cell: `{ xml: 't="b"><v>1</v>' }` goes after `<c r="A1" `. */
type Value = number | string | undefined | { xml: string };

interface SheetParts {
  name?: string;
  state?: string;
  rows?: readonly (readonly Value[])[];
  /** Instead of `rows`: what stands in sheetData. */
  sheetData?: string;
  /** Attributes of a row by its number. */
  rowAttributes?: Record<number, string>;
  /** Before and after sheetData. */
  before?: string;
  after?: string;
  relationships?: string;
}

interface XlsxParts {
  sheets: readonly SheetParts[];
  /** Contents of numFmts, fonts, fills, borders and cellXfs. */
  styles?: string;
  sharedStrings?: string;
  workbookPr?: string;
  more?: Record<string, string>;
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letters = (column: number): string =>
  column <= 26
    ? String.fromCharCode(64 + column)
    : letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1);

const cellXml = (value: Value, row: number, column: number): string => {
  if (value === undefined) return '';
  const reference = `<c r="${letters(column)}${row}" `;
  if (typeof value === 'object') return `${reference}${value.xml}</c>`;
  if (typeof value === 'number') return `${reference}><v>${value}</v></c>`;
  return `${reference}t="inlineStr"><is><t>${escapeText(value)}</t></is></c>`;
};

/** Text or number in the style of an index of cellXfs. */
export const styled = (value: string | number, style: number): Value =>
  typeof value === 'number'
    ? { xml: `s="${style}"><v>${value}</v>` }
    : { xml: `s="${style}" t="inlineStr"><is><t>${escapeText(value)}</t></is>` };

const sheetXml = (sheet: SheetParts): string => {
  const rows = (sheet.rows ?? []).map((values, index) => {
    const cells = values.map((value, at) => cellXml(value, index + 1, at + 1)).join('');
    return `<row r="${index + 1}" ${sheet.rowAttributes?.[index + 1] ?? ''}>${cells}</row>`;
  });
  const data = sheet.sheetData ?? rows.join('');
  return `<worksheet ${MAIN} ${R}>${sheet.before ?? ''}<sheetData>${data}</sheetData>${sheet.after ?? ''}</worksheet>`;
};

export const buildXlsx = ({ sheets, styles, sharedStrings, workbookPr, more }: XlsxParts): Uint8Array => {
  const relationship = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`;
  const entries: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relationship('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} ${R}>${workbookPr ?? ''}<sheets>${sheets
      .map(({ name, state }, at) => `<sheet name="${name ?? `S${at + 1}`}" state="${state ?? ''}" r:id="s${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, at) => relationship(`s${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`))
      .join(
        '',
      )}${relationship('styles', 'styles', 'styles.xml')}${relationship('strings', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet ${MAIN}>${styles ?? ''}</styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${MAIN}>${sharedStrings ?? ''}</sst>`,
  };
  sheets.forEach((sheet, at) => {
    entries[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(sheet);
    entries[`xl/worksheets/_rels/sheet${at + 1}.xml.rels`] =
      `<Relationships>${sheet.relationships ?? ''}</Relationships>`;
  });
  Object.assign(entries, more);
  return zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])));
};
