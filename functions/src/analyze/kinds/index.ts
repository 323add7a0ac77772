/** Every analysis kind, what reads a window for it, and how it asks a language model. */
import type { AnalysisKind, Window } from '../../contracts/analysis.ts';
import type { ContextIndex } from '../context-index.ts';
import type { DocumentIndex } from '../document-index.ts';
import type { ModelPass } from '../model-pass.ts';
import { analyzeComplianceMatrix, type KindResult } from './compliance-matrix/index.ts';
import { joinAnswers } from './compliance-matrix/model-findings.ts';
import { PROMPT_VERSION, promptOf } from './compliance-matrix/prompt.ts';

export const ANALYSERS: Readonly<
  Record<AnalysisKind, (context: ContextIndex, window: Window, index: DocumentIndex) => KindResult>
> = {
  'compliance-matrix': analyzeComplianceMatrix,
};

export const MODEL_PASSES: Readonly<Record<AnalysisKind, ModelPass>> = {
  'compliance-matrix': { promptVersion: PROMPT_VERSION, promptOf, joinAnswers },
};
