import { describe, expect, test } from '@jest/globals';
import { textLines } from '../../../../support/make-pdf.ts';
import { outlineOf, readPdf } from '../../../../support/read-pdf.ts';
import { makeTaggedPdf, type TagElement, type TaggedOptions } from '../../../../support/tagged-pdf.ts';

const COLUMNS = [72, 240, 400];
const PROSE: TagElement = { type: 'P', texts: textLines(['The keeper sees to the lamps as the list says.'], 72, 60) };
/** Cells by column; what is not given has no element, as Chromium writes it. */
const row = (y: number, texts: readonly (string | undefined)[], type = 'TD'): TagElement => ({
  type: 'TR',
  children: texts.flatMap((text, column) =>
    text === undefined ? [] : [{ type, texts: textLines([text], COLUMNS[column] ?? 0, y) }],
  ),
});
const frame: TaggedOptions = {
  lines: [
    [66, 86, 540, 86],
    [66, 104, 540, 104],
    [66, 158, 540, 158],
    [66, 86, 66, 158],
    [540, 86, 540, 158],
  ],
};
const shown = async (rows: TagElement[], options?: TaggedOptions): Promise<string[]> =>
  outlineOf((await readPdf(makeTaggedPdf([PROSE, { type: 'Table', children: rows }], options))).root).slice(1);

describe('a tagged row without elements for its empty cells', () => {
  const rows = [
    row(98, ['Lamp', 'Keeper', 'Helper'], 'TH'),
    row(116, ['North', 'x']),
    row(132, ['South', undefined, 'x']),
    row(148, ['East', 'x', 'x']),
  ];

  test('has what it holds in the columns where the page shows it', async () => {
    const found = ['| Lamp | Keeper | Helper |', '| North | x |  |', '| South |  | x |', '| East | x | x |'];
    expect(await shown(rows)).toEqual(found);
    expect(await shown(rows, frame)).toEqual(found);
  });

  test('is no reason to believe tags that put two cells into one column', async () => {
    const twice: TagElement = {
      type: 'TR',
      children: ['x', 'y'].map((text, at) => ({ type: 'TD', texts: textLines([text], 74 + 8 * at, 116) })),
    };
    const found = await shown([row(98, ['Lamp', 'Keeper', 'Helper'], 'TH'), twice, row(132, ['South', 'x', 'x'])]);
    expect(found.join('\n')).not.toMatch(/\| x \| y \|/);
  });
});
