/** A matrix over a package of which a file could not be read must not call itself complete. */
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { AppError } from '../../functions/src/errors.ts';

/** The analysis with each missing file as a failed part of its coverage: "scan.pdf: FILE_DAMAGED". */
export const withMissingFiles = (
  analysis: Analysis,
  missing: readonly { fileName: string; error: AppError }[],
): Analysis => {
  const matrix = analysis.complianceMatrix;
  if (!matrix || missing.length === 0) return analysis;
  const { chunks } = matrix.coverage;
  const failed = [...chunks.failed, ...missing.map(({ fileName, error }) => `${fileName}: ${error.reason}`)];
  const coverage = {
    ...matrix.coverage,
    chunks: { ...chunks, planned: chunks.planned + missing.length, failed },
    complete: false,
  };
  return { ...analysis, complianceMatrix: { ...matrix, coverage } };
};
