/** A matrix over a package of which a file could not be read must not call itself complete. */
import type { Analysis } from '../contracts/analysis.ts';
import type { NotRead } from '../contracts/run.ts';

const inOrder = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? -1 : Number(a > b)));

/** The analysis with each missing file as a failed part of its coverage: "scan.pdf: FILE_DAMAGED", in the same order whoever found them first. */
export const withMissingFiles = (analysis: Analysis, missing: readonly NotRead[]): Analysis => {
  const matrix = analysis.complianceMatrix;
  if (!matrix || missing.length === 0) return analysis;
  const { chunks } = matrix.coverage;
  const failed = [...chunks.failed, ...inOrder(missing.map(({ fileName, reason }) => `${fileName}: ${reason}`))];
  const coverage = {
    ...matrix.coverage,
    chunks: { ...chunks, planned: chunks.planned + missing.length, failed },
    complete: false,
  };
  return { ...analysis, complianceMatrix: { ...matrix, coverage } };
};
