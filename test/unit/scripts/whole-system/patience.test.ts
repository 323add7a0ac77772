import { expect, test } from '@jest/globals';
import { ApiError, type Client } from '../../../../functions/src/contracts/client.ts';
import { patientClient, type Wait } from '../../../../scripts/whole-system/patience.ts';
import { refusal } from './fake-service.ts';

const noAnswer = (): ApiError =>
  new ApiError(
    { code: 'unavailable', reason: 'NO_ANSWER', message: 'The service does not answer.', details: {} },
    { status: 0, retryAfterSeconds: null, requestId: null },
  );

/** Throws `errors` one after another, then answers. */
const clientOf = (errors: Error[]) => {
  let calls = 0;
  const answer = async () => {
    calls += 1;
    const error = errors.shift();
    if (error) throw error;
    return {};
  };
  return { client: { getRun: answer, startAnalysis: answer } as unknown as Client, calls: () => calls };
};

test('Calls that are refused together wait together: none asks before the time, and it is told once', async () => {
  const { client, calls } = clientOf([1, 2, 3].map(() => refusal('RATE_LIMITED', { limit: 20 }, 0.1)));
  const waits: Wait[] = [];
  const patient = patientClient(client, (wait) => waits.push(wait));
  const startedMs = performance.now();
  await Promise.all([1, 2, 3].map(() => patient.getRun({ runId: 'r' })));
  expect(performance.now() - startedMs).toBeGreaterThan(90);
  expect(calls()).toBe(6);
  expect(waits).toMatchObject([{ operation: 'getRun', seconds: 0.1, refusal: { reason: 'RATE_LIMITED' } }]);
});

test('Waiting for one operation does not keep another back', async () => {
  const { client } = clientOf([refusal('RATE_LIMITED', { limit: 20 }, 60)]);
  const patient = patientClient(client);
  const stop = new AbortController();
  const waiting = patient.getRun({ runId: 'r' }, { signal: stop.signal });
  await expect(patient.startAnalysis({ conversionIds: ['c'], kinds: ['compliance-matrix'] })).resolves.toEqual({});
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('A question without an answer is asked again; what may have been done is not', async () => {
  const read = clientOf([noAnswer()]);
  await expect(patientClient(read.client).getRun({ runId: 'r' })).resolves.toEqual({});
  const write = clientOf([noAnswer()]);
  const request = { conversionIds: ['c'], kinds: ['compliance-matrix' as const] };
  await expect(patientClient(write.client).startAnalysis(request)).rejects.toMatchObject({ reason: 'NO_ANSWER' });
  expect(write.calls()).toBe(1);
});

test('What the service refuses for good is not asked again', async () => {
  const { client, calls } = clientOf([refusal('FORBIDDEN')]);
  await expect(patientClient(client).getRun({ runId: 'r' })).rejects.toMatchObject({ reason: 'FORBIDDEN' });
  expect(calls()).toBe(1);
});
