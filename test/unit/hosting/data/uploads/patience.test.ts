import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../../../../functions/src/contracts/client.ts';
import { patiently } from '../../../../../hosting/src/data/uploads/patience.ts';

const lost = () =>
  new ApiError(
    { code: 'unavailable', reason: 'NO_ANSWER', message: 'No answer.', details: {} },
    { status: 0, retryAfterSeconds: null, requestId: null },
  );

const caller = (failures: number) => {
  const waits: number[] = [];
  const stop = new AbortController();
  let calls = 0;
  const call = async (): Promise<string> => {
    calls += 1;
    if (calls <= failures) throw lost();
    return 'answer';
  };
  const wait = async (seconds: number): Promise<void> => {
    waits.push(seconds);
  };
  return { call, waits, stop, patience: { wait, signal: stop.signal } };
};

describe('patiently', () => {
  it('asks again after 1, 4 and 16 seconds while nothing answers', async () => {
    const { call, waits, patience } = caller(3);
    await expect(patiently(call, patience)).resolves.toBe('answer');
    expect(waits).toEqual([1, 4, 16]);
  });

  it('gives up after the fourth time, with what was thrown', async () => {
    const { call, patience } = caller(4);
    await expect(patiently(call, patience)).rejects.toMatchObject({ reason: 'NO_ANSWER' });
  });

  it('does not ask again what was refused', async () => {
    const { waits, patience } = caller(0);
    await expect(patiently(() => Promise.reject(new TypeError('fault')), patience)).rejects.toThrow('fault');
    expect(waits).toEqual([]);
  });

  it('ends with the reason of its signal when it was called off meanwhile', async () => {
    const { call, stop, patience } = caller(1);
    stop.abort();
    await expect(patiently(call, patience)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
