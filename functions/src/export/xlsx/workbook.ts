/**
 * Sheets → the bytes of an XLSX file (ECMA-376). Written here because no maintained library offers drop-down lists,
 * filters, frozen headers and the same bytes every time in a small size.
 */
import { strToU8, type Zippable, zipSync } from 'fflate';
import { createSharedStrings } from './shared-strings.ts';
import type { Sheet } from './sheet.ts';
import { STYLES_XML } from './styles.ts';
import { columnLetters, type WrittenSheet, writeSheet } from './worksheet.ts';
import { escapeXml } from './xml-text.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The first time that ZIP can state, in local time as ZIP has it: the same bytes on every day and in every time zone. */
const ZIP_TIME = '1980-01-01T00:00:00';

const contentTypes = (sheets: number): string => {
  const overrides = Array.from(
    { length: sheets },
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${CONTENT}.worksheet+xml"/>`,
  );
  return (
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>` +
    `<Override PartName="/xl/sharedStrings.xml" ContentType="${CONTENT}.sharedStrings+xml"/>` +
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' +
    `${overrides.join('')}</Types>`
  );
};

const relationships = (targets: readonly { type: string; target: string }[]): string => {
  const items = targets.map(
    ({ type, target }, index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
};

const sheetReference = (name: string): string => escapeXml(`'${name.replaceAll("'", "''")}'`);

/** Header row on every printed page, the printed columns, and the filter's range, which Excel keeps as a hidden name. */
const definedNames = (sheets: readonly Sheet[], written: readonly WrittenSheet[]): string => {
  const names = sheets.flatMap((sheet, index) => {
    const reference = sheetReference(sheet.name);
    const lastRow = written[index]?.lastRow ?? 1;
    const printed = sheet.columns.filter(({ level }) => level === undefined).length;
    const toRow = (columns: number): string => `$A$1:$${columnLetters(columns - 1)}$${lastRow}`;
    const filter = `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${reference}!${toRow(sheet.columns.length)}</definedName>`;
    return [
      ...(sheet.filter && lastRow > 1 ? [filter] : []),
      `<definedName name="_xlnm.Print_Area" localSheetId="${index}">${reference}!${toRow(printed)}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${reference}!$1:$1</definedName>`,
    ];
  });
  return `<definedNames>${names.join('')}</definedNames>`;
};

const workbookXml = (sheets: readonly Sheet[], written: readonly WrittenSheet[]): string => {
  const entries = sheets.map(
    ({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return (
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>` +
    `<sheets>${entries.join('')}</sheets>${definedNames(sheets, written)}</workbook>`
  );
};

const coreXml = (title: string): string =>
  `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
  'xmlns:dc="http://purl.org/dc/elements/1.1/">' +
  `<dc:title>${escapeXml(title)}</dc:title><dc:creator>mdraft</dc:creator></cp:coreProperties>`;

export const writeWorkbook = (title: string, sheets: readonly Sheet[]): Uint8Array => {
  const strings = createSharedStrings();
  const written = sheets.map((sheet, index) => writeSheet(sheet, strings, index === 0));
  const workbookParts = [
    ...sheets.map((_, index) => ({ type: `${OFFICE}/worksheet`, target: `worksheets/sheet${index + 1}.xml` })),
    { type: `${OFFICE}/styles`, target: 'styles.xml' },
    { type: `${OFFICE}/sharedStrings`, target: 'sharedStrings.xml' },
  ];
  const rootParts = [
    { type: `${OFFICE}/officeDocument`, target: 'xl/workbook.xml' },
    { type: `${PACKAGE}/relationships/metadata/core-properties`, target: 'docProps/core.xml' },
  ];
  const parts: Zippable = {
    '[Content_Types].xml': strToU8(contentTypes(sheets.length)),
    '_rels/.rels': strToU8(relationships(rootParts)),
    'docProps/core.xml': strToU8(coreXml(title)),
    'xl/workbook.xml': strToU8(workbookXml(sheets, written)),
    'xl/_rels/workbook.xml.rels': strToU8(relationships(workbookParts)),
    'xl/styles.xml': strToU8(STYLES_XML),
    'xl/sharedStrings.xml': strToU8(strings.xml()),
  };
  written.forEach(({ xml }, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = strToU8(xml);
  });
  return zipSync(parts, { mtime: ZIP_TIME, level: 6 });
};
