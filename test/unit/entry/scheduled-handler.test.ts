import { afterEach, expect, test } from '@jest/globals';
import { createLogger } from '../../../functions/src/adapters/logger.ts';
import { createScheduledHandler } from '../../../functions/src/entry/scheduled-handler.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { serveFunction } from '../../support/api-lab.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const call = async (run: () => Promise<unknown>, method = 'POST') => {
  const log: Record<string, unknown>[] = [];
  const reported: unknown[] = [];
  const handler = createScheduledHandler({
    name: 'sweep',
    run,
    logger: createLogger({
      projectId: 'demo-mdraft',
      write: (line) => log.push(JSON.parse(line)),
      now: () => new Date(0),
    }),
    reporter: { report: (thrown) => void reported.push(thrown), flush: async () => {} },
    clock: { now: () => new Date(0) },
    ids: { newId: () => 'id1', random: () => 0.5 },
  });
  const { origin, stop } = await serveFunction(handler);
  stops.push(stop);
  const { status } = await fetch(origin, { method });
  return { status, log, reported };
};

test('A call of the schedule runs the function once and is answered 204.', async () => {
  let runs = 0;
  const { status, log } = await call(async () => {
    runs += 1;
  });
  expect({ status, runs }).toEqual({ status: 204, runs: 1 });
  expect(log).toEqual([expect.objectContaining({ severity: 'INFO', component: 'sweep' })]);
});

test('A run that fails is answered 500 and logged; what nobody foresaw is reported too.', async () => {
  const bug = new TypeError('a bug');
  const unknown = await call(async () => {
    throw bug;
  });
  expect({ status: unknown.status, reported: unknown.reported }).toEqual({ status: 500, reported: [bug] });
  const known = await call(async () => {
    throw new AppError('STATE_UNAVAILABLE');
  });
  expect({ status: known.status, reported: known.reported }).toEqual({ status: 500, reported: [] });
  expect(known.log).toEqual([expect.objectContaining({ severity: 'ERROR', component: 'sweep' })]);
});

test('Only POST is taken.', async () => {
  const { status } = await call(async () => {
    throw new Error('not to be called');
  }, 'GET');
  expect(status).toBe(405);
});
