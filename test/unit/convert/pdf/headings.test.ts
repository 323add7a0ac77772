import { describe, expect, test } from '@jest/globals';
import { findHeadings } from '../../../../functions/src/convert/pdf/headings.ts';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Rule, Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const WIDE = 'a full line of text that runs all the way to the right edge of its column, word by word, on';
let next = 60;
const paragraph = (gap: number): Segment[] => {
  const top = next + gap;
  next = top + 24;
  return [
    segmentOf(`The ${WIDE}`.slice(0, 90), 72, top),
    segmentOf(WIDE.slice(0, 90), 72, top + 12),
    segmentOf('and ends.', 72, top + 24),
  ];
};
const title = (text: string, gap: number, look: Partial<Segment> = {}): Segment[] => {
  next += gap;
  return [{ ...segmentOf(text, 72, next), ...look }];
};
const headingsOf = (pieces: readonly Segment[], rules: Rule[] = []): string[] => {
  next = 60;
  const { blocks } = joinFlows(layoutPages([pageOf(1, [...pieces], rules)]));
  return [...findHeadings(blocks)].map(
    ([{ lines }, { level }]) => `${level} ${lines.map(({ text }) => text).join(' ')}`,
  );
};
const underline = ({ x0, x1, baseline }: Segment): Rule => ({
  direction: 'horizontal',
  at: baseline + 1,
  from: x0,
  to: x1,
});

describe('findHeadings', () => {
  test('Titles underlined or in italics are headings where they stand apart, each look a level of its own', () => {
    const above = paragraph(0);
    const under = title('Lamps and wicks', 24);
    const pieces = [...above, ...under, ...paragraph(18), ...title('Oil', 26, { italic: true }), ...paragraph(18)];
    expect(headingsOf(pieces, under.map(underline))).toEqual(['1 Lamps and wicks', '2 Oil']);
  });

  test('Numbered titles in the font of the text are headings if all that are numbered so have the shape of titles', () => {
    const pieces = ['1.1 Lamps', '1.2 Wicks', '1.3 Oil'].flatMap((text) => [...title(text, 22), ...paragraph(22)]);
    expect(headingsOf(pieces)).toEqual(['1 1.1 Lamps', '1 1.2 Wicks', '1 1.3 Oil']);
  });

  test('Numbers decide the level where all titles are set alike', () => {
    const bold = { bold: true };
    const pieces = ['SECTION C Work', 'C.1 Lamps', 'C.1.1 Wicks', 'SECTION D Packing'].flatMap((text) => [
      ...title(text, 26, bold),
      ...paragraph(18),
    ]);
    expect(headingsOf(pieces)).toEqual(['1 SECTION C Work', '2 C.1 Lamps', '3 C.1.1 Wicks', '1 SECTION D Packing']);
  });

  test('Lines of one look below each other are an address, a line that ends a sentence is text, and bold items are a list', () => {
    const bold = { bold: true };
    const pieces = [
      ...paragraph(0),
      ...title('Harbour office', 30, bold),
      ...title('Lamp street', 30, bold),
      ...title('Northern town', 30, bold),
      ...paragraph(30),
      ...title('Bring your own oil.', 30, bold),
      ...paragraph(18),
      ...title('1. Lamps', 30, bold),
      ...title('2. Wicks', 30, bold),
      ...paragraph(18),
    ];
    expect(headingsOf(pieces)).not.toContainEqual(expect.stringMatching(/office|street|town|Bring|1\. Lamps/));
  });

  test('What a table of contents names is a heading where it stands in the text', () => {
    const pieces = [
      ...title('Lamps of the harbour ............ 3', 0),
      ...title('Wicks of cotton ............ 4', 12),
      ...paragraph(30),
      ...title('Lamps of the harbour', 26, { italic: true }),
      ...paragraph(26),
    ];
    expect(headingsOf(pieces)).toEqual(['1 Lamps of the harbour']);
  });

  test('A short bold line over its text is a heading where there are few of them; amid many clear ones it needs others like it', () => {
    const bold = { bold: true };
    const lamps = [...paragraph(18), ...paragraph(22), ...title('Lamps', 22, bold), ...paragraph(22)];
    expect(headingsOf(lamps)).toEqual(['1 Lamps']);
    const numbered = ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'].flatMap((number) => [
      ...title(`${number} WICKS`, 26, bold),
      ...paragraph(18),
    ]);
    const more = [...paragraph(18), ...paragraph(22), ...title('Lamps', 22, bold), ...paragraph(22)];
    expect(headingsOf([...numbered, ...more])).toHaveLength(6);
  });

  test('The lines of a title in capitals amid the column are one heading, however wide they are set', () => {
    const lines = ['MANUAL OF THE HARBOUR', 'AND ITS FOUR LAMPS'].map((text, index) =>
      segmentOf(text, 306 - text.length * 2.5, 60 + 17 * index, { bold: true }),
    );
    const rest = paragraph(0).map((segment, index) => segmentOf(segment.text, 72, 110 + 12 * index));
    expect(headingsOf([...lines, ...rest])).toEqual(['1 MANUAL OF THE HARBOUR AND ITS FOUR LAMPS']);
  });

  test('The centred lines of a title do not make the heading below them part of an address', () => {
    const bold = { bold: true };
    const centred = (text: string, gap: number): Segment[] => {
      next += gap;
      return [segmentOf(text, 306 - text.length * 2.5, next, bold)];
    };
    const pieces = [
      ...centred('MANUAL OF THE HARBOUR', 0),
      ...centred('FOR ITS KEEPERS', 30),
      ...title('LAMPS', 30, bold),
      ...paragraph(18),
    ];
    expect(headingsOf(pieces).map((one) => one.slice(2))).toContain('LAMPS');
  });
});
