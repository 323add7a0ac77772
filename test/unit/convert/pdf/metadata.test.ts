import { expect, test } from '@jest/globals';
import { readPdfDate } from '../../../../functions/src/convert/pdf/metadata.ts';

test.each([
  ["D:20251215093000-05'00'", '2025-12-15T09:30:00-05:00'],
  ['D:20251215093000Z', '2025-12-15T09:30:00Z'],
  ['D:20251215', '2025-12-15'],
  ['D:2025', '2025-01-01'],
  ['last winter', 'last winter'],
])('The date %s is read as %s', (value, expected) => {
  expect(readPdfDate(value)).toBe(expected);
});
