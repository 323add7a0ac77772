import { expect, test } from '@jest/globals';
import { pageRanges } from '../../../functions/src/export/page-ranges.ts';

test('Neighbouring pages are joined into a range, in page order, each page once', () => {
  expect(pageRanges([7, 2, 1, 3, 3])).toBe('1–3, 7');
});

test('No pages give no text', () => {
  expect(pageRanges([])).toBe('');
});
