/** Finds the development corpus, which is not part of this repository. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BenchmarkOutcome } from './benchmark.ts';

const ROOT = join(import.meta.dirname, '../..');

/** MDRAFT_CORPUS, or ../shared/corpus beside the repository; null when `part` is not there. */
export const locateCorpus = (part: 'conversion' | 'rfp'): string | null => {
  const folder = join(resolve(ROOT, process.env.MDRAFT_CORPUS ?? '../shared/corpus'), part);
  return existsSync(folder) ? folder : null;
};

/** What is missing is a failure on CI, and a plain sentence elsewhere. */
export const missing = (what: string, print: (text: string) => void): BenchmarkOutcome => {
  const onCi = process.env.CI === 'true';
  print(`${onCi ? 'FAILED' : 'Not measured'}: ${what}`);
  return { status: onCi ? 'failed' : 'skipped', figures: { missing: what } };
};
