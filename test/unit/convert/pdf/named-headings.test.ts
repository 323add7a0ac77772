import { describe, expect, test } from '@jest/globals';
import type { TextBlock } from '../../../../functions/src/convert/pdf/layout-model.ts';
import { plausibleNames, withNamed } from '../../../../functions/src/convert/pdf/named-headings.ts';

const block = (text: string, size = 11, bold = true): TextBlock => {
  const box = { x0: 72, x1: 300, top: 100, bottom: 112 };
  const line = { ...box, text, size, bold, baseline: 110, italic: false, boldLead: false, firstWordWidth: 20 };
  return { kind: 'text', pageNumber: 1, box, lines: [line], column: { x0: 72, x1: 540, shift: 0 } };
};
const text = block(
  'The keeper sees to the lamps as the list says, and to all else in the tower. '.repeat(20),
  11,
  false,
);

describe('headings that the file names', () => {
  test('Levels that go up where numbers go down are not taken', () => {
    const titles = ['1.1 Lamps', '1.1.1 Oil', '1.2 Boats', '1.2.1 Oars', '1.3 Stores'].map((one) => block(one));
    const found = new Map(titles.map((one, index) => [one, { level: index % 2 === 0 ? 1 : 2 }]));
    const named = new Map(titles.map((one, index) => [one, index % 2 === 0 ? 3 : 1]));
    expect([...withNamed(found, named).values()].map(({ level }) => level)).toEqual([1, 2, 1, 2, 1]);
  });

  test('What the page shows below a named level, and the file does not name, stands one below it', () => {
    const [title, part, detail] = [block('Harbour', 20), block('Lamps', 15), block('Oil', 12)];
    const found = new Map([title, part, detail].map((one, index) => [one, { level: index + 3 }]));
    const named = new Map([
      [title, 1],
      [part, 2],
    ]);
    expect([...withNamed(found, named).values()].map(({ level }) => level)).toEqual([1, 2, 3]);
  });

  test('Names of which the page shows hardly any as headings are not believed', () => {
    const found = new Map([[block('Harbour', 20), { level: 1 }]]);
    const named = new Map(['Oil', 'Wicks', 'Boats'].map((one) => [block(one, 11, false), 2]));
    expect(withNamed(found, named)).toBe(found);
  });

  test('Sentences, and names for most of the text, are no headings', () => {
    const sentence = block(
      'All lamps of the tower and of both moles are lit at dusk and put out at dawn by the keeper who is on duty in the tower.',
    );
    const title = block('Lamps');
    expect([
      ...plausibleNames(
        [title, sentence, text],
        new Map([
          [title, 1],
          [sentence, 1],
        ]),
      ).keys(),
    ]).toEqual([title]);
    expect(plausibleNames([title, block('Oil')], new Map([[title, 1]])).size).toBe(0);
  });

  test('One heading of the lowest kind that the file names as if it were a higher one does not raise the others', () => {
    const top = block('Harbour', 20);
    const parts = ['1.1 Lamps', '1.2 Boats', '1.3 Stores'].map((one) => block(one, 14));
    const details = ['1.1.1 Oil', '1.2.1 Oars', '1.2.2 Sails', '1.3.1 Rope'].map((one) => block(one, 12));
    const found = new Map<TextBlock, { level: number }>([
      [top, { level: 1 }] as const,
      ...parts.map((one) => [one, { level: 2 }] as const),
      ...details.map((one) => [one, { level: 3 }] as const),
    ]);
    const named = new Map([top, ...parts, ...details.slice(0, 1)].map((one) => [one, one === top ? 1 : 2]));
    expect([...withNamed(found, named).values()].map(({ level }) => level)).toEqual([1, 2, 2, 2, 2, 3, 3, 3]);
  });

  test('What the page shows between two named levels stands no deeper than the lower one', () => {
    const sizes = [20, 18, 16, 14].map((size) => block(`Lamps of ${size}`, size));
    const found = new Map(sizes.map((one, index) => [one, { level: index + 1 }]));
    const named = new Map(
      sizes.flatMap((one, index) => (index === 2 ? [] : [[one, Math.min(3, 2 * index + 1)] as const])),
    );
    expect([...withNamed(found, named).values()].map(({ level }) => level)).toEqual([1, 3, 3, 3]);
  });
});
