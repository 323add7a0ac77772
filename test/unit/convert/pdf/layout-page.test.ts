import { describe, expect, test } from '@jest/globals';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Rule, Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../../../functions/src/convert/pdf/to-mdast.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';
import { outlineOf } from '../../../support/read-pdf.ts';

const outline = (pages: Segment[][], rules: Rule[] = []): string[] => {
  const vocabulary = collectVocabulary(pages.flatMap((segments) => segments.map(({ text }) => text)));
  return outlineOf(
    toMdast(
      joinFlows(layoutPages(pages.map((segments, index) => pageOf(index + 1, segments, rules)))).blocks,
      vocabulary,
    ),
  );
};

const WIDE = 'a full line of text that runs all the way to the right edge of its column, word by word, on';
const paragraph = (first: string, baseline: number): Segment[] => [
  segmentOf(`${first} ${WIDE}`.slice(0, 90), 72, baseline),
  segmentOf(WIDE.slice(0, 90), 72, baseline + 12),
  segmentOf('and ends.', 72, baseline + 24),
];

describe('paragraphs', () => {
  test('A wider step between lines begins a new paragraph', () => {
    const result = outline([[...paragraph('First', 100), ...paragraph('Second', 150)]]);
    expect(result).toHaveLength(2);
    expect(result[1]).toMatch(/^p Second .* and ends\.$/);
  });

  test('A line that ends early, with room for the next word, ends its paragraph', () => {
    const result = outline([
      [...paragraph('First', 100), segmentOf('Lamp street 4', 72, 160), segmentOf('Harbour town', 72, 172)],
    ]);
    expect(result.slice(1)).toEqual(['p Lamp street 4', 'p Harbour town']);
  });
});

describe('captions', () => {
  test('A line that names a figure by its number is a caption', () => {
    const pages = [pageOf(1, [...paragraph('First', 100), segmentOf('Figure 2. Lamps by district', 72, 160)])];
    const { children } = toMdast(joinFlows(layoutPages(pages)).blocks, collectVocabulary([]));
    expect(children.map(({ data }) => data?.provenance?.blockKind)).toEqual([undefined, 'caption']);
  });
});

describe('lists', () => {
  test('Clauses (a), (1), (i) are nested by their kind even without an indent', () => {
    const marks = ['(a) Lamps', '(1) Wicks', '(i) Cotton', '(ii) Glass', '(2) Oil', '(b) Boats'];
    expect(
      outline([
        [...paragraph('First', 60), ...marks.map((text, index) => segmentOf(text, 72, 110 + 14 * index))],
      ]).slice(1),
    ).toEqual(['(a) Lamps', '  (1) Wicks', '    (i) Cotton', '    (ii) Glass', '  (2) Oil', '(b) Boats']);
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
    expect(result.slice(1)).toEqual([expect.stringMatching(/^• Lamps .* and their wicks$/), '  o Oil', '• Boats']);
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

describe('headings', () => {
  test('Larger fonts make higher headings, and numbers of one font differ in level by their depth', () => {
    const result = outline([
      [
        segmentOf('Harbour manual', 72, 60, { size: 18, bold: true }),
        segmentOf('1.0 Lamps', 72, 100, { size: 13, bold: true }),
        ...paragraph('First', 130),
        segmentOf('1.1 Wicks', 72, 200, { size: 13, bold: true }),
        ...paragraph('Second', 230),
      ],
    ]);
    expect(result.filter((line) => line.startsWith('h'))).toEqual([
      'h1 Harbour manual',
      'h2 1.0 Lamps',
      'h3 1.1 Wicks',
    ]);
  });

  test('A numbered line in bold of the body size is a heading; a bold sentence is not', () => {
    const result = outline([
      [
        ...paragraph('First', 60),
        segmentOf('C.3.1 Wicks', 72, 110, { bold: true }),
        ...paragraph('Second', 132),
        segmentOf('Bring your own oil.', 72, 178, { bold: true }),
        ...paragraph('Third', 200),
      ],
    ]);
    expect(result.map((line) => line.slice(0, 9))).toEqual([
      'p First a',
      'h1 C.3.1 ',
      'p Second ',
      'p Bring y',
      'p Third a',
    ]);
  });

  test('A heading of two lines stays one', () => {
    const result = outline([
      [
        segmentOf('Rules for the upkeep of lamps, wicks', 72, 80, { size: 16, bold: true }),
        segmentOf('and boats', 72, 99, { size: 16, bold: true }),
        ...paragraph('First', 140),
      ],
    ]);
    expect(result[0]).toBe('h1 Rules for the upkeep of lamps, wicks and boats');
  });
});

describe('tables without walls', () => {
  const cells = (rows: string[][], baseline: number, stepPt: number): Segment[] =>
    rows.flatMap((row, index) =>
      row.flatMap((text, column) => (text ? [segmentOf(text, 72 + 150 * column, baseline + stepPt * index)] : [])),
    );

  test('Rows whose pieces stand below each other make a table', () => {
    const result = outline([
      [
        ...paragraph('First', 60),
        ...cells(
          [
            ['Lamp', 'Place', 'Crew'],
            ['North', 'Pier', '2'],
            ['South', 'Rock', '5'],
          ],
          120,
          18,
        ),
      ],
    ]);
    expect(result.slice(1)).toEqual(['| Lamp | Place | Crew |', '| North | Pier | 2 |', '| South | Rock | 5 |']);
  });

  test('A line in one column only continues the cell above it', () => {
    const rows = [
      [segmentOf('Lamp', 72, 120), segmentOf('Duty', 222, 120)],
      [segmentOf('North', 72, 140), segmentOf('Trim the wick every night', 222, 140)],
      [segmentOf('before ten', 222, 152)],
      [segmentOf('South', 72, 172), segmentOf('Oil the lamp', 222, 172)],
    ];
    expect(outline([[...paragraph('First', 60), ...rows.flat()]]).slice(1)).toEqual([
      '| Lamp | Duty |',
      '| North | Trim the wick every night before ten |',
      '| South | Oil the lamp |',
    ]);
  });

  test('A table that goes on after a page break is one table, its repeated head dropped', () => {
    const head = ['Lamp', 'Place'];
    const first = [...paragraph('First', 60), ...cells([head, ['North', 'Pier'], ['South', 'Rock']], 600, 18)];
    const second = [...cells([head, ['East', 'Quay'], ['West', 'Sand']], 100, 18), ...paragraph('Last', 300)];
    expect(outline([first, second]).slice(1, -1)).toEqual([
      '| Lamp | Place |',
      '| North | Pier |',
      '| South | Rock |',
      '| East | Quay |',
      '| West | Sand |',
    ]);
  });

  test('The repeated head of a table is kept in the ledger with its page', () => {
    const first = [
      ...paragraph('First', 60),
      ...cells(
        [
          ['Lamp', 'Place'],
          ['North', 'Pier'],
          ['South', 'Rock'],
        ],
        600,
        18,
      ),
    ];
    const second = cells(
      [
        ['Lamp', 'Place'],
        ['East', 'Quay'],
        ['West', 'Sand'],
      ],
      100,
      18,
    );
    const pages = [first, second].map((segments, index) => pageOf(index + 1, segments));
    const { runningLines } = joinFlows(layoutPages(pages));
    expect(runningLines).toEqual([expect.objectContaining({ text: 'Lamp Place', pageNumber: 2, position: 'head' })]);
  });

  test('A row that a page break has cut is put together again', () => {
    const head = ['Lamp', 'Duty'];
    const first = [
      ...paragraph('First', 60),
      ...cells([head, ['North', 'Trim it'], ['South', 'Oil the lamp and']], 600, 18),
    ];
    const second = [
      ...cells([head, ['', 'polish the brass'], ['West', 'Paint it']], 100, 18),
      ...paragraph('Last', 300),
    ];
    expect(outline([first, second]).slice(1, -1)).toEqual([
      '| Lamp | Duty |',
      '| North | Trim it |',
      '| South | Oil the lamp and polish the brass |',
      '| West | Paint it |',
    ]);
  });

  test('A table on the next page with other names for its columns stays a table of its own', () => {
    const bold = (rows: Segment[]): Segment[] => rows.map((segment, index) => ({ ...segment, bold: index < 2 }));
    const first = [
      ...paragraph('First', 60),
      ...bold(
        cells(
          [
            ['Lamp', 'Place'],
            ['North', 'Pier'],
            ['South', 'Rock'],
          ],
          600,
          18,
        ),
      ),
    ];
    const second = [
      ...bold(
        cells(
          [
            ['Boat', 'Crew'],
            ['Gull', 'Two'],
            ['Tern', 'Six'],
          ],
          100,
          18,
        ),
      ),
      ...paragraph('Last', 300),
    ];
    const vocabulary = collectVocabulary([]);
    const pages = [first, second].map((segments, index) => pageOf(index + 1, segments));
    const { children } = toMdast(joinFlows(layoutPages(pages)).blocks, vocabulary);
    expect(children.filter(({ type }) => type === 'table')).toHaveLength(2);
  });

  test('Two rules with nothing between them part two tables', () => {
    const rule = (at: number): Rule => ({ direction: 'horizontal', at, from: 72, to: 300 });
    const upper = cells(
      [
        ['Lamp', 'Place'],
        ['North', 'Pier'],
      ],
      120,
      18,
    );
    const lower = cells(
      [
        ['Boat', 'Crew'],
        ['Gull', 'Two'],
      ],
      166,
      18,
    );
    const pages = [pageOf(1, [...paragraph('First', 60), ...upper, ...lower], [rule(144), rule(152)])];
    const { children } = toMdast(joinFlows(layoutPages(pages)).blocks, collectVocabulary([]));
    expect(children.filter(({ type }) => type === 'table')).toHaveLength(2);
  });
});
