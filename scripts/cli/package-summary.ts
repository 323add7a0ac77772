/** What npm start shows of a result: the first rows, the coverage, and where everything is saved. */
import { coverageLine } from '../../functions/src/export/coverage-summary.ts';
import { savedLines, toCheckLine } from './analyze.ts';
import type { PackageResult } from './analyze-package.ts';
import { matrixPreview } from './matrix-preview.ts';
import { plural } from './messages.ts';
import { wrapText } from './terminal-table.ts';

const FIRST_ROWS = 10;
const WIDEST = 140;

export interface SummarySettings {
  /** Of the terminal; what is printed stays within it. */
  columns: number;
  /** Marks a headline; the identity where colours are not shown. */
  bold(text: string): string;
}

/** "4 documents, 13 pages: read and analysed in 1.9 s …" */
export const packageLine = (documents: number, pages: number, howAndWhere: string): string =>
  `${plural(documents, 'document')}${pages > 0 ? `, ${plural(pages, 'page')}` : ''}: ${howAndWhere}`;

/** Empty without a matrix. `line`: what was done, in a sentence. */
export const packageSummary = (
  result: Pick<PackageResult, 'analysis' | 'exports' | 'markdown'>,
  line: string,
  settings: SummarySettings,
  workingFolder: string,
): string => {
  const matrix = result.analysis?.complianceMatrix;
  if (!result.analysis || !matrix) return '';
  const width = Math.min(settings.columns, WIDEST);
  const rows = matrix.rows.slice(0, FIRST_ROWS);
  const more = matrix.rows.length - rows.length;
  const lines = [
    '',
    settings.bold('Compliance matrix'),
    ...wrapText(line, width, 3),
    '',
    ...(rows.length > 0 ? matrixPreview(result.analysis, rows, width) : ['No requirement was found.']),
    ...(more > 0 ? [`… and ${more} more in the files below`] : []),
    '',
    settings.bold('Coverage'),
    ...wrapText(`${plural(matrix.rows.length, 'requirement')}.`, width, 3),
    ...wrapText(coverageLine(matrix.coverage), width, 5),
    ...wrapText(toCheckLine(result), width, 5),
    '',
    ...savedLines(result, workingFolder),
    '',
  ];
  return `${lines.join('\n')}\n`;
};
