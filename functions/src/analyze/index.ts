/** Analysis of a package in one go, as the command line does it: plan, every window in turn, merge. */
import type { Analysis, AnalysisKind } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import { mergeAnalysis } from './merge.ts';
import { type PlanOptions, planRun } from './plan.ts';
import { analyzeWindow } from './window.ts';

export interface AnalyzeOptions extends PlanOptions {
  /** Called with windows done and windows in all: once at the start with 0, then after each. */
  onProgress?: (done: number, total: number) => void;
}

/** Throws TOO_MANY_CHUNKS when `maxChunks` is set and exceeded. */
export const analyzePackage = (
  documents: readonly Document[],
  kinds: readonly AnalysisKind[],
  options: AnalyzeOptions = {},
): Analysis => {
  const { onProgress, ...planOptions } = options;
  const { context, windows } = planRun(documents, kinds, planOptions);
  const byId = new Map(documents.map((document) => [document.documentId, document]));
  onProgress?.(0, windows.length);
  const results = windows.flatMap((window, at) => {
    const document = byId.get(window.documentId);
    const result = document === undefined ? [] : [analyzeWindow(context, window, document)];
    onProgress?.(at + 1, windows.length);
    return result;
  });
  return mergeAnalysis(context, documents, windows, results);
};
