import { describe, expect, test } from '@jest/globals';
import { planRun } from '../../../functions/src/analyze/plan.ts';
import { PackageContextSchema, WindowSchema } from '../../../functions/src/contracts/analysis.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { buildDocument } from '../../support/build-document.ts';

const KINDS = ['compliance-matrix'] as const;
const long = buildDocument(
  Array.from(
    { length: 120 },
    (_, at) => `The Contractor shall sweep floor ${at} of the building each night and lock the doors after.`,
  ),
);

describe('The windows of a plan', () => {
  const { windows, context } = planRun([long], KINDS, { chunkCharacters: 400, windowChunks: 4, overlapChunks: 1 });

  test('own each place of the document exactly once', () => {
    expect(windows.length).toBeGreaterThan(3);
    expect(windows[0]?.ownStart).toBe(0);
    expect(windows.at(-1)?.ownEnd).toBe(long.markdown.length);
    windows.slice(1).forEach((window, at) => {
      expect(window.ownStart).toBe(windows[at]?.ownEnd);
    });
  });

  test('show again what the window before ended with, and say how much', () => {
    const [first, second] = windows;
    const repeated = second?.blockIds.slice(0, second.overlapBefore) ?? [];
    expect(repeated.length).toBeGreaterThan(0);
    expect(first?.blockIds.slice(-repeated.length)).toEqual(repeated);
    expect(first?.overlapBefore).toBe(0);
  });

  test('keep to the contracts', () => {
    for (const window of windows) expect(WindowSchema.safeParse(window).error).toBeUndefined();
    expect(PackageContextSchema.safeParse(context).error).toBeUndefined();
  });

  test('are numbered through the package, once per kind', () => {
    const other = buildDocument(['Submit the form.'], { fileName: 'b.md' });
    const plan = planRun([long, other], ['compliance-matrix', 'compliance-matrix']);
    expect(plan.windows.map(({ index }) => index)).toEqual(plan.windows.map((_, at) => at));
  });
});

test('A package with more chunks than allowed is refused with both numbers, never cut', () => {
  const plan = (): unknown => planRun([long], KINDS, { chunkCharacters: 400, maxChunks: 3 });
  expect(plan).toThrow(AppError);
  expect(plan).toThrow(/has \d+ chunks; a run takes at most 3 /);
  expect(() => planRun([long], KINDS, { chunkCharacters: 400, maxChunks: 1000 })).not.toThrow();
});

test('The same documents give the same plan', () => {
  const copy = structuredClone(long);
  expect(planRun([copy], KINDS)).toEqual(planRun([long], KINDS));
});
