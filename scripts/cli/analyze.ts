/** mdraft analyze: a package of documents → compliance matrix, in the formats asked for. */
import { basename, dirname } from 'node:path';
import { coverageLine } from '../../functions/src/export/coverage-summary.ts';
import { analyzePackageFiles, type PackageResult } from './analyze-package.ts';
import type { AnalyzeRequest } from './arguments.ts';
import { isConverted } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import type { ExitCode } from './exit-codes.ts';
import { plural, printable, shownPath } from './messages.ts';
import { documentFacts, reportJson, reportOutcome } from './report.ts';

export const reportPackageTroubles = (result: PackageResult, deps: CliDeps, quiet: boolean): void => {
  for (const outcome of result.outcomes) reportOutcome(outcome, deps, quiet);
  if (quiet) return;
  for (const { file, sameAs } of result.duplicates) {
    deps.stderr.write(`warning: ${printable(`${file} has the same bytes as ${sameAs}`)}; it was analysed once.\n`);
  }
};

/** "97 requirements in 3 documents; 12 to review." and the coverage line. */
export const matrixSummary = ({ analysis }: PackageResult): string[] => {
  const matrix = analysis?.complianceMatrix;
  if (!analysis || !matrix) return [];
  const toReview = matrix.rows.filter(({ verification }) => verification.status === 'needs_review').length;
  const found = `${plural(matrix.rows.length, 'requirement')} in ${plural(analysis.documents.length, 'document')}`;
  return [`${found}; ${toReview} to review.`, coverageLine(matrix.coverage)];
};

/** The folder, then the names in it. */
export const savedLines = ({ exports, markdown }: PackageResult, workingFolder: string): string[] => {
  const paths = [...exports, ...markdown].map(({ path }) => path);
  const [first] = paths;
  if (first === undefined) return [];
  return [
    `Saved in ${shownPath(dirname(first), workingFolder)}`,
    ...paths.map((path) => `  ${printable(basename(path))}`),
  ];
};

const jsonResult = (result: PackageResult): object => {
  const matrix = result.analysis?.complianceMatrix;
  const coverage = matrix?.coverage;
  const markdownOf = new Map(result.markdown.map(({ file, path }) => [file, path]));
  return {
    outputs: result.exports,
    documents: result.outcomes
      .filter(isConverted)
      .map(({ file, document }) => ({ file, markdown: markdownOf.get(file), ...documentFacts(document) })),
    rows: matrix?.rows.length,
    needsReview: matrix?.rows.filter(({ verification }) => verification.status === 'needs_review').length,
    coverage: coverage && {
      sentences: coverage.sentences,
      bindingCandidates: coverage.bindingCandidates,
      inMatrix: coverage.inMatrix,
      excluded: coverage.excluded.length,
      unresolved: coverage.unresolved.length,
      pagesWithoutText: coverage.pagesWithoutText.length,
      chunks: coverage.chunks,
      complete: coverage.complete,
    },
  };
};

export const runAnalyze = async (request: AnalyzeRequest, deps: CliDeps): Promise<ExitCode> => {
  const result = await analyzePackageFiles(request, deps);
  if (request.json) {
    reportJson(result.outcomes, jsonResult(result), result.exitCode, deps);
    return result.exitCode;
  }
  reportPackageTroubles(result, deps, request.quiet);
  if (!request.quiet && result.analysis) {
    const lines = [...matrixSummary(result), ...savedLines(result, deps.workingFolder)];
    deps.stdout.write(`${lines.join('\n')}\n`);
  }
  return result.exitCode;
};
