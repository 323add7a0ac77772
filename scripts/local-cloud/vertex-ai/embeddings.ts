/** `predict` of the embedding models: the same text always gets the same vector of length 1. */
import { createHash } from 'node:crypto';
import { errorReply, type HttpReply, jsonReply } from '../http-server.ts';
import { countTokens } from './generate-answer.ts';
import { parseBody } from './generate-request.ts';
import type { ModelTraits } from './models.ts';

const LARGEST_INPUT_TOKENS = 2048;

const vectorOf = (text: string, dimensions: number): number[] => {
  const values = Array.from({ length: dimensions }, (_, index) => {
    const digest = createHash('sha256').update(`${index}:${text}`).digest();
    return digest.readInt32BE(0) / 2 ** 31;
  });
  const length = Math.hypot(...values) || 1;
  return values.map((value) => value / length);
};

export const embeddingsReply = (body: Buffer, traits: ModelTraits): HttpReply => {
  const request = parseBody(body);
  const instances = request?.instances;
  if (!Array.isArray(instances) || instances.length === 0 || instances.length > traits.embeddingsPerCall) {
    return errorReply(400, 'INVALID_ARGUMENT', `1 to ${traits.embeddingsPerCall} instances are taken.`);
  }
  const texts = instances.map((instance) => (instance as { content?: unknown } | null)?.content);
  if (!texts.every((text): text is string => typeof text === 'string' && text !== '')) {
    return errorReply(400, 'INVALID_ARGUMENT', 'The text content is empty.');
  }
  const parameters = (request?.parameters ?? {}) as { outputDimensionality?: unknown; autoTruncate?: unknown };
  const dimensions = Number(parameters.outputDimensionality ?? traits.embeddingDimensions);
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > traits.embeddingDimensions) {
    return errorReply(400, 'INVALID_ARGUMENT', `outputDimensionality: 1 to ${traits.embeddingDimensions}.`);
  }
  const isTooLong = (text: string): boolean => countTokens(text) > LARGEST_INPUT_TOKENS;
  if (parameters.autoTruncate === false && texts.some(isTooLong)) {
    return errorReply(400, 'INVALID_ARGUMENT', `At most ${LARGEST_INPUT_TOKENS} tokens are taken.`);
  }
  return jsonReply(200, {
    predictions: texts.map((text) => ({
      embeddings: {
        values: vectorOf(text, dimensions),
        statistics: {
          token_count: Math.min(countTokens(text), LARGEST_INPUT_TOKENS),
          truncated: isTooLong(text),
        },
      },
    })),
  });
};
