import { expect, test } from '@jest/globals';
import { ApiError } from '../../../../../functions/src/contracts/client.ts';
import { eraseDocuments } from '../../../../../hosting/src/views/documents/erase-documents.ts';

const refused = (code: string, reason: string, retryAfterSeconds: number | null = null): ApiError =>
  new ApiError({ code, reason, message: reason, details: {} }, { status: 400, retryAfterSeconds, requestId: null });

/** Answers what happened, in order; `answers` of an id are thrown one after the other before it is deleted. */
const run = async (ids: string[], answers: Record<string, ApiError[]> = {}): Promise<string[]> => {
  const log: string[] = [];
  await eraseDocuments(ids, {
    erase: async (id) => {
      const error = answers[id]?.shift();
      if (error) throw error;
      log.push(`deleted ${id}`);
    },
    wait: async (seconds) => {
      log.push(`waited ${seconds}`);
    },
    tell: (id, { reason }) => log.push(`${id}: ${reason}`),
  });
  return log;
};

test('documents are deleted one after the other', async () => {
  expect(await run(['a', 'b'])).toEqual(['deleted a', 'deleted b']);
});

test('a rate limit is waited for as long as the service says, and nothing is skipped', async () => {
  const limited = () => refused('resource-exhausted', 'RATE_LIMITED', 7);
  expect(await run(['a', 'b'], { a: [limited(), limited()] })).toEqual([
    'waited 7',
    'waited 7',
    'deleted a',
    'deleted b',
  ]);
});

test('a failure is told of its document and leaves the others alone', async () => {
  expect(await run(['a', 'b'], { a: [refused('permission-denied', 'FORBIDDEN')] })).toEqual([
    'a: FORBIDDEN',
    'deleted b',
  ]);
});

test('what is gone already is as good as deleted', async () => {
  expect(await run(['a', 'b'], { a: [refused('not-found', 'CONVERSION_NOT_FOUND')] })).toEqual(['deleted b']);
});
