import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createLogger } from '../../../functions/src/adapters/logger.ts';
import { createLoggingReporter, createSentryReporter } from '../../../functions/src/adapters/sentry.ts';
import { AppError } from '../../../functions/src/errors.ts';
import type { ErrorReporter } from '../../../functions/src/ports.ts';
import { createSentrySink, type SentrySink } from '../../../scripts/local-cloud/sentry-sink/index.ts';

const CONTEXT = { component: 'convert-document', requestId: 'r-1', traceId: 'a'.repeat(32) };
const SECRET = 'The offeror shall submit the pricing volume';

let sink: SentrySink;
let logged: string[];
const logger = createLogger({ projectId: 'demo-test', write: (line) => logged.push(line), now: () => new Date(0) });

const reporterFor = (dsn: string): ErrorReporter =>
  createSentryReporter({ dsn, environment: 'demo-test', serverName: 'convert-document', logger });

beforeEach(async () => {
  logged = [];
  sink = await createSentrySink({ projectId: 'demo-test' });
});
afterEach(() => sink.close());

const thrownDeepInside = (error: Error): Error => error;

test('An error arrives with its kind, its place in the code and its ids', async () => {
  const reporter = reporterFor(sink.dsn);
  reporter.report(thrownDeepInside(new RangeError(SECRET)), CONTEXT);
  await reporter.flush(2000);
  expect(sink.events()).toHaveLength(1);
  expect(sink.events()[0]).toMatchObject({
    environment: 'demo-test',
    server_name: 'convert-document',
    tags: CONTEXT,
    exception: { values: [{ type: 'RangeError', value: 'not foreseen' }] },
  });
  expect(JSON.stringify(sink.events()[0])).toContain('sentry.test.ts');
});

test('The reason of an AppError arrives, with the kind of its cause', async () => {
  const reporter = reporterFor(sink.dsn);
  const cause = new SyntaxError(SECRET);
  reporter.report(new AppError('STORAGE_UNAVAILABLE', { object: SECRET }, { cause }), CONTEXT);
  await reporter.flush(2000);
  expect(sink.events()[0]).toMatchObject({
    tags: { ...CONTEXT, reason: 'STORAGE_UNAVAILABLE' },
    exception: { values: [{ type: 'AppError', value: 'STORAGE_UNAVAILABLE' }] },
  });
});

test('Nothing of messages, causes, details, the console, requests or the source code leaves the process', async () => {
  const reporter = reporterFor(sink.dsn);
  await fetch(`http://127.0.0.1:${sink.port}/elsewhere?q=${encodeURIComponent(SECRET)}`);
  const inner = new Error(`inner ${SECRET}\n    at ${SECRET}`);
  reporter.report(Object.assign(new TypeError(SECRET, { cause: inner }), { body: SECRET }), CONTEXT);
  reporter.report(new AppError('INTERNAL', { text: SECRET }, { cause: inner }), CONTEXT);
  reporter.report(SECRET, CONTEXT);
  await reporter.flush(2000);
  expect(sink.events()).toHaveLength(3);
  const sent = JSON.stringify(sink.items);
  expect(sent).not.toContain(SECRET);
  expect(sent).not.toContain(encodeURIComponent(SECRET));
  expect(sent).not.toContain('thrownDeepInside = (error');
  for (const event of sink.events()) {
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['request']));
    expect(event.breadcrumbs ?? []).toEqual([]);
    expect(event.user).toBeUndefined();
  }
});

test('Nothing listens to the process and nothing is patched once an error was reported', async () => {
  const listeners = (): number[] =>
    ['uncaughtException', 'unhandledRejection', 'exit', 'warning'].map((name) => process.listenerCount(name));
  const before = { listeners: listeners(), fetch: globalThis.fetch, write: process.stdout.write };
  const reporter = reporterFor(sink.dsn);
  reporter.report(new Error('x'), CONTEXT);
  await reporter.flush(2000);
  expect({ listeners: listeners(), fetch: globalThis.fetch, write: process.stdout.write }).toEqual(before);
});

test('A Sentry that does not answer stops nobody and is waited for no longer than asked', async () => {
  const reporter = reporterFor('http://local@127.0.0.1:9/1');
  reporter.report(new Error('x'), CONTEXT);
  const started = performance.now();
  await reporter.flush(200);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('Without Sentry the error is in the log, with the same ids and without its message', async () => {
  const reporter = createLoggingReporter(logger);
  reporter.report(new TypeError(SECRET), CONTEXT);
  await reporter.flush(1);
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({
    severity: 'ERROR',
    requestId: 'r-1',
    component: 'convert-document',
    error: { name: 'TypeError' },
  });
  expect(logged[0]).not.toContain(SECRET);
});
