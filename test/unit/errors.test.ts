import { describe, expect, test } from '@jest/globals';
import { AppError, asAppError, REASONS, type ReasonName, toErrorBody } from '../../functions/src/errors.ts';

describe('AppError', () => {
  test('An error says what happened with its details filled in', () => {
    const error = new AppError('FILE_TOO_LARGE', {
      fileName: 'rfp.pdf',
      sizeMb: 31,
      limitMb: 25,
      format: 'PDF',
      setting: 'MAX_UPLOAD_PDF_MB',
    });
    expect(error.publicMessage).toBe(
      'rfp.pdf is 31 MB; the limit for PDF is 25 MB. Split it, or raise MAX_UPLOAD_PDF_MB.',
    );
    expect(error).toMatchObject({ code: 'invalid-argument', retry: 'never', message: error.publicMessage });
  });

  test('A detail that holds braces is not read as a placeholder', () => {
    const error = new AppError('FILE_NOT_FOUND', { fileName: '{fileName}.pdf' });
    expect(error.publicMessage).toBe('{fileName}.pdf: no such file. Check the path.');
  });

  test('An error crosses a wire as a plain object that rebuilds the same error', () => {
    const error = new AppError('FILE_EMPTY', { fileName: 'a.pdf' });
    const body = JSON.parse(JSON.stringify(toErrorBody(error))) as ReturnType<typeof toErrorBody>;
    expect(new AppError(body.reason, body.details).publicMessage).toBe(error.publicMessage);
    expect(body).toEqual({
      code: 'invalid-argument',
      reason: 'FILE_EMPTY',
      message: error.publicMessage,
      details: { fileName: 'a.pdf' },
    });
  });

  test('What is not ours becomes INTERNAL, says nothing of its cause to the user and keeps the cause for the log', () => {
    const cause = new Error('document text');
    const error = asAppError(cause);
    expect(error).toMatchObject({ reason: 'INTERNAL', code: 'internal', cause });
    expect(JSON.stringify(toErrorBody(error))).not.toContain('document text');
    expect(asAppError(error)).toBe(error);
  });
});

test.each(Object.keys(REASONS) as ReasonName[])(
  'The message of %s tells the user something and ends as a sentence',
  (name) => {
    expect(REASONS[name].message).toMatch(/^(\{problem\}|.{15,}(\.|\{instead\}))$/);
  },
);
