import { expect, test } from '@jest/globals';
import { readStoredPlan } from '../../../functions/src/pipeline/stored-json.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';

/** As many runs as one process may work on in turn. */
const RUNS = 16;

const storePlan = async (deps: TestDeps, name: string) => {
  const bytes = new TextEncoder().encode(JSON.stringify({ context: {}, windows: [], name }));
  const { generation } = await deps.objects.write({
    bucket: 'processed',
    object: name,
    bytes,
    contentType: 'application/json',
  });
  return { object: name, generation, sizeBytes: bytes.length };
};

test('The plans of runs whose windows come in turn are read once each; those of runs long past are forgotten', async () => {
  const deps = createTestDeps();
  const plans = [];
  for (let at = 0; at <= RUNS; at += 1) plans.push(await storePlan(deps, `plan-${at}.json`));
  const reads: string[] = [];
  const read: TestDeps['objects']['read'] = (ref) => {
    reads.push(ref.object);
    return deps.objects.read(ref);
  };
  const counted = { ...deps, objects: { ...deps.objects, read } };
  const current = plans.slice(0, RUNS);
  for (const plan of [...current, ...current, ...current]) await readStoredPlan(counted, plan);
  expect(reads).toEqual(current.map(({ object }) => object));
  for (const plan of [...plans.slice(RUNS), ...plans.slice(0, 1)]) await readStoredPlan(counted, plan);
  expect(reads.slice(RUNS)).toEqual([`plan-${RUNS}.json`, 'plan-0.json']);
});
