/** Excel workbooks of the binary format (.xls, Excel 97 and later) to a tree. */
import type { RootContent } from 'mdast';
import type { ConversionMessage } from '../../contracts/document.ts';
import { AppError } from '../../errors.ts';
import { readOle2, streamBytes } from '../ole2/read-ole2.ts';
import { readSummary } from '../ole2/summary-information.ts';
import { count } from '../ooxml/package-safety.ts';
import type { ConvertInput, RunningText, SourceTree } from '../source-tree.ts';
import { countUnreadable, emptyTree } from '../source-tree-parts.ts';
import type { UnseenLog } from '../unseen-characters.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import { commentMessage, legacySafety } from '../word-text/report.ts';
import { placeCells } from '../xlsx/place-cells.ts';
import { blocksOfRegion } from '../xlsx/region-blocks.ts';
import { splitRegions } from '../xlsx/split-regions.ts';
import { readSheets } from './read-sheet.ts';
import { readWorkbook } from './workbook.ts';

/**
 * As for .xlsx: each visible sheet with text is a heading of level 2, and under it its tables and lines of text; hidden sheets, rows
 * and columns are left out and counted. By [MS-XLS]. Throws FILE_DAMAGED, FILE_ENCRYPTED, and FORMAT_UNSUPPORTED for what is older.
 */
export const fromXls = ({ bytes, fileName }: ConvertInput): SourceTree => {
  const { root } = readOle2(bytes, fileName);
  const stream = streamBytes(root, 'Workbook') ?? streamBytes(root, 'Book');
  if (!stream) throw new AppError('FILE_DAMAGED', { fileName, problem: 'it has no workbook in it' });
  const workbook = readWorkbook(stream, fileName);
  const hidden = { sheets: workbook.sheets.filter(({ isHidden }) => isHidden).length, rows: 0, columns: 0, cells: 0 };
  const blocks: RootContent[] = [];
  const running = new Map<string, RunningText>();
  let charts = workbook.sheets.filter(({ isHidden, isWorksheet }) => !isHidden && !isWorksheet).length;
  let comments = 0;
  const unseen = createUnseenLog();
  let unreadable = 0;
  const worksheets = workbook.sheets.filter(({ isWorksheet }) => isWorksheet);
  const sheets = readSheets(
    workbook,
    worksheets.map(({ at }) => at),
  );
  for (const { name, at, isHidden } of worksheets) {
    const sheet = sheets.get(at);
    if (!sheet) continue;
    sheets.delete(at);
    if (isHidden) {
      noteHidden(
        unseen,
        sheet.cells.map(({ text }) => text),
      );
      continue;
    }
    const placed = placeCells(sheet);
    const content = [...splitRegions(placed.cells).flatMap(blocksOfRegion), ...sheet.boxTexts.flatMap(paragraphsOf)];
    if (content.length > 0) {
      blocks.push({ type: 'heading', depth: 2, children: [{ type: 'text', value: name }] });
      for (const block of content) blocks.push(block);
    }
    for (const line of sheet.running) running.set(`${line.position} ${line.text}`, line);
    for (const { text } of placed.cells) unreadable += countUnreadable(text);
    hidden.rows += placed.hidden.rows;
    hidden.columns += placed.hidden.columns;
    hidden.cells += placed.hidden.cells;
    noteHidden(unseen, placed.hidden.texts);
    charts += sheet.charts;
    comments += sheet.comments;
  }
  const metadata = readSummary(root);
  return {
    ...emptyTree(blocks),
    runningLines: [...running.values()],
    messages: [...chartMessage(charts), ...hiddenMessage(hidden), ...commentMessage(comments)],
    safety: [...legacySafety(root, 'workbook'), ...unseen.findings()],
    unreadableCharacters: unreadable,
    metadata,
    ...(metadata.title ? { title: metadata.title } : {}),
  };
};

const noteHidden = (unseen: UnseenLog, texts: readonly string[]): void => {
  for (const text of texts) unseen.add('hidden', undefined, [...text].length, `${text} `);
};

const paragraphsOf = (text: string): RootContent[] =>
  text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }));

const chartMessage = (charts: number): ConversionMessage[] => {
  if (charts === 0) return [];
  const text = `${count(charts, 'chart')} or diagrams left out; check them in the workbook.`;
  return [{ level: 'warning', code: 'DRAWINGS_LEFT_OUT', text }];
};

interface HiddenParts {
  sheets: number;
  rows: number;
  columns: number;
  cells: number;
}

const hiddenMessage = (hidden: HiddenParts): ConversionMessage[] => {
  const parts = [
    [hidden.sheets, 'sheet'],
    [hidden.rows, 'row'],
    [hidden.columns, 'column'],
    [hidden.cells, 'cell'],
  ] as const;
  const named = parts.filter(([number]) => number > 0).map(([number, noun]) => count(number, `hidden ${noun}`));
  if (named.length === 0) return [];
  const text = `${named.join(', ')} of the workbook left out.`;
  return [{ level: 'warning', code: 'HIDDEN_PARTS_LEFT_OUT', text }];
};
