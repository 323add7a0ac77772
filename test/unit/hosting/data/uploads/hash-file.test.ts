import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hashFile, hashInParts } from '../../../../../hosting/src/data/uploads/hash-file.ts';

const bytesOf = (count: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at += 997) bytes[at] = at % 251;
  return bytes;
};
const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const never = new AbortController().signal;

describe('hashInParts', () => {
  it.each([0, 1, 64 * 1024 + 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3_000_000])(
    'gives the SHA-256 of a file of %d bytes, wherever its parts end',
    async (count) => {
      const bytes = bytesOf(count);
      await expect(hashInParts(new Blob([bytes]), { signal: never, tell: () => undefined })).resolves.toBe(
        reference(bytes),
      );
    },
  );

  it('tells shares that grow and end at the whole', async () => {
    const shares: number[] = [];
    await hashInParts(new Blob([bytesOf(2_300_000)]), { signal: never, tell: (share) => shares.push(share) });
    expect(shares).toHaveLength(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('stops in the middle when it is called off', async () => {
    const stop = new AbortController();
    const shares: number[] = [];
    const tell = (share: number) => {
      shares.push(share);
      stop.abort();
    };
    await expect(hashInParts(new Blob([bytesOf(3_000_000)]), { signal: stop.signal, tell })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(shares).toHaveLength(1);
  });

  it('gives the page its turn again and again while it computes', async () => {
    const turns = new Set<number>();
    let now = 0;
    const take = (): void => {
      now += 1;
      next = setImmediate(take);
    };
    let next = setImmediate(take);
    const tell = () => turns.add(now);
    await hashInParts(new Blob([new Uint8Array(32 * 1024 * 1024)]), { signal: never, tell });
    clearImmediate(next);
    expect(turns.size).toBeGreaterThan(3);
  });
});

describe('hashFile', () => {
  it.each([0, 3_000_000, 33 * 1024 * 1024])(
    'gives the SHA-256 of a file of %d bytes and ends at the whole',
    async (count) => {
      const bytes = bytesOf(count);
      const shares: number[] = [];
      const hash = await hashFile(new Blob([bytes]), { signal: never, tell: (share) => shares.push(share) });
      expect(hash).toBe(reference(bytes));
      expect(shares.at(-1)).toBe(1);
    },
  );

  it('answers nothing when it was called off', async () => {
    const hashed = hashFile(new Blob([bytesOf(10)]), { signal: AbortSignal.abort(), tell: () => undefined });
    await expect(hashed).rejects.toMatchObject({ name: 'AbortError' });
  });
});
