/** Excel workbooks (.xlsx and its kin) to a tree. */
import type { RootContent } from 'mdast';
import { readMetadata } from '../ooxml/metadata.ts';
import { openPackage } from '../ooxml/package.ts';
import type { ConvertInput, ConvertLimits, RunningText, SourceTree } from '../source-tree.ts';
import { countUnreadable, emptyTree } from '../source-tree-parts.ts';
import { readHeaderFooter } from './header-footer.ts';
import { placeCells } from './place-cells.ts';
import { readSheet } from './read-sheet.ts';
import { blocksOfRegion } from './region-blocks.ts';
import type { LeftOut } from './report.ts';
import { reportMessages, reportSafety } from './report.ts';
import { splitRegions } from './split-regions.ts';
import { readDrawing } from './text-boxes.ts';
import type { Workbook } from './workbook.ts';
import { readWorkbook } from './workbook.ts';

/**
 * Each visible sheet with text is a heading of level 2 with the sheet's name, and under it the sheet's tables and lines of text. Cells
 * say what Excel shows in the usual number formats; a formula is its saved result. Hidden sheets, rows and columns are left out
 * and counted. Page headers and footers are running lines. Throws ARCHIVE_TOO_LARGE and FILE_DAMAGED.
 */
export const fromXlsx = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const office = openPackage(input.bytes, input.fileName, limits.unpackedBytes);
  const workbook = readWorkbook(office);
  const shown = workbook.sheets.filter(({ isHidden, isWorksheet }) => isWorksheet && !isHidden);
  const leftOut: LeftOut = {
    hiddenSheets: workbook.sheets.filter(({ isHidden }) => isHidden).length,
    hiddenRows: 0,
    hiddenColumns: 0,
    hiddenCells: 0,
    formulasWithoutValue: 0,
    charts: 0,
  };
  const blocks: RootContent[] = [];
  const running = new Map<string, RunningText>();
  let unreadable = 0;
  for (const { name, part } of shown) {
    const sheet = readSheet(workbook, part);
    const { cells, hidden } = placeCells(sheet);
    const drawing = readDrawing(workbook, sheet);
    const content = [...splitRegions(cells).flatMap(blocksOfRegion), ...drawing.paragraphs];
    if (content.length > 0) addAll(blocks, [sheetHeading(name), ...content]);
    for (const line of readHeaderFooter(sheet.root)) running.set(`${line.position} ${line.text}`, line);
    for (const { text } of cells) unreadable += countUnreadable(text);
    leftOut.hiddenRows += hidden.rows;
    leftOut.hiddenColumns += hidden.columns;
    leftOut.hiddenCells += hidden.cells;
    noteHidden(workbook, hidden.texts);
    leftOut.formulasWithoutValue += sheet.formulasWithoutValue;
    leftOut.charts += drawing.charts;
  }
  for (const { part } of workbook.sheets.filter(({ isHidden, isWorksheet }) => isWorksheet && isHidden)) {
    noteHidden(
      workbook,
      readSheet(workbook, part).cells.map(({ text }) => text),
    );
  }
  const metadata = readMetadata(office);
  return {
    ...emptyTree(blocks),
    runningLines: [...running.values()],
    messages: reportMessages(workbook, leftOut),
    safety: reportSafety(workbook),
    unreadableCharacters: unreadable,
    metadata,
    ...(metadata.title ? { title: metadata.title } : {}),
    ...(metadata.language ? { language: metadata.language } : {}),
  };
};

const noteHidden = ({ unseen }: Workbook, texts: readonly string[]): void => {
  for (const text of texts) unseen.add('hidden', undefined, [...text].length, `${text} `);
};

const sheetHeading = (name: string): RootContent => ({
  type: 'heading',
  depth: 2,
  children: [{ type: 'text', value: name }],
});

/** A sheet may hold more lines than a call can have arguments. */
const addAll = (blocks: RootContent[], more: readonly RootContent[]): void => {
  for (const block of more) blocks.push(block);
};
