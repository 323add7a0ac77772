import { expect, test } from '@jest/globals';
import { emptyTree } from '../../../../functions/src/convert/source-tree-parts.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import type { GridCell } from '../../../../functions/src/convert/xlsx/place-cells.ts';
import { blocksOfRegion } from '../../../../functions/src/convert/xlsx/region-blocks.ts';
import { splitRegions } from '../../../../functions/src/convert/xlsx/split-regions.ts';
import { createSeededRandom } from '../../../support/seeded-random.ts';

const row = (at: number, texts: readonly string[], standsOut = false): GridCell[] =>
  texts.flatMap((text, index) =>
    text === ''
      ? []
      : [
          {
            row: at,
            column: index + 1,
            lastRow: at,
            lastColumn: index + 1,
            ruledTo: at,
            text,
            isNumber: /^\d+$/.test(text),
            standsOut,
          },
        ],
  );
const typesOf = (cells: GridCell[]) => blocksOfRegion(cells).map(({ type }) => type);
/** Whether the first row of the table is kept as its header. */
const hasHeader = (cells: GridCell[]) => {
  const [table] = blocksOfRegion(cells);
  return table?.type === 'table' && table.children[0]?.children.some((cell) => cell.children.length > 0);
};

test('A column of text is paragraphs, one under a header is a table', () => {
  expect(typesOf([...row(1, ['a']), ...row(2, ['b'])])).toEqual(['paragraph', 'paragraph']);
  expect(typesOf([...row(1, ['STATE'], true), ...row(2, ['b']), ...row(3, ['c'])])).toEqual(['table']);
});

test('A long line under a table is a note on it, a short one is a row', () => {
  const table = [...row(1, ['a', '1']), ...row(2, ['b', '2'])];
  const note = 'Offerors enter a price in each cell of the last column.';
  expect(typesOf([...table, ...row(3, [note])])).toEqual(['table', 'paragraph']);
  expect(typesOf([...table, ...row(3, ['Total'])])).toEqual(['table']);
});

test('A header is a row that is set off, or filled with texts that differ above numbers', () => {
  expect(hasHeader([...row(1, ['Item', '', 'Price'], true), ...row(2, ['a', 'b', 'c'])])).toBe(true);
  expect(hasHeader([...row(1, ['Item', 'Price']), ...row(2, ['a', '1'])])).toBe(true);
  expect(hasHeader([...row(1, ['Name:', 'Doe']), ...row(2, ['City:', 'Bonn'])])).toBe(false);
  expect(hasHeader([...row(1, ['1', 'a', 'x']), ...row(2, ['2', 'b', 'y'])])).toBe(false);
});

test('A sentence is never a header, so that no requirement is lost in one', () => {
  const duty = 'The contractor shall deliver the report within ten days.';
  expect(hasHeader([...row(1, ['1.1', duty, 'Met?']), ...row(2, ['1.2', 'More.', 'x'])])).toBe(false);
});

test('A header written in two rows, each with the columns that the other leaves empty, is one; one name of a group below it is none', () => {
  const headerOf = (second: string[], first = ['', '', 'Rate', 'Hours']) => {
    const [table] = blocksOfRegion([
      ...row(1, first, true),
      ...row(2, second),
      ...row(3, ['1', 'Clerk', '20', '100']),
      ...row(4, ['2', 'Guard', '30', '200']),
    ]);
    const { markdown } = toMarkdown(emptyTree(table ? [table] : []), 'd0');
    return markdown.split('\n').filter((_, index) => index !== 1);
  };
  expect(headerOf(['Number', 'Role', '', ''])).toEqual([
    '| Number | Role | Rate | Hours |',
    '| 1 | Clerk | 20 | 100 |',
    '| 2 | Guard | 30 | 200 |',
    '',
  ]);
  expect(headerOf(['', 'Staff', '', ''])[0]).toBe('|  |  | Rate | Hours |');
  expect(headerOf(['7', 'Role', '', ''])[0]).toBe('|  |  | Rate | Hours |');
  expect(headerOf(['Number', 'Role', 'a', ''])[0]).toBe('|  |  | Rate | Hours |');
});

test('However a sheet is cut, each of its cells stands in one block', () => {
  const random = createSeededRandom(7);
  for (let sheet = 0; sheet < 300; sheet++) {
    const density = random.whole(1, 9) / 10;
    const cells = Array.from({ length: 8 }, (_, at) => {
      const texts = Array.from({ length: 6 }, () =>
        random.chance(density) ? `${random.whole(1, 9)}${random.pick(['', 'x'])}` : '',
      );
      return row(at + 1, texts, random.chance(0.3));
    }).flat();
    const blocks = splitRegions(cells).flatMap(blocksOfRegion);
    const texts = toMarkdown(emptyTree(blocks), 'd0').blocks.map(({ text }) => text);
    expect(texts.filter((text) => text !== '').sort()).toEqual(cells.map(({ text }) => text).sort());
  }
});
