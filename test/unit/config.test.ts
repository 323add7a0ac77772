import { expect, test } from '@jest/globals';
import { readConfig } from '../../functions/src/config.ts';

const MB = 1024 * 1024;

test('Without settings the limits are those of the free plan', () => {
  expect(readConfig({})).toEqual({
    limits: {
      pdfBytes: 25 * MB,
      officeBytes: 20 * MB,
      textBytes: 5 * MB,
      otherBytes: 10 * MB,
      unpackedBytes: 512 * MB,
    },
    conversionTimeoutSeconds: 300,
    conversionMemoryMb: 512,
  });
});

test('A setting changes its limit and no other', () => {
  const { limits } = readConfig({ MAX_UPLOAD_PDF_MB: '100' });
  expect(limits).toEqual({ ...readConfig({}).limits, pdfBytes: 100 * MB });
});

test.each([
  ['MAX_UPLOAD_PDF_MB', 'plenty'],
  ['MAX_UPLOAD_TEXT_MB', '-1'],
  ['CONVERSION_TIMEOUT_SECONDS', '0'],
  ['CONVERSION_MEMORY_MB', '1.5'],
])('A wrong %s is refused by name before anything starts', (setting, value) => {
  expect(() => readConfig({ [setting]: value })).toThrow(
    expect.objectContaining({ reason: 'CONFIG_INVALID', details: expect.objectContaining({ setting }) }),
  );
});
