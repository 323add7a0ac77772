import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { QUEUE_NAMES } from '../../../functions/src/contracts/tasks.ts';
import { readTerraform } from '../../support/read-terraform.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PIPELINE = join(ROOT, 'functions/src/pipeline');

const filesOf = (folder: string): string[] => readdirSync(join(PIPELINE, folder)).map((name) => `${folder}/${name}`);

/** Where the work of a function begins. */
const STEPS: Readonly<Record<string, string[]>> = {
  api: ['1-create-upload.ts', '5-start-analysis.ts', ...filesOf('8-serve-results')],
  'on-upload': ['2-claim-upload.ts'],
  'convert-document': ['3-convert-document.ts'],
  'ocr-shard': ['3-convert-document/ocr-shard.ts'],
  'plan-run': ['5-plan-run.ts'],
  'analyze-window': ['6-analyze-window.ts'],
  'merge-analysis': ['7-merge-analysis.ts'],
  sweep: filesOf('sweep'),
};

/** These files and all of the pipeline that they import. */
const reachable = (files: readonly string[]): Set<string> => {
  const seen = new Set<string>();
  const waiting = files.map((name) => join(PIPELINE, name));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const folder = dirname(file);
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+\.ts)'/g)) {
      const path = join(folder, target);
      if (path.startsWith(PIPELINE)) waiting.push(path);
    }
  }
  return seen;
};

/** The queues whose names stand in an `enqueueTask(…)`; a handler adds its own next try as well. */
const queuesOf = (name: string, steps: readonly string[]): string[] => {
  const texts = [...reachable(steps)].map((file) => readFileSync(file, 'utf8'));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/enqueueTask\(\s*\w+,\s*'([\w-]+)'/g)].map(([, queue = '']) => queue),
  );
  const own = (QUEUE_NAMES as string[]).filter((queue) => queue === name);
  return [...new Set([...named, ...own])].sort();
};

test('each function may add tasks to the queues that its code adds to, and to no other', async () => {
  const { locals } = await readTerraform(join(ROOT, 'infra'));
  const rights = Object.fromEntries(
    Object.entries<{ queues: string[] }>(locals.access).map(([name, { queues }]) => [name, [...queues].sort()]),
  );
  const needs = Object.fromEntries(Object.entries(STEPS).map(([name, steps]) => [name, queuesOf(name, steps)]));
  expect(rights).toEqual(needs);
  expect({ ...rights, 'on-upload': [] }).not.toEqual(needs);
});
