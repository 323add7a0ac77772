/** What of the protocol a server understands; found out by what it refuses, one thing at a time. */
import type { ModelPrompt } from '../../ports.ts';
import { toOutputSchema } from './json-schema.ts';

export interface Dialect {
  /** `text`: the schema stands in the prompt only. */
  format: 'json_schema' | 'json_object' | 'text';
  /** OpenAI's reasoning models know the second name only, most other servers the first. */
  limitName: 'max_tokens' | 'max_completion_tokens';
  /** Some models take no temperature but their own. */
  hasTemperature: boolean;
}

export const FIRST_DIALECT: Dialect = { format: 'json_schema', limitName: 'max_tokens', hasTemperature: true };

const NAMES_FORMAT = /response_?format|json_?schema|json_?object|structured|additionalProperties|grammar/i;

/** The next thing to try after a 400 or 422 with this body, or null when the refusal is about something else. */
export const nextDialect = (dialect: Dialect, errorBody: string): Dialect | null => {
  if (/max_completion_tokens/.test(errorBody) && dialect.limitName === 'max_tokens') {
    return { ...dialect, limitName: 'max_completion_tokens' };
  }
  if (/temperature/i.test(errorBody) && dialect.hasTemperature) return { ...dialect, hasTemperature: false };
  if (!NAMES_FORMAT.test(errorBody)) return null;
  if (dialect.format === 'json_schema') return { ...dialect, format: 'json_object' };
  return dialect.format === 'json_object' ? { ...dialect, format: 'text' } : null;
};

const formatOf = (dialect: Dialect, prompt: ModelPrompt): Readonly<Record<string, unknown>> => {
  switch (dialect.format) {
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'answer', ...toOutputSchema(prompt.responseSchema) },
        },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'text':
      return {};
  }
};

const systemOf = (dialect: Dialect, prompt: ModelPrompt): string =>
  dialect.format === 'json_schema'
    ? prompt.system
    : `${prompt.system}\n\nAnswer with one JSON object and nothing else. It has to fit this JSON Schema:\n${JSON.stringify(
        toOutputSchema(prompt.responseSchema).schema,
      )}`;

export const requestBody = (dialect: Dialect, model: string, prompt: ModelPrompt): string =>
  JSON.stringify({
    model,
    messages: [
      { role: 'system', content: systemOf(dialect, prompt) },
      { role: 'user', content: prompt.user },
    ],
    ...(dialect.hasTemperature ? { temperature: 0 } : {}),
    [dialect.limitName]: prompt.maxOutputTokens,
    ...formatOf(dialect, prompt),
    stream: false,
  });
