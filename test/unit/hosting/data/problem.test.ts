import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../../functions/src/contracts/client.ts';
import { AppError, toErrorBody } from '../../../../functions/src/errors.ts';
import { messageOf, problemOf } from '../../../../hosting/src/data/problem.ts';

const answered = (error: AppError): ApiError =>
  new ApiError(toErrorBody(error), { status: 400, retryAfterSeconds: null, requestId: null });

const TOO_LARGE = new AppError('FILE_TOO_LARGE', {
  fileName: 'plans.pdf',
  sizeMb: 31.5,
  format: 'PDF',
  limitMb: 25,
  setting: 'MAX_UPLOAD_PDF_MB',
});

describe('What went wrong, in words', () => {
  test('A file that is too large is told with its size and the limit, and without the setting of whoever runs the service', () => {
    expect(problemOf(answered(TOO_LARGE))).toEqual({
      kind: 'refused',
      reason: 'FILE_TOO_LARGE',
      message: 'plans.pdf is 31.5 MB; of PDF, files of up to 25 MB are taken. Split it and upload the parts together.',
    });
  });

  test('A package that is too long is told without that setting too, also when the work has failed by it', () => {
    const message = messageOf(toErrorBody(new AppError('TOO_MANY_CHUNKS', { chunks: 900, limit: 500 })));
    expect(message).toMatch(/smaller groups/);
    expect(message).not.toMatch(/MAX_CHUNKS|setting/);
  });

  test('Files in a file that are still converted are waited for, as a rate limit is', () => {
    const error = new AppError('CONTENTS_NOT_READY', { fileName: 'package.zip', retryAfterSeconds: 5 });
    const answer = new ApiError(toErrorBody(error), { status: 503, retryAfterSeconds: 5, requestId: null });
    expect(problemOf(answer)).toMatchObject({ kind: 'busy', retryAfterSeconds: 5 });
  });

  test('Everything else is told in the words of the service', () => {
    const error = new AppError('FILE_EMPTY', { fileName: 'plans.pdf' });
    expect(problemOf(answered(error)).message).toBe(error.publicMessage);
  });
});
