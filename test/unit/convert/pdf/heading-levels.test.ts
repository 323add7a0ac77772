import { describe, expect, test } from '@jest/globals';
import { levelsOf, type NumberedLook } from '../../../../functions/src/convert/pdf/heading-levels.ts';

const PLAIN = { size: 12, bold: true, italic: false, underlined: false, coloured: false, capitals: false };
const heading = (
  numbering: string | undefined,
  look: Partial<NumberedLook['look']> = {},
  pageNumber = 2,
): NumberedLook => ({ look: { ...PLAIN, centred: false, ...look }, numbering, pageNumber });

describe('levelsOf', () => {
  test('However many looks a cover has, what stands behind it begins at the second level', () => {
    const cover = [36, 24, 18].map((size) => heading(undefined, { size, centred: true }, 1));
    expect(levelsOf([...cover, heading('1.0'), heading('1.1'), heading('2.0')])).toEqual([1, 2, 2, 2, 3, 2]);
  });

  test('A page of titles whose look comes back is no cover', () => {
    const looks = [heading(undefined, { size: 20 }, 1), heading(undefined, { size: 16 }, 1)];
    expect(levelsOf([...looks, heading('1.1'), heading(undefined, { size: 16 }), heading('1.2')])).toEqual([
      1, 2, 3, 2, 3,
    ]);
  });

  test('One number of a deeper kind amid larger titles is at their level, and moves nothing else', () => {
    const large = ['1.1', '1.2', '1.2.1', '1.3', '2.1'].map((number) => heading(number, { size: 15 }));
    const small = ['1.1.1', '1.1.2', '1.3.1', '1.3.2'].map((number) => heading(number));
    expect(levelsOf([...large, ...small])).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2]);
  });

  test('A part that is named amid numbered titles of its look takes no level of its own between them', () => {
    const titles = ['1.0', '1.1', '1.1.1', '2.0', 'VOLUME I', '2.1'].map((number) => heading(number));
    expect(levelsOf(titles)).toEqual([1, 2, 3, 1, 1, 2]);
  });

  test('Of two looks that only italics tell apart, the one that comes first is higher', () => {
    const [slanted, upright] = [heading(undefined, { italic: true }), heading(undefined)];
    expect(levelsOf([slanted, upright, upright, slanted])).toEqual([1, 2, 2, 1]);
    expect(levelsOf([upright, slanted, slanted, upright])).toEqual([1, 2, 2, 1]);
  });
});
