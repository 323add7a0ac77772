import { expect, test } from '@jest/globals';
import { createLogger } from '../../../functions/src/adapters/logger.ts';
import { AppError } from '../../../functions/src/errors.ts';
import type { LogFields } from '../../../functions/src/ports.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SECRET = 'The Contractor shall deliver the monthly report';

const setUp = () => {
  const lines: string[] = [];
  const logger = createLogger({
    projectId: 'demo-test',
    write: (line) => void lines.push(line),
    now: () => new Date('2026-11-02T10:00:00.123Z'),
  });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> };
};

test('A line is one line of JSON with the field names that Cloud Logging reads', () => {
  const { logger, lines } = setUp();
  logger
    .with({
      requestId: 'req-1',
      traceId: TRACE,
      spanId: 'b7ad6b7169203331',
      traceSampled: true,
      labels: { function: 'api' },
    })
    .log('WARNING', 'The window was retried.', { runId: 'run-1', attempt: 2, coldStart: false });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    severity: 'WARNING',
    message: 'The window was retried.',
    time: '2026-11-02T10:00:00.123Z',
    requestId: 'req-1',
    'logging.googleapis.com/trace': `projects/demo-test/traces/${TRACE}`,
    'logging.googleapis.com/spanId': 'b7ad6b7169203331',
    'logging.googleapis.com/trace_sampled': true,
    'logging.googleapis.com/labels': { function: 'api' },
    runId: 'run-1',
    attempt: 2,
    coldStart: false,
  });
});

test('A context is added to the one before it and does not change the logger it came from', () => {
  const { logger, last } = setUp();
  const ofRequest = logger.with({ requestId: 'req-1', labels: { function: 'api' } });
  ofRequest.with({ traceId: TRACE, labels: { region: 'us-central1' } }).log('INFO', 'Done.');
  expect(last()).toMatchObject({
    requestId: 'req-1',
    'logging.googleapis.com/trace': `projects/demo-test/traces/${TRACE}`,
    'logging.googleapis.com/labels': { function: 'api', region: 'us-central1' },
  });
  ofRequest.log('INFO', 'Done.');
  expect(last()).not.toHaveProperty(['logging.googleapis.com/trace']);
  logger.log('INFO', 'Done.');
  expect(last()).not.toHaveProperty('requestId');
});

test('A field that is not on the list is dropped', () => {
  const { logger, lines, last } = setUp();
  const careless = { runId: 'run-1', prompt: SECRET, fileName: 'secret.pdf', nested: { text: SECRET } };
  logger.log('INFO', 'Done.', careless as LogFields);
  expect(last()).toMatchObject({ runId: 'run-1' });
  expect(lines[0]).not.toMatch(/shall deliver|secret\.pdf/);
});

test('A sentence in a field for ids, and text in a field for numbers, are dropped', () => {
  const { logger, lines, last } = setUp();
  logger.log('INFO', 'Done.', { kind: SECRET, windows: SECRET, rows: Number.NaN, pages: 3 } as unknown as LogFields);
  expect(lines[0]).not.toContain('shall deliver');
  expect(last()).toEqual({ severity: 'INFO', message: 'Done.', time: '2026-11-02T10:00:00.123Z', pages: 3 });
});

test('A message of more than 200 characters is shortened and an id of more is dropped', () => {
  const { logger, last } = setUp();
  logger.log('INFO', 'm'.repeat(5000), { runId: 'r'.repeat(201), orgId: 'o'.repeat(200) });
  expect(last().message).toHaveLength(200);
  expect(last()).not.toHaveProperty('runId');
  expect(last().orgId).toBe('o'.repeat(200));
});

test('A trace id that is not one is left out, so that it cannot link to another project', () => {
  const { logger, last } = setUp();
  logger
    .with({ traceId: '../../projects/other/traces/1', spanId: '12', labels: { note: SECRET } })
    .log('INFO', 'Done.');
  expect(Object.keys(last())).toEqual(['severity', 'message', 'time']);
});

test('The HTTP request has the names and units of Cloud Logging, and no query', () => {
  const { logger, lines, last } = setUp();
  logger.log('INFO', 'Answered.', {
    httpRequest: {
      method: 'GET',
      path: '/api/v1/runs/1?X-Goog-Signature=abcdef#top',
      status: 200,
      durationMs: 1234,
      responseBytes: 99,
    },
  });
  expect(last().httpRequest).toEqual({
    requestMethod: 'GET',
    requestUrl: '/api/v1/runs/1',
    status: 200,
    latency: '1.234s',
    responseSize: '99',
  });
  expect(lines[0]).not.toContain('Signature');
});

test('An AppError is logged with its reason, code, message and stack', () => {
  const { logger, last } = setUp();
  logger.error('The model failed.', new AppError('MODEL_TIMEOUT', { timeoutSeconds: 60 }), { runId: 'run-1' });
  expect(last()).toMatchObject({
    severity: 'ERROR',
    message: 'The model failed.',
    runId: 'run-1',
    error: {
      name: 'AppError',
      reason: 'MODEL_TIMEOUT',
      code: 'deadline-exceeded',
      message: 'The language model took longer than 60 s.',
    },
  });
  expect(last().stack_trace).toMatch(/^AppError: MODEL_TIMEOUT\n\s+at .*logger\.test\.ts/);
});

test('Of any other error neither the message nor a message within the stack is logged, not even as a cause', () => {
  const { logger, lines, last } = setUp();
  const message = `${SECRET}\n    at the end of ${SECRET}\n    at ${SECRET} (page:1:2)`;
  const cause = Object.assign(new TypeError(message), { code: 'ERR_BAD' });
  logger.error('It failed.', new AppError('INTERNAL', {}, { cause }));
  logger.error('It failed.', cause);
  expect(lines.join('')).not.toContain('shall deliver');
  expect(last()).toMatchObject({ error: { name: 'TypeError', code: 'ERR_BAD' } });
  expect(last().stack_trace).toMatch(/^TypeError: \(message left out\)\n\s+at .*logger\.test\.ts/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: { causes: [{ name: 'TypeError', code: 'ERR_BAD' }] } });
});

test('What is thrown without being an error is logged by its type only', () => {
  const { logger, lines, last } = setUp();
  logger.error('It failed.', SECRET);
  expect(last().error).toEqual({ name: 'thrown string' });
  expect(lines[0]).not.toContain('shall deliver');
});
