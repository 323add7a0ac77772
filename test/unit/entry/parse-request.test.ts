import { describe, expect, test } from '@jest/globals';
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../../functions/src/contracts/operations.ts';
import { parseRequest } from '../../../functions/src/entry/parse-request.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { SAMPLE_REQUESTS } from '../../support/operation-samples.ts';

const refusalOf = (name: OperationName, input: unknown): Record<string, unknown> | null => {
  try {
    parseRequest(OPERATIONS[name].request, input);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { reason: thrown.reason, ...thrown.details };
  }
};

/** The library's own sentences begin so. */
const FOREIGN_WORDS = /expected|received|invalid|unrecognized|too (?:big|small)|must match pattern/i;

describe.each(OPERATION_NAMES)('%s', (name) => {
  const sample: Record<string, unknown> = { ...SAMPLE_REQUESTS[name] };

  test('takes the fields that it knows and no other, whatever its name', () => {
    expect(refusalOf(name, sample)).toBeNull();
    for (const field of ['foo', 'kind', 'actors', '__proto__', 'constructor']) {
      const input = JSON.parse(
        JSON.stringify(sample)
          .replace('{', `{${JSON.stringify(field)}:"S3CRET",`)
          .replace(',}', '}'),
      );
      expect(refusalOf(name, input)).toMatchObject({ reason: 'REQUEST_INVALID', field });
    }
  });

  test('says in our own words what each field must be, and never what was sent', () => {
    for (const field of Object.keys(OPERATIONS[name].request.shape)) {
      for (const value of [Number.NaN, null, {}, ['S3CRET'], 'S3CRET VALUE', 'S3CRET'.repeat(200), -1, 1.5, 1e300]) {
        const problem = JSON.stringify(refusalOf(name, { ...sample, [field]: value })?.problem ?? '');
        expect(problem).not.toMatch(FOREIGN_WORDS);
        expect(problem).not.toMatch(/S3CRET|NaN|form asked for/);
      }
    }
  });
});

test.each([
  [{ fileName: '' }, 'fileName', 'it must not be empty'],
  [{ fileName: 7 }, 'fileName', 'it must be text'],
  [{ fileName: undefined }, 'fileName', 'it is missing'],
  [{ fileName: 'a'.repeat(256) }, 'fileName', 'it must have at most 255 characters'],
  [{ contentType: 'pdf' }, 'contentType', 'it must be a media type such as application/pdf'],
  [{ sizeBytes: -1 }, 'sizeBytes', 'it must be at least 0'],
  [{ sizeBytes: Number.NaN }, 'sizeBytes', 'it must be a number'],
  [{ kinds: 'compliance-matrix' }, 'kinds', 'it must be a list'],
  [{ kinds: ['matrix'] }, 'kinds.0', 'it must be one of compliance-matrix'],
  [{ idempotencyKey: 'short' }, 'idempotencyKey', 'it must be 8 to 64 letters, digits, "_" or "-"'],
])('An upload with %j is refused with what is expected instead', (over, field, problem) => {
  expect(refusalOf('createUpload', { ...SAMPLE_REQUESTS.createUpload, ...over })).toMatchObject({ field, problem });
});

test('A mistyped field is named before the one that is missing because of it.', () => {
  expect(refusalOf('startAnalysis', { conversionIds: ['c1'], kind: ['compliance-matrix'] })).toMatchObject({
    field: 'kind',
    problem: 'it is not one of conversionIds, kinds, notRead, idempotencyKey',
  });
});

test('A name that is no word is not repeated.', () => {
  expect(JSON.stringify(refusalOf('getRun', { runId: 'run1', '<b>S3CRET': 1 }))).not.toContain('S3CRET');
});
