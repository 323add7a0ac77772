import { describe, expect, test } from '@jest/globals';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Rule, Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../../../functions/src/convert/pdf/to-mdast.ts';
import { outline, paragraph } from '../../../support/lay-out-pages.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

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
