/** npm start: the whole way from PDF to compliance matrix, on the sample package or on the user's own files. */
import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { coverageLine } from '../../functions/src/export/coverage-summary.ts';
import { reportPackageTroubles, savedLines, toCheckLine } from './analyze.ts';
import { analyzePackageFiles, type PackageResult } from './analyze-package.ts';
import { chooseFormats, chooseKinds } from './choices.ts';
import { isConverted } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { Interrupted } from './interrupt.ts';
import { matrixPreview } from './matrix-preview.ts';
import { plural, shownPath } from './messages.ts';
import { reportError } from './report.ts';
import { wrapText } from './terminal-table.ts';
import { usageError } from './usage-error.ts';

const FIRST_ROWS = 10;
const WIDEST = 140;

const HELP = `npm start runs mdraft on a sample solicitation, or on your own files:

  npm start
  npm start -- path/to/rfp.pdf [more files of the same package]

It prints the first rows of the compliance matrix and saves all of it in out/.
For more, see: npm run -s mdraft -- --help
`;

export interface StartSettings {
  /** Folder with the PDFs of the sample package. */
  sampleFolder: string;
  /** Of the terminal; what is printed stays within it. */
  columns: number;
  /** Marks a headline; the identity where colours are not shown. */
  bold(text: string): string;
}

const sampleFiles = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder);
  return names
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .sort()
    .map((name) => join(folder, name));
};

const packageLine = (result: PackageResult, elapsedMs: number): string => {
  const documents = result.outcomes.filter(isConverted).map(({ document }) => document);
  const pages = documents.reduce((sum, { pages: { length } }) => sum + length, 0);
  const pagesRead = pages > 0 ? `, ${plural(pages, 'page')}` : '';
  return `${plural(documents.length, 'document')}${pagesRead}: read and analysed in ${(elapsedMs / 1000).toFixed(1)} s on this machine`;
};

const show = (result: PackageResult, settings: StartSettings, deps: CliDeps, elapsedMs: number): void => {
  const matrix = result.analysis?.complianceMatrix;
  if (!result.analysis || !matrix) return;
  const width = Math.min(settings.columns, WIDEST);
  const rows = matrix.rows.slice(0, FIRST_ROWS);
  const more = matrix.rows.length - rows.length;
  const lines = [
    '',
    settings.bold('Compliance matrix'),
    ...wrapText(packageLine(result, elapsedMs), width, 3),
    '',
    ...(rows.length > 0 ? matrixPreview(result.analysis, rows, width) : ['No requirement was found.']),
    ...(more > 0 ? [`… and ${more} more in the files below`] : []),
    '',
    settings.bold('Coverage'),
    ...wrapText(`${plural(matrix.rows.length, 'requirement')}.`, width, 3),
    ...wrapText(coverageLine(matrix.coverage), width, 5),
    ...wrapText(toCheckLine(result), width, 5),
    '',
    ...savedLines(result, deps.workingFolder),
    '',
  ];
  deps.stdout.write(`${lines.join('\n')}\n`);
};

/** One document gives its name to the results; several are a package, whatever the order in which they were typed. */
const packageName = ([first, ...more]: readonly string[]): string =>
  first === undefined || more.length > 0 ? 'package' : parse(first).name;

const run = async (argv: readonly string[], settings: StartSettings, deps: CliDeps): Promise<ExitCode> => {
  if (argv.includes('--help') || argv.includes('-h')) {
    deps.stdout.write(HELP);
    return EXIT.done;
  }
  const option = argv.find((word) => word.startsWith('-') && word !== '--');
  if (option)
    throw usageError(`npm start takes files only, not ${option}. For options, see: npm run -s mdraft -- --help`);
  const own = argv.filter((word) => word !== '--');
  const [first] = own;
  const files = first === undefined ? await sampleFiles(settings.sampleFolder) : own;
  const outDir = (readFiles: readonly string[]): string =>
    join('out', first === undefined ? 'sample' : packageName(readFiles));
  const request = { files, outDir, kinds: chooseKinds([]), formats: chooseFormats([]), json: false, quiet: false };
  if (first === undefined) {
    deps.stdout.write(`Sample solicitation: ${shownPath(settings.sampleFolder, deps.workingFolder)}\n`);
  }
  const started = deps.elapsedMs();
  const result = await analyzePackageFiles({ command: 'analyze', ...request }, deps);
  show(result, settings, deps, deps.elapsedMs() - started);
  reportPackageTroubles(result, deps, false);
  return result.exitCode;
};

/** Same errors and exit codes as `mdraft analyze`. */
export const runStart = async (argv: readonly string[], settings: StartSettings, deps: CliDeps): Promise<ExitCode> => {
  try {
    return await run(argv, settings, deps);
  } catch (thrown) {
    return thrown instanceof Interrupted ? EXIT.interrupted : exitCodeOf(reportError(thrown, false, deps));
  }
};
