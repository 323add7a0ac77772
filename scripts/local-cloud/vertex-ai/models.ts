/** Which models there are, where, and what they take. Gemini 3 is served on global and multi-region hosts only. */

/** `budget`: thinkingBudget from `smallestBudget` on; `level`: thinkingLevel. */
export interface ModelTraits {
  thinking: 'none' | 'budget' | 'level';
  smallestBudget: number;
  regional: boolean;
  /** 0 for models of text. */
  embeddingDimensions: number;
  embeddingsPerCall: number;
}

const text = (thinking: ModelTraits['thinking'], smallestBudget: number, regional: boolean): ModelTraits => ({
  thinking,
  smallestBudget,
  regional,
  embeddingDimensions: 0,
  embeddingsPerCall: 0,
});

const embedding = (embeddingDimensions: number, embeddingsPerCall: number): ModelTraits => ({
  thinking: 'none',
  smallestBudget: 0,
  regional: true,
  embeddingDimensions,
  embeddingsPerCall,
});

const MODELS: ReadonlyMap<string, ModelTraits> = new Map([
  ['gemini-2.5-pro', text('budget', 128, true)],
  ['gemini-2.5-flash', text('budget', 0, true)],
  ['gemini-2.5-flash-lite', text('budget', 0, true)],
  ['gemini-3-flash-preview', text('level', 0, false)],
  ['gemini-3.8-flash', text('level', 0, false)],
  ['text-embedding-005', embedding(768, 250)],
  ['gemini-embedding-001', embedding(3072, 1)],
]);

const MULTI_REGIONS = new Set(['global', 'us', 'eu']);

/** Null when the model does not exist at the location: the service answers 404 in both cases. */
export const traitsOf = (model: string, location: string): ModelTraits | null => {
  const traits = MODELS.get(model);
  if (!traits || (!traits.regional && !MULTI_REGIONS.has(location))) return null;
  return traits;
};
