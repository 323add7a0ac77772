import { expect, test } from '@jest/globals';
import { showSymbol } from '../../../../functions/src/convert/docx/symbols.ts';
import { paragraph } from './build-docx.ts';
import { write } from './read-docx.ts';

test('The same place in two symbol fonts is two signs', () => {
  expect(['Symbol', 'Wingdings', 'Wingdings 2'].map((font) => showSymbol('\uf0a3', true, '?', font))).toEqual([
    '≤',
    '○',
    '☐',
  ]);
  expect(showSymbol('\uf061', true, '?', 'Symbol')).toBe('α');
});

test('A sign named by its own code in an ordinary font is that character', () => {
  const sign = (font: string, code: string) => `<w:sym w:font="${font}" w:char="${code}"/>`;
  const body = paragraph(
    `<w:r>${sign('MS Gothic', '2610')}${sign('Calibri', '00E9')}${sign('Wingdings', 'F0FE')}</w:r>`,
  );
  expect(write({ body })).toBe('☐é☑\n');
});
