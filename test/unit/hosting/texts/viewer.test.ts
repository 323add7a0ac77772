import { expect, it } from '@jest/globals';
import { viewer } from '../../../../hosting/src/texts/viewer.ts';

it('names a page by its number, and by what is printed on it where that differs', () => {
  expect(viewer.page(12, '11')).toBe('Page 12, printed as 11');
  expect(viewer.page(12, '12')).toBe('Page 12');
  expect(viewer.page(12, undefined)).toBe('Page 12');
});
