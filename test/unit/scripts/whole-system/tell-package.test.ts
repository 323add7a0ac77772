import { describe, expect, test } from '@jest/globals';
import type { OperationName } from '../../../../functions/src/contracts/operations.ts';
import type { SentFile } from '../../../../scripts/whole-system/send-package.ts';
import { takenBackLine, tellTroubles, waitLine } from '../../../../scripts/whole-system/tell-package.ts';
import { refusal } from './fake-service.ts';

describe('what is said while the service has to be waited for', () => {
  const limited = (operation: OperationName, limit: number) => ({
    operation,
    seconds: 23,
    refusal: refusal('RATE_LIMITED', { limit, window: 'minute', retryAfterSeconds: 23 }, 23),
  });

  test('of uploads is how many a minute are allowed, and how many are there', () => {
    const line = waitLine(limited('createUpload', 20), 20, 55);
    expect(line).toBe('  waiting 23 s: 20 uploads a minute are allowed; 20 of 55 uploaded\n');
  });

  test('of anything else is how many requests are allowed', () => {
    expect(waitLine(limited('getRun', 60), 55, 55)).toBe('  waiting 23 s: 60 requests a minute are allowed\n');
    const line = waitLine(limited('createUpload', 60), 3, 55);
    expect(line).toBe('  waiting 23 s: 60 requests a minute are allowed; 3 of 55 uploaded\n');
  });

  test('of a part that does not answer is the reason', () => {
    const wait = { operation: 'getRun' as const, seconds: 5, refusal: refusal('STATE_UNAVAILABLE', {}, 5) };
    expect(waitLine(wait, 0, 1)).toBe('  waiting 5 s: The database does not answer. Try again in a moment.\n');
  });
});

test('What was taken back is counted, and so is what could not be', () => {
  expect(takenBackLine({ deleted: 1, kept: 0 })).toBe(
    'note: The package was given up; 1 uploaded document was deleted again.\n',
  );
  expect(takenBackLine({ deleted: 20, kept: 35 })).toBe(
    'note: The package was given up; 20 uploaded documents were deleted again. 35 documents could not be deleted and stay.\n',
  );
});

test('Every error names its file, whether its own words do or not', () => {
  const documents: SentFile[] = [
    { file: 'rfp/a.pdf', failure: { reason: 'FILE_EMPTY', message: 'a.pdf is empty (0 bytes).' } },
    { file: 'rfp/b.pdf', failure: { reason: 'WORK_LOST', message: 'The work stopped.' } },
  ];
  let told = '';
  const write = (text: string): void => {
    told += text;
  };
  tellTroubles({ uploaded: 2, documents, exports: [] }, { write });
  expect(told).toBe('error: a.pdf is empty (0 bytes). [FILE_EMPTY]\nerror: b.pdf: The work stopped. [WORK_LOST]\n');
});
