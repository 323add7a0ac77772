/** Every analysis kind and what reads a window for it. */
import type { AnalysisKind, Window } from '../../contracts/analysis.ts';
import type { ContextIndex } from '../context-index.ts';
import type { DocumentIndex } from '../document-index.ts';
import { analyzeComplianceMatrix, type KindResult } from './compliance-matrix/index.ts';

export const ANALYSERS: Readonly<
  Record<AnalysisKind, (context: ContextIndex, window: Window, index: DocumentIndex) => KindResult>
> = {
  'compliance-matrix': analyzeComplianceMatrix,
};
