/** Reads a generateContent request and refuses what the service refuses. */
import { errorReply, type HttpReply } from '../http-server.ts';
import type { ModelTraits } from './models.ts';
import { judgeResponseSchema, type Schema } from './response-schema.ts';

const LARGEST_OUTPUT_TOKENS = 65_536;

export interface GenerateRequest {
  model: string;
  location: string;
  /** All text parts of system instruction and contents. */
  systemText: string;
  userText: string;
  responseSchema: Schema | null;
  maxOutputTokens: number;
  generationConfig: Readonly<Record<string, unknown>>;
  /** The schema is one at which the model goes silent. */
  mute: boolean;
}

const invalid = (message = 'Request contains an invalid argument.'): HttpReply =>
  errorReply(400, 'INVALID_ARGUMENT', message);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const parseBody = (body: Buffer): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

const textOf = (content: unknown): string =>
  isObject(content) && Array.isArray(content.parts)
    ? content.parts.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join('')
    : '';

export const textOfContents = (contents: unknown): string =>
  Array.isArray(contents) ? contents.map(textOf).join('\n') : '';

const areContents = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((content) => isObject(content) && (content.role === 'user' || content.role === 'model')) &&
  textOfContents(value) !== '';

const judgeThinking = (config: Record<string, unknown>, traits: ModelTraits): HttpReply | null => {
  const thinking = config.thinkingConfig;
  if (!isObject(thinking)) return null;
  if (thinking.thinkingLevel !== undefined && traits.thinking !== 'level') {
    return invalid('thinking_level is not supported by this model.');
  }
  if (thinking.thinkingBudget === undefined) return null;
  if (traits.thinking !== 'budget') return invalid('thinking_budget is not supported by this model.');
  const budget = Number(thinking.thinkingBudget);
  if (budget === 0 && traits.smallestBudget > 0) return invalid("Thinking can't be disabled for this model.");
  return budget !== -1 && budget < traits.smallestBudget ? invalid() : null;
};

const judgeSchema = (config: Record<string, unknown>): HttpReply | { mute: boolean } => {
  if (config.responseJsonSchema !== undefined) {
    return errorReply(501, 'UNIMPLEMENTED', 'The stand-in knows responseSchema only.');
  }
  if (config.responseSchema === undefined) return { mute: false };
  if (config.responseMimeType !== 'application/json' || !isObject(config.responseSchema)) {
    return invalid('A response schema needs the response MIME type application/json.');
  }
  const verdict = judgeResponseSchema(config.responseSchema);
  if (verdict.outcome === 'invalid') return invalid();
  if (verdict.outcome !== 'unknown_field') return { mute: verdict.outcome === 'mute' };
  const description = `Invalid JSON payload received. Unknown name "${verdict.field}" at '${verdict.path}': Cannot find field.`;
  return errorReply(400, 'INVALID_ARGUMENT', description, [
    {
      '@type': 'type.googleapis.com/google.rpc.BadRequest',
      fieldViolations: [{ field: verdict.path, description }],
    },
  ]);
};

const judgeNumbers = (config: Record<string, unknown>): HttpReply | null => {
  const tokens = Number(config.maxOutputTokens ?? LARGEST_OUTPUT_TOKENS);
  if (!Number.isInteger(tokens) || tokens < 1 || tokens > LARGEST_OUTPUT_TOKENS) {
    return invalid(`maxOutputTokens has to be from 1 to ${LARGEST_OUTPUT_TOKENS}.`);
  }
  const temperature = Number(config.temperature ?? 1);
  return temperature >= 0 && temperature <= 2 ? null : invalid('temperature has to be from 0 to 2.');
};

/** The request, or the answer that refuses it. */
export const readGenerateRequest = (
  body: Buffer,
  target: { model: string; location: string },
  traits: ModelTraits,
): GenerateRequest | HttpReply => {
  const value = parseBody(body);
  if (value === null) return invalid('Invalid JSON payload received.');
  if (!areContents(value.contents)) return invalid();
  const config = isObject(value.generationConfig) ? value.generationConfig : {};
  const refused = judgeNumbers(config) ?? judgeThinking(config, traits);
  if (refused) return refused;
  const schema = judgeSchema(config);
  if ('status' in schema) return schema;
  return {
    model: target.model,
    location: target.location,
    systemText: textOf(value.systemInstruction),
    userText: textOfContents(value.contents),
    responseSchema: isObject(config.responseSchema) ? config.responseSchema : null,
    maxOutputTokens: Number(config.maxOutputTokens ?? LARGEST_OUTPUT_TOKENS),
    generationConfig: config,
    mute: schema.mute,
  };
};
