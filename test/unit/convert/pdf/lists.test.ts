import { describe, expect, test } from '@jest/globals';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../../../functions/src/convert/pdf/to-mdast.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';
import { outlineOf } from '../../../support/read-pdf.ts';

const outline = (pages: Segment[][]): string[] => {
  const vocabulary = collectVocabulary(pages.flatMap((segments) => segments.map(({ text }) => text)));
  return outlineOf(
    toMdast(joinFlows(layoutPages(pages.map((segments, index) => pageOf(index + 1, segments)))).blocks, vocabulary),
  );
};

const WIDE = 'a full line of text that runs all the way to the right edge of its column, word by word, on';
const paragraph = (first: string, baseline: number): Segment[] => [
  segmentOf(`${first} ${WIDE}`.slice(0, 90), 72, baseline),
  segmentOf(WIDE.slice(0, 90), 72, baseline + 12),
  segmentOf('and ends.', 72, baseline + 24),
];

describe('Lists', () => {
  test('Clauses (a), (1), (i) are nested by their kind even without an indent', () => {
    const marks = ['(a) Lamps', '(1) Wicks', '(i) Cotton', '(ii) Glass', '(2) Oil', '(b) Boats'];
    expect(
      outline([
        [...paragraph('First', 60), ...marks.map((text, index) => segmentOf(text, 72, 110 + 14 * index))],
      ]).slice(1),
    ).toEqual(['(a) Lamps', '  (1) Wicks', '    (i) Cotton', '    (ii) Glass', '  (2) Oil', '(b) Boats']);
  });

  const column = (items: [string, number][]): Segment[] => [
    ...paragraph('First', 60),
    ...items.map(([text, x0], index) => segmentOf(text, x0, 110 + 14 * index)),
  ];

  test('Roman numbers go on as they began, also where one of them is a single letter', () => {
    const items: [string, number][] = [
      ['b. Boats', 72],
      ['c. Lamps with', 72],
      ...['i. Cotton', 'ii. Glass', 'iii. Brass', 'iv. Tin', 'v. Oil', 'vi. Wax'].map((text): [string, number] => [
        text,
        90,
      ]),
      ['d. Crew', 72],
    ];
    expect(outline([column(items)]).slice(1)).toEqual(items.map(([text, x0]) => (x0 === 90 ? `  ${text}` : text)));
  });

  test('Without an indent, "i." is the letter behind "h." and the first Roman number behind any other', () => {
    const flat = (texts: string[]) => outline([column(texts.map((text) => [text, 72]))]).slice(1);
    expect(flat(['g. Lamps', 'h. Boats', 'i. Crew', 'j. Oil'])).toEqual(['g. Lamps', 'h. Boats', 'i. Crew', 'j. Oil']);
    expect(flat(['b. Lamps', 'i. Crew', 'ii. Oil', 'c. Boats'])).toEqual([
      'b. Lamps',
      '  i. Crew',
      '  ii. Oil',
      'c. Boats',
    ]);
  });

  test('An item goes on with the list outside of one that it has within, where its number ends at the place of the others', () => {
    const items: [string, number][] = [
      ['vi. Lamps', 85],
      ['vii. Boats', 83],
      ['1. Oars', 120],
      ['2. Sails', 120],
      ['viii. Crew', 75],
    ];
    const placed = items.flatMap(([text, x0], index) => {
      const [mark = '', word = ''] = text.split(' ');
      return [segmentOf(mark, x0, 110 + 14 * index), segmentOf(word, x0 < 100 ? 115 : 140, 110 + 14 * index)];
    });
    expect(outline([[...paragraph('First', 60), ...placed]]).slice(1)).toEqual([
      'vi. Lamps',
      'vii. Boats',
      '  1. Oars',
      '  2. Sails',
      'viii. Crew',
    ]);
  });

  test('Bullets are nested by their indent, and a hanging line belongs to its item', () => {
    const result = outline([
      [
        ...paragraph('First', 60),
        segmentOf('•', 90, 110),
        segmentOf(`Lamps ${WIDE}`.slice(0, 84), 102, 110),
        segmentOf('and their wicks', 102, 122),
        segmentOf('o', 120, 136),
        segmentOf('Oil', 132, 136),
        segmentOf('•', 90, 150),
        segmentOf('Boats', 102, 150),
      ],
    ]);
    expect(result.slice(1)).toEqual([expect.stringMatching(/^• Lamps .* and their wicks$/), '  ◦ Oil', '• Boats']);
  });

  test('Entries of a table of contents become a list, not headings', () => {
    const entries = ['1.1 Lamps ............... 3', '1.2 Boats ............... 7'];
    expect(
      outline([
        [...paragraph('First', 60), ...entries.map((text, index) => segmentOf(text, 72, 110 + 14 * index))],
      ]).slice(1),
    ).toEqual(['* 1.1 Lamps … 3', '* 1.2 Boats … 7']);
  });
});
