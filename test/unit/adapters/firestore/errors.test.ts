import { afterAll, expect, test } from '@jest/globals';
import { createConnection } from '../../../../functions/src/adapters/firestore/connection.ts';
import { createDocuments } from '../../../../functions/src/adapters/firestore/documents.ts';
import { translateError } from '../../../../functions/src/adapters/firestore/translate-error.ts';
import { ConversionSchema } from '../../../../functions/src/contracts/conversion.ts';
import { AppError } from '../../../../functions/src/errors.ts';
import { sampleConversion } from '../../../support/sample-items.ts';

/** A status of gRPC as Google's client throws it. */
const grpcError = (code: number) => Object.assign(new Error('from the server'), { code });

test.each([1, 2, 4, 8, 10, 13, 14])('Status %i may pass: the database does not answer now', (code) => {
  expect(translateError(grpcError(code))).toMatchObject({ reason: 'STATE_UNAVAILABLE', retry: 'later' });
});

test.each([5, 7, 9, 16])('Status %i is a matter of the configuration', (code) => {
  expect(translateError(grpcError(code))).toMatchObject({ reason: 'CONFIG_INVALID', retry: 'never' });
});

test('Anything else is an error of ours, and an AppError stays what it is', () => {
  expect(translateError(grpcError(3))).toMatchObject({ reason: 'INTERNAL' });
  expect(translateError(new TypeError('x'))).toMatchObject({ reason: 'INTERNAL', cause: expect.any(TypeError) });
  const error = new AppError('RATE_LIMITED');
  expect(translateError(error)).toBe(error);
});

const connection = createConnection({ projectId: 'demo-errors', timeoutSeconds: 0.05, bulkTimeoutSeconds: 0.1 });
const answers: (() => void)[] = [];
const silence = () =>
  new Promise<void>((resolve) => {
    answers.push(resolve);
  });
afterAll(() => connection.close());

test('A call that is not answered is given up in time, and begins nothing new afterwards', async () => {
  let isOver = () => false;
  const silent = connection.call((session) => {
    isOver = session.isOver;
    return silence();
  });
  await expect(silent).rejects.toMatchObject({ reason: 'STATE_UNAVAILABLE', details: { timeoutSeconds: 0.05 } });
  expect(isOver()).toBe(true);
  await expect(connection.callBulk(silence)).rejects.toMatchObject({
    details: { timeoutSeconds: 0.1 },
  });
});

test('A connection is closed when its last call has ended, and is not waited for long', async () => {
  const started = performance.now();
  await connection.close();
  const waitedSeconds = (performance.now() - started) / 1000;
  expect(waitedSeconds).toBeGreaterThan(1);
  expect(waitedSeconds).toBeLessThan(5);
  for (const answer of answers) answer();
  const closed = performance.now();
  await connection.close();
  expect(performance.now() - closed).toBeLessThan(1000);
});

/** A database of one document, whose commits answer with these statuses in turn; 0 writes. */
const scripted = (statuses: number[], readTimes: (number | null)[]) => {
  const data = { ...sampleConversion() } as Record<string, unknown>;
  const stored = Object.fromEntries(
    Object.entries(data).map(([field, value]) => [
      field,
      field.endsWith('At') && typeof value === 'string' ? { toDate: () => new Date(value) } : value,
    ]),
  );
  let reads = 0;
  const snapshot = () => {
    const time = readTimes[reads++];
    const updateTime = { time, isEqual: (other: { time: unknown }) => other.time === time };
    return { exists: time !== null, updateTime, data: () => stored, ref: { path: 'p' } };
  };
  const db = {
    doc: () => ({ get: async () => snapshot() }),
    batch: () => ({
      update() {},
      async commit() {
        const status = statuses.shift();
        if (status !== 0) throw grpcError(status ?? Number.NaN);
      },
    }),
  };
  const call = (work: (session: never) => Promise<unknown>) =>
    work({ db, sdk: { FieldValue: { delete: () => null } }, isOver: () => false } as never);
  const documents = createDocuments({ call, callBulk: call, close: async () => {} } as never, ConversionSchema);
  let asked = 0;
  const update = () =>
    documents.update('orgs/o/conversions/c', (current) => {
      asked += 1;
      return { next: { ...current, attempt: current.attempt + 1 } };
    });
  return { update, asked: () => asked };
};

test('A change that loses its race is asked for again with what is stored then', async () => {
  const { update, asked } = scripted([9, 10, 0], [1, 2, 2]);
  expect(await update()).toMatchObject({ outcome: 'changed' });
  expect(asked()).toBe(3);
});

test('A change of what was removed meanwhile finds it missing', async () => {
  expect(await scripted([5], [1, null]).update()).toEqual({ outcome: 'missing' });
});

test('A write that is refused though nobody else wrote is not tried for ever', async () => {
  const { update, asked } = scripted([9, 9, 9], [1, 1, 1]);
  await expect(update()).rejects.toMatchObject({ code: 9 });
  expect(asked()).toBe(1);
});
