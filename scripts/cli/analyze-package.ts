/** A package of files → analysis and documents on disk. Prints nothing: `mdraft analyze` and `npm start` tell it in their own ways. */

import { basename, dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import { EXPORTERS, type ExportFormat } from '../../functions/src/export/index.ts';
import type { AnalyzeRequest } from './arguments.ts';
import { convertFiles, isConverted, type Outcome } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withMissingFiles } from './incomplete-package.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { createOutputFiles } from './output-files.ts';
import { outputNames } from './output-names.ts';
import { progressOf } from './progress.ts';
import { failuresOf, jobExitCode } from './report.ts';

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
  exitCode: ExitCode;
}

type ConvertedFile = { file: string; document: Document };

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
  const failedParts = analysis.complianceMatrix?.coverage.chunks.failed.length ?? 0;
  return failedParts > 0 ? EXIT.partial : jobExitCode(outcomes);
};

const plannedPaths = (request: AnalyzeRequest, different: readonly ConvertedFile[], workingFolder: string) => {
  const folder = resolve(workingFolder, request.outDir);
  const exports = request.formats.map((format) => ({ format, path: join(folder, EXPORTERS[format].fileName) }));
  const inputsThere = request.files
    .map((file) => resolve(workingFolder, file))
    .filter((path) => dirname(path) === folder)
    .map((path) => basename(path));
  const reserved = Object.values(EXPORTERS).map(({ fileName }) => fileName);
  const names = outputNames(
    different.map(({ file }) => file),
    'md',
    [...reserved, ...inputsThere],
  );
  const markdown = different.map(({ file }, index) => ({ file, path: join(folder, names[index] ?? '') }));
  return { exports, markdown };
};

/** @throws AppError when nothing could be written; failures of single files are in `outcomes`. */
export const analyzePackageFiles = async (request: AnalyzeRequest, deps: CliDeps): Promise<PackageResult> => {
  const outcomes = await convertFiles(request.files, deps, progressOf(request, deps));
  const { different, duplicates } = separateDuplicates(outcomes.filter(isConverted));
  if (different.length === 0) return { outcomes, exports: [], markdown: [], duplicates, exitCode: EXIT.failed };

  const progress = progressOf(request, deps);
  const documents = different.map(({ document }) => document);
  const analysed = await deps.analyze(documents, request.kinds, (done, total) =>
    progress.update({ label: 'Analysing', done, total, unit: 'windows' }),
  );
  progress.clear();
  // The analysis may hold the thread to its end: a Ctrl-C pressed meanwhile arrives now.
  await setImmediate();
  throwIfInterrupted(deps.signal);

  const missing = failuresOf(outcomes).map(({ file, error }) => ({ fileName: basename(file), error }));
  const analysis = withMissingFiles(analysed, missing);
  const { exports, markdown } = plannedPaths(request, different, deps.workingFolder);
  const output = createOutputFiles();
  try {
    await output.writeTogether([
      ...exports.map(({ format, path }) => ({ path, content: EXPORTERS[format].render(analysis) })),
      ...markdown.map(({ path }, index) => ({ path, content: documents[index]?.markdown ?? '' })),
    ]);
  } finally {
    await output.cleanUp();
  }
  return { outcomes, analysis, exports, markdown, duplicates, exitCode: exitCodeOf(outcomes, analysis) };
};
