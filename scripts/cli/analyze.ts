/** mdraft analyze: a package of documents → compliance matrix, in the formats asked for. */
import { basename, dirname } from 'node:path';
import { coverageLine } from '../../functions/src/export/coverage-summary.ts';
import { EXPORTERS } from '../../functions/src/export/index.ts';
import { analyzePackageFiles, type PackageResult } from './analyze-package.ts';
import type { AnalyzeRequest } from './arguments.ts';
import { isConverted } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import type { ExitCode } from './exit-codes.ts';
import { plural, printable, shownPath } from './messages.ts';
import { documentFacts, failuresOf, reportJson, reportOutcome } from './report.ts';

export const reportPackageTroubles = (result: PackageResult, deps: CliDeps, quiet: boolean): void => {
  for (const outcome of result.outcomes) reportOutcome(outcome, deps, quiet);
  if (quiet) return;
  for (const { file, sameAs } of result.duplicates) {
    deps.stderr.write(`warning: ${printable(`${file} has the same bytes as ${sameAs}`)}; it was analysed once.\n`);
  }
  if (result.kept.length > 0) deps.stderr.write(keptLine(result.kept));
};

/** "12 rows need review (…); 5 sentences are unresolved (…)." with the places in the results where they stand. */
export const toCheckLine = ({ analysis, exports }: Pick<PackageResult, 'analysis' | 'exports'>): string => {
  const matrix = analysis?.complianceMatrix;
  const toReview = matrix?.rows.filter(({ verification }) => verification.status === 'needs_review').length ?? 0;
  const unresolved = matrix?.coverage.unresolved.length ?? 0;
  const hasWorkbook = exports.some(({ format }) => format === 'xlsx');
  const place = (sheet: string, key: string): string =>
    hasWorkbook ? `sheet "${sheet}"` : `${key} in ${EXPORTERS.json.fileName}`;
  const review =
    toReview === 0
      ? 'no row needs review'
      : `${plural(toReview, 'row')} ${toReview === 1 ? 'needs' : 'need'} review (${place('Needs review', 'status "needs_review"')})`;
  const open =
    unresolved === 0
      ? 'no sentence is unresolved'
      : `${plural(unresolved, 'sentence')} ${unresolved === 1 ? 'is' : 'are'} unresolved (${place('Unresolved', 'coverage.unresolved')})`;
  const excluded = (matrix?.coverage.excluded.length ?? 0) > 0;
  const audit = excluded ? ` What was excluded, and why: ${place('Excluded', 'coverage.excluded')}.` : '';
  return `To check: ${review}; ${open}.${audit}`;
};

/** What was found, the coverage line, and what is left to a person. */
const matrixSummary = (result: PackageResult): string[] => {
  const { analysis } = result;
  const matrix = analysis?.complianceMatrix;
  if (!analysis || !matrix) return [];
  const found = `${plural(matrix.rows.length, 'requirement')} in ${plural(analysis.documents.length, 'document')}.`;
  return [found, coverageLine(matrix.coverage), toCheckLine(result)];
};

/** "note: earlier results that differ were kept: matrix.xlsx as matrix.previous.xlsx" */
const keptLine = (kept: PackageResult['kept']): string => {
  const moves = kept.map(({ path, keptAs }) => `${basename(path)} as ${basename(keptAs)}`);
  return `note: earlier results that differ were kept: ${printable(moves.join(', '))}\n`;
};

/** The folder, then the names in it. */
export const savedLines = (
  { exports, markdown }: Pick<PackageResult, 'exports' | 'markdown'>,
  workingFolder: string,
): string[] => {
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
    kept: result.kept.map(({ path, keptAs }) => ({ path, keptAs })),
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
      documentsWithoutText: coverage.documentsWithoutText?.length ?? 0,
      chunks: coverage.chunks,
      complete: coverage.complete,
    },
  };
};

export const runAnalyze = async (request: AnalyzeRequest, deps: CliDeps): Promise<ExitCode> => {
  const result = await analyzePackageFiles(request, deps);
  if (request.json) {
    reportJson(failuresOf(result.outcomes), jsonResult(result), result.exitCode, deps);
    return result.exitCode;
  }
  reportPackageTroubles(result, deps, request.quiet);
  if (!request.quiet && result.analysis) {
    const lines = [...matrixSummary(result), ...savedLines(result, deps.workingFolder)];
    deps.stdout.write(`${lines.join('\n')}\n`);
  }
  return result.exitCode;
};
