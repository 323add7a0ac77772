/** A package of files → analysis and documents on disk. Prints nothing: `mdraft analyze` and `npm start` tell it in their own ways. */

import { basename, dirname, join, resolve } from 'node:path';
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import { EXPORTERS, type ExportFormat } from '../../functions/src/export/index.ts';
import { withMissingFiles } from '../../functions/src/export/missing-files.ts';
import type { AnalyzeRequest } from './arguments.ts';
import { type Origin, rootOf } from './contained-files.ts';
import { convertFiles, isConverted, type Outcome } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { enterPhase } from './interrupt.ts';
import { createOutputFiles, type OutputFile } from './output-files.ts';
import { outputNames } from './output-names.ts';
import type { KeptFile } from './previous-version.ts';
import { progressOf } from './progress.ts';
import { failuresOf, jobExitCode } from './report.ts';
import { usageError } from './usage-error.ts';

export interface PackageResult {
  outcomes: Outcome[];
  /** Absent when no file could be converted. */
  analysis?: Analysis;
  /** Absolute paths. */
  exports: { format: ExportFormat; path: string }[];
  /** One for each different document. */
  markdown: { file: string; path: string }[];
  /** Files with the bytes of an earlier one; they were analysed once. */
  duplicates: { file: string; sameAs: string }[];
  /** Earlier matrices that were different, in places of `exports`. */
  kept: KeptFile[];
  exitCode: ExitCode;
}

/** A package names its folder itself, or leaves that until it is known which files (as typed) could be read. */
type PackageRequest = Omit<AnalyzeRequest, 'outDir'> & {
  outDir: string | ((readFiles: readonly string[]) => string);
};

/** In these people fill in owners, places and notes. */
const FILLED_IN: readonly ExportFormat[] = ['xlsx', 'csv'];

type ConvertedFile = { file: string; origin: Origin; document: Document };

/** Its own document is the list of its files; they are what is analysed. */
const ARCHIVE = 'application/zip';

const separateDuplicates = (converted: readonly ConvertedFile[]) => {
  const first = new Map<string, ConvertedFile>();
  const duplicates: PackageResult['duplicates'] = [];
  for (const entry of converted) {
    const known = first.get(entry.document.documentId);
    if (known) duplicates.push({ file: entry.file, sameAs: known.file });
    else first.set(entry.document.documentId, entry);
  }
  return { different: [...first.values()], duplicates };
};

const exitCodeOf = (outcomes: readonly Outcome[], analysis: Analysis): ExitCode => {
  const coverage = analysis.complianceMatrix?.coverage;
  const gaps = (coverage?.chunks.failed.length ?? 0) + (coverage?.documentsWithoutText?.length ?? 0);
  return gaps > 0 ? EXIT.partial : jobExitCode(outcomes);
};

const plannedPaths = (request: PackageRequest, different: readonly ConvertedFile[], workingFolder: string) => {
  const typedFiles = [...new Set(different.map(({ origin }) => rootOf(origin).file))];
  const outDir = typeof request.outDir === 'string' ? request.outDir : request.outDir(typedFiles);
  const folder = resolve(workingFolder, outDir);
  const exports = request.formats.map((format) => ({ format, path: join(folder, EXPORTERS[format].fileName) }));
  const inputs = request.files.map((file) => resolve(workingFolder, file));
  const overwritten = exports.find(({ path }) => inputs.includes(path));
  if (overwritten) {
    throw usageError(`${basename(overwritten.path)} in ${outDir} is one of the documents. Choose another folder.`);
  }
  const inputsThere = inputs.filter((path) => dirname(path) === folder).map((path) => basename(path));
  const reserved = Object.values(EXPORTERS).map(({ fileName }) => fileName);
  const readFiles = different.map(({ file }) => file);
  const names = outputNames(readFiles, 'md', [...reserved, ...inputsThere]);
  const markdown = different.map(({ file }, index) => ({ file, path: join(folder, names[index] ?? '') }));
  return { exports, markdown };
};

/** @throws AppError when nothing could be written; failures of single files are in `outcomes`. */
export const analyzePackageFiles = async (request: PackageRequest, deps: CliDeps): Promise<PackageResult> => {
  await enterPhase('reading', deps.signal);
  const outcomes = await convertFiles(request.files, deps, progressOf(request, deps), { unpack: true });
  const documentsOf = outcomes.filter(isConverted).filter(({ document }) => document.mediaType !== ARCHIVE);
  const { different, duplicates } = separateDuplicates(documentsOf);
  if (different.length === 0)
    return { outcomes, exports: [], markdown: [], duplicates, kept: [], exitCode: EXIT.failed };
  const { exports, markdown } = plannedPaths(request, different, deps.workingFolder);

  await enterPhase('analysing', deps.signal);
  const progress = progressOf(request, deps);
  const documents = different.map(({ document }) => document);
  const analysed = await deps.analyze(documents, request.kinds, (done, total) =>
    progress.update({ label: 'Analysing', done, total, unit: 'windows' }),
  );
  progress.clear();

  const missing = failuresOf(outcomes).map(({ file, error }) => ({ fileName: basename(file), reason: error.reason }));
  const analysis = withMissingFiles(analysed, missing);
  const files: OutputFile[] = [];
  for (const { format, path } of exports) {
    await enterPhase(`rendering ${format}`, deps.signal);
    files.push({ path, content: EXPORTERS[format].render(analysis), keepsPrevious: FILLED_IN.includes(format) });
  }
  files.push(...markdown.map(({ path }, index) => ({ path, content: documents[index]?.markdown ?? '' })));
  await enterPhase('writing', deps.signal);
  const output = createOutputFiles();
  try {
    const kept = await output.writeTogether(files, () => enterPhase('naming', deps.signal));
    return { outcomes, analysis, exports, markdown, duplicates, kept, exitCode: exitCodeOf(outcomes, analysis) };
  } finally {
    await output.cleanUp();
  }
};
