import { describe, expect, it } from '@jest/globals';
import { loadPart } from '../../../../hosting/src/data/load-part.ts';
import { problemOf } from '../../../../hosting/src/data/problem.ts';

describe('a part of the page', () => {
  it('is handed on when it is loaded', async () => {
    expect(await loadPart(() => Promise.resolve('part'))).toBe('part');
  });

  it('that cannot be loaded is told as a missing connection, which trying again may mend', async () => {
    const thrown = await loadPart(() => Promise.reject(new TypeError('Failed to fetch'))).catch(
      (error: unknown) => error,
    );
    expect(problemOf(thrown).kind).toBe('offline');
  });
});
