/** Lets through what may stand in a log and nothing else, whatever a caller hands over. */
import type { LogFields } from '../../ports.ts';

const LONGEST_TEXT = 200;
/** Ids and codes have no spaces; a sentence of a document has. */
const WORD = /^[\w.:/@+~-]{1,200}$/;

type FieldType = 'word' | 'number' | 'flag';

const FIELDS: Readonly<Record<Exclude<keyof LogFields, 'httpRequest'>, FieldType>> = {
  orgId: 'word',
  uid: 'word',
  conversionId: 'word',
  documentId: 'word',
  proposalId: 'word',
  runId: 'word',
  windowId: 'word',
  rowId: 'word',
  eventId: 'word',
  taskName: 'word',
  generation: 'word',
  operation: 'word',
  component: 'word',
  step: 'word',
  queue: 'word',
  bucket: 'word',
  kind: 'word',
  state: 'word',
  outcome: 'word',
  reason: 'word',
  format: 'word',
  mediaType: 'word',
  model: 'word',
  promptVersion: 'word',
  finish: 'word',
  attempt: 'number',
  status: 'number',
  pages: 'number',
  pageNumber: 'number',
  blocks: 'number',
  chunks: 'number',
  windows: 'number',
  rows: 'number',
  findings: 'number',
  dropped: 'number',
  messages: 'number',
  items: 'number',
  limit: 'number',
  sizeBytes: 'number',
  inputTokens: 'number',
  outputTokens: 'number',
  costMicroUsd: 'number',
  durationMs: 'number',
  waitMs: 'number',
  delaySeconds: 'number',
  retryAfterSeconds: 'number',
  coldStart: 'flag',
};

type Loose = Readonly<Record<string, unknown>>;

export const shortened = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;

export const wordOf = (value: unknown): string | undefined =>
  typeof value === 'string' && WORD.test(value) ? value : undefined;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const checked = (type: FieldType, value: unknown): unknown => {
  if (type === 'word') return wordOf(value);
  if (type === 'number') return numberOf(value);
  return typeof value === 'boolean' ? value : undefined;
};

const httpRequestOf = (value: unknown): Loose | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { method, path, status, durationMs, requestBytes, responseBytes } = value as Loose;
  const milliseconds = numberOf(durationMs);
  return {
    requestMethod: wordOf(method),
    requestUrl: typeof path === 'string' ? shortened(path.replace(/[?#].*$/s, '')) : undefined,
    status: numberOf(status),
    latency: milliseconds === undefined ? undefined : `${milliseconds / 1000}s`,
    // int64 in Google's JSON: text.
    requestSize: numberOf(requestBytes)?.toString(),
    responseSize: numberOf(responseBytes)?.toString(),
  };
};

/** Fields that are undefined are left out by JSON.stringify. */
export const allowedFields = (fields: LogFields): Loose => {
  const given = fields as Loose;
  const result: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(FIELDS)) result[name] = checked(type, given[name]);
  result.httpRequest = httpRequestOf(given.httpRequest);
  return result;
};
