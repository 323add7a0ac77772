import { describe, expect, test } from '@jest/globals';
import { attachmentDisposition, storageError } from '../../../functions/src/adapters/gcs-wire.ts';
import { AppError } from '../../../functions/src/errors.ts';

describe('storageError', () => {
  test.each([
    [{ code: 429 }, 'STORAGE_UNAVAILABLE'],
    [{ code: '503' }, 'STORAGE_UNAVAILABLE'],
    [{ response: { status: 500 } }, 'STORAGE_UNAVAILABLE'],
    [{ code: 'ECONNRESET' }, 'STORAGE_UNAVAILABLE'],
    [{ code: 'CONTENT_DOWNLOAD_MISMATCH' }, 'STORAGE_UNAVAILABLE'],
    [{ code: 412 }, 'OBJECT_CHANGED'],
    [{ code: 403 }, 'INTERNAL'],
    [{ code: 404, message: 'The specified bucket does not exist.' }, 'INTERNAL'],
    [new TypeError('a mistake of ours'), 'INTERNAL'],
  ])('%j is %s', (thrown, reason) => {
    expect(storageError(thrown).reason).toBe(reason);
  });

  test('Nothing of the request, its token or its answer is kept in the error', () => {
    const thrown = Object.assign(new Error('body: secret text'), {
      code: 503,
      config: { headers: { authorization: 'Bearer secret' } },
    });
    const error = storageError(thrown);
    expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('secret');
    expect(String(error.cause)).toContain('503');
  });

  test('An error of ours passes as it is', () => {
    const ours = new AppError('OBJECT_TOO_LARGE', { sizeBytes: 2, limitBytes: 1 });
    expect(storageError(ours)).toBe(ours);
  });
});

describe('attachmentDisposition', () => {
  test('A name beyond ASCII is sent whole, beside one that old browsers can read', () => {
    expect(attachmentDisposition('Anlage Ä (1).pdf')).toBe(
      'attachment; filename="Anlage _ (1).pdf"; filename*=UTF-8\'\'Anlage%20%C3%84%20%281%29.pdf',
    );
  });

  test('Quotes, line ends and half characters cannot end the header', () => {
    const value = attachmentDisposition('a"\r\nSet-Cookie: x\\\ud800.pdf');
    expect(value).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/);
  });
});
