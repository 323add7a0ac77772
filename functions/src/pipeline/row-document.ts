/** A row as the database keeps it: queried fields, and the row itself, as far as one document can hold it. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { ComplianceRow } from '../contracts/rfp.ts';
import type { Run, RunRow } from '../contracts/run.ts';

/** Firestore takes 1 MiB a document, its own encoding included: https://firebase.google.com/docs/firestore/quotas#limits */
const MOST_BYTES = 700_000;
/** Characters of one text and entries of one list that are kept, tried in turn until the row fits. */
const SHORTENINGS = [
  { characters: 20_000, entries: 100 },
  { characters: 1000, entries: 50 },
  { characters: 200, entries: 10 },
];
const NOTE = 'Too long to be shown whole here. The exports have all of it.';

type Shortening = (typeof SHORTENINGS)[number];

const sizeInBytes = (row: ComplianceRow): number => new TextEncoder().encode(JSON.stringify(row)).length;

/** Never half of a surrogate pair. */
const shortenText = (text: string, characters: number): string =>
  text.length <= characters ? text : text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');

/** A shorter quote is still the text at its offsets. */
const withQuotedRange = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> => {
  const { quote } = after;
  if (typeof quote !== 'string' || quote === before.quote) return after;
  const range = typeof after.charStart === 'number' ? { charEnd: after.charStart + quote.length } : {};
  return { ...after, ...range, quoteSha256: sha256Hex(quote) };
};

const shorten = (value: unknown, shortening: Shortening): unknown => {
  if (typeof value === 'string') return shortenText(value, shortening.characters);
  if (Array.isArray(value)) return value.slice(0, shortening.entries).map((entry) => shorten(entry, shortening));
  if (typeof value !== 'object' || value === null) return value;
  const before = value as Record<string, unknown>;
  const after = Object.entries(before).map(([name, member]) => [name, shorten(member, shortening)]);
  return withQuotedRange(before, Object.fromEntries(after));
};

/** A sentence without an end, or one that is repeated on thousands of pages, must not cost the others their rows. */
const fitting = (row: ComplianceRow): ComplianceRow => {
  let fitted = row;
  for (const shortening of SHORTENINGS) {
    if (sizeInBytes(fitted) <= MOST_BYTES) break;
    fitted = { ...(shorten(row, shortening) as ComplianceRow), notes: NOTE };
  }
  return fitted;
};

export const rowDocument = ({ orgId, runId, expiresAt }: Run, row: ComplianceRow, position: number): RunRow => ({
  rowId: row.rowId,
  orgId,
  runId,
  position,
  functionalRole: row.source.functionalRole,
  obligation: row.obligation,
  actor: row.actor,
  kind: row.kind,
  verification: row.verification.status,
  expiresAt,
  body: fitting(row),
});
