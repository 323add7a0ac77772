/** OpenDocument spreadsheets (.ods, .ots) to a tree. */
import type { RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, elementsOf } from '../ooxml/xml.ts';
import type { ConvertInput, ConvertLimits, RunningText, SourceTree } from '../source-tree.ts';
import { countUnreadable, emptyTree } from '../source-tree-parts.ts';
import { placeCells } from '../xlsx/place-cells.ts';
import { blocksOfRegion } from '../xlsx/region-blocks.ts';
import { splitRegions } from '../xlsx/split-regions.ts';
import { readBlocks } from './blocks.ts';
import { paragraphsIn } from './draw-page.ts';
import { readDrawing } from './drawing.ts';
import { readMetadata } from './metadata.ts';
import type { OdfPackage } from './open-package.ts';
import { openOdf } from './open-package.ts';
import { readSheet } from './read-sheet.ts';
import type { OdfReading } from './reading.ts';
import { beginReading, noteUnseen } from './reading.ts';
import { reportMessages, reportSafety } from './report.ts';
import { readRunningLines } from './running-lines.ts';

/**
 * As a workbook of Excel is read: each visible sheet with text is a heading of level 2, and under it the sheet's tables and lines of text as
 * they are shown. Hidden sheets, rows and columns are left out and counted. Throws FILE_ENCRYPTED, ARCHIVE_TOO_LARGE and FILE_DAMAGED.
 */
export const fromOds = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const odf = openOdf(input, limits, 'office:spreadsheet');
  const reading = beginReading(odf, readBlocks);
  const sheets = elementsOf(odf.body, 'table:table');
  const shown = sheets.filter((sheet) => !reading.styles.get('table', attribute(sheet, 'style-name')).notShown);
  const hidden = { rows: 0, columns: 0, cells: 0 };
  const blocks: RootContent[] = [];
  let unreadable = 0;
  for (const table of shown) {
    const sheet = readSheet(reading, table);
    const placed = placeCells(sheet);
    const drawn = sheet.drawings.flatMap((drawing) => readDrawn(reading, drawing));
    const content = [...splitRegions(placed.cells).flatMap(blocksOfRegion), ...drawn];
    if (content.length > 0) blocks.push(sheetHeading(attribute(table, 'name') ?? ''));
    for (const block of content) blocks.push(block);
    for (const { text } of placed.cells) unreadable += countUnreadable(text);
    hidden.rows += placed.hidden.rows;
    hidden.columns += placed.hidden.columns;
    hidden.cells += placed.hidden.cells;
    noteUnseen(reading, 'hidden', placed.hidden.texts.join(' '));
  }
  const seen = new Set(shown);
  for (const table of sheets) {
    if (!seen.has(table)) noteUnseen(reading, 'hidden', paragraphsIn(table).join(' '));
  }
  return {
    ...emptyTree(blocks),
    runningLines: readSheetLines(reading, odf, shown),
    messages: reportMessages(reading, 'workbook', [
      [sheets.length - shown.length, 'sheet'],
      [hidden.rows, 'row'],
      [hidden.columns, 'column'],
      [hidden.cells, 'cell'],
    ]),
    safety: reportSafety(reading, 'workbook'),
    unreadableCharacters: unreadable,
    ...readMetadata(odf.office, reading.styles),
  };
};

/** Text boxes, pictures' descriptions and charts. */
const readDrawn = (reading: OdfReading, drawing: XmlElement): RootContent[] => {
  const children = readDrawing(reading, drawing);
  const boxes = reading.textBoxes.splice(0).flat();
  return children.length === 0 ? boxes : [...boxes, { type: 'paragraph', children }];
};

/** Of the pages that the sheets are printed on. */
const readSheetLines = (reading: OdfReading, odf: OdfPackage, sheets: readonly XmlElement[]): RunningText[] => {
  const used = new Set(sheets.map((sheet) => reading.styles.get('table', attribute(sheet, 'style-name')).masterPage));
  return readRunningLines(reading, odf, (name) => used.has(name));
};

const sheetHeading = (name: string): RootContent => ({
  type: 'heading',
  depth: 2,
  children: [{ type: 'text', value: name }],
});
