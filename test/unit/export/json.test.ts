import { expect, test } from '@jest/globals';
import { AnalysisSchema } from '../../../functions/src/contracts/analysis.ts';
import { toJson } from '../../../functions/src/export/json.ts';
import { sampleAnalysis, sampleCoverage, sampleRow, sampleSource } from './sample-analysis.ts';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

test('What is written reads back as the same analysis', () => {
  const analysis = sampleAnalysis();
  expect(AnalysisSchema.parse(JSON.parse(toJson(analysis)))).toEqual(analysis);
});

test('The order in which keys were set does not change a byte', () => {
  const analysis = sampleAnalysis();
  expect(toJson(AnalysisSchema.parse(reversed(analysis)))).toBe(toJson(analysis));
  expect(toJson(reversed(analysis) as typeof analysis)).toBe(toJson(analysis));
});

test('A row and a ledger entry take one line each, so that a diff shows what changed', () => {
  const lines = toJson(sampleAnalysis()).split('\n');
  expect(lines.filter((line) => line.includes('"rowId":"row-1"'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('"reason":"heading"'))).toHaveLength(3);
});

test('The file ends in one newline', () => {
  expect(toJson(sampleAnalysis())).toMatch(/[^\n]\n$/);
});

test('A value that is not set is absent, and null stays null', () => {
  const rows = [sampleRow({ leadIn: undefined, source: sampleSource({ charStart: null, charEnd: null }) })];
  const json = toJson(sampleAnalysis({ rows }));
  expect(json).not.toContain('leadIn');
  expect(json).toContain('"charStart":null');
});

test('A ledger of fifty thousand sentences is written in under two seconds', () => {
  const [entry] = sampleCoverage().excluded;
  const excluded = Array.from({ length: 50_000 }, () => ({ ...entry, reason: 'heading' as const })) as NonNullable<
    typeof entry
  >[];
  const started = performance.now();
  toJson(sampleAnalysis({ coverage: { excluded } }));
  expect(performance.now() - started).toBeLessThan(2000);
});
