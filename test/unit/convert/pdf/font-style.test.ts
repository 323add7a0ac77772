import { expect, test } from '@jest/globals';
import { styleOfFontName } from '../../../../functions/src/convert/pdf/font-style.ts';

test.each(['ABCDEF+Calibri-Bold', 'TimesNewRomanPS-BoldMT', 'GHIJKL+CMBX12', 'Arial,Bold', 'Inter-SemiBold'])(
  '%s is bold',
  (name) => {
    expect(styleOfFontName(name).bold).toBe(true);
  },
);

test.each(['ABCDEF+Calibri', 'TimesNewRomanPSMT', 'GHIJKL+CMR10', 'Arial'])('%s is neither bold nor italic', (name) => {
  expect(styleOfFontName(name)).toEqual({ bold: false, italic: false, mono: false });
});

test.each(['Arial-ItalicMT', 'Helvetica-Oblique', 'GHIJKL+CMTI10'])('%s is italic', (name) => {
  expect(styleOfFontName(name).italic).toBe(true);
});

test.each(['CourierNewPSMT', 'ABCDEF+LMMono10-Regular', 'GHIJKL+CMTT10', 'Consolas'])('%s is monospaced', (name) => {
  expect(styleOfFontName(name).mono).toBe(true);
});

test('A foundry whose name begins like the word makes no font monospaced', () => {
  expect(styleOfFontName('MonotypeCorsiva').mono).toBe(false);
});
