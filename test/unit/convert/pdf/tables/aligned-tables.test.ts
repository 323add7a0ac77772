import { describe, expect, test } from '@jest/globals';
import type { Rule, Segment } from '../../../../../functions/src/convert/pdf/page-model.ts';
import { groupRows } from '../../../../../functions/src/convert/pdf/rows.ts';
import { findAlignedTables } from '../../../../../functions/src/convert/pdf/tables/aligned-tables.ts';
import { segmentOf } from '../../../../support/page-pieces.ts';

const usualStep = (size: number): number => 1.2 * size;
const across = (at: number, from = 72, to = 472): Rule => ({ direction: 'horizontal', at, from, to });
const down = (at: number, from: number, to: number): Rule => ({ direction: 'vertical', at, from, to });

/** A row's pieces at the left edges given; '' leaves a place empty. */
const line = (texts: string[], xs: number[], baseline: number, bold = false): Segment[] =>
  texts.flatMap((text, index) => (text === '' ? [] : [segmentOf(text, xs[index] ?? 0, baseline, { bold })]));

/** Cells as text, with their spans where they have any; text outside of tables as "p …". */
const read = (segments: Segment[], rules: Rule[] = []): (string[] | string)[] =>
  findAlignedTables(groupRows(segments), rules, 1, usualStep).flatMap((group): (string[] | string)[] =>
    'table' in group
      ? group.table.rows.map(({ cells }) =>
          cells.map(({ paragraphs, rowSpan, columnSpan }) => {
            const span = (columnSpan > 1 ? ` >${columnSpan}` : '') + (rowSpan > 1 ? ` v${rowSpan}` : '');
            return paragraphs.flat().join(' ') + span;
          }),
        )
      : group.rows.map((row) => `p ${row.map(({ text }) => text).join(' ')}`),
  );

const XS = [72, 142, 300, 380];

describe('findAlignedTables', () => {
  test('A line over several columns within a table is one cell that spans them', () => {
    const lines = [
      line(['Item', 'Supplies', 'Qty', 'Amount'], XS, 100),
      line(['0001', 'Base period: care of all the lamps until next spring', '', ''], XS, 118),
      line(['0001AA', 'Lamp keeping', '12', '$4,150.00'], XS, 136),
      line(['0001AB', 'Oil', '40', '$290.00'], XS, 154),
    ];
    expect(read(lines.flat())).toEqual([
      ['Item', 'Supplies', 'Qty', 'Amount'],
      ['0001', 'Base period: care of all the lamps until next spring >3'],
      ['0001AA', 'Lamp keeping', '12', '$4,150.00'],
      ['0001AB', 'Oil', '40', '$290.00'],
    ]);
  });

  test('A head of two levels keeps its titles over their columns and its names over both rows', () => {
    const lines = [
      [segmentOf('District', 72, 100), segmentOf('Base year', 172, 100), segmentOf('Option year', 312, 100)],
      line(['', 'Sites', 'Hours', 'Sites', 'Hours'], [72, 160, 225, 300, 365], 118),
      line(['North', '14', '2,100', '16', '2,300'], [72, 160, 225, 300, 365], 136),
      line(['Old town', '9', '1,350', '9', '1,350'], [72, 160, 225, 300, 365], 154),
    ];
    expect(read(lines.flat()).slice(0, 2)).toEqual([
      ['District v2', 'Base year >2', 'Option year >2'],
      ['Sites', 'Hours', 'Sites', 'Hours'],
    ]);
  });

  test('Amounts to be filled in are cells, and a head of two levels stays over them', () => {
    const xs = [72, 130, 270, 320, 400, 450];
    const lines = [
      [
        segmentOf('Line', 72, 100),
        segmentOf('Supplies', 130, 100),
        segmentOf('Base year', 270, 100),
        segmentOf('Next year', 400, 100),
      ],
      line(['', '', 'Qty', 'Unit price', 'Qty', 'Unit price'], xs, 118),
      line(['0001', 'Lamp oil, by the can', '40', '$________', '45', '$________'], xs, 136),
      [segmentOf('Only when the harbour master asks for it', 72, 154)],
      line(['0002', 'Night watch', '12', '$________', '12', '$________'], xs, 172),
      line(['0003', 'Fog horn', '4', '$________', '4', '$________'], xs, 190),
    ];
    const rows = read(lines.flat());
    expect(rows).toHaveLength(6);
    expect(rows[0]).toEqual(['Line v2', 'Supplies v2', 'Base year >2', 'Next year >2']);
    expect(rows[3]).toEqual(['Only when the harbour master asks for it >6']);
  });

  test('Blanks behind words on a line are no table', () => {
    const lines = [
      line(['Name: ________', 'Date: ________'], [72, 300], 100),
      line(['Rank: ________', 'Place: ________'], [72, 300], 118),
    ];
    expect(read(lines.flat())).toEqual(['p Name: ________ Date: ________', 'p Rank: ________ Place: ________']);
  });

  test('Names that stand below the empty places of the titles beside them take both rows of the head', () => {
    const xs = [72, 160, 240, 330, 420];
    const lines = [
      [segmentOf('Base year, all sites', 160, 100), segmentOf('Option year, all sites', 330, 100)],
      line(['District', 'Sites', 'Hours', 'Sites', 'Hours'], xs, 118),
      line(['North', '14', '2,100', '16', '2,300'], xs, 136),
      line(['Old town', '9', '1,350', '9', '1,350'], xs, 154),
    ];
    expect(read(lines.flat(), [across(105, 155, 472), across(123, 155, 472)]).slice(0, 2)).toEqual([
      ['District v2', 'Base year, all sites >2', 'Option year, all sites >2'],
      ['Sites', 'Hours', 'Sites', 'Hours'],
    ]);
  });

  test('A last row with nothing but its name stays in the table, and leaves the column that is blank throughout', () => {
    const xs = [72, 100, 300, 380];
    const lines = [
      line(['No.', 'Work', 'Unit', 'Amount'], xs, 100),
      line(['1', 'Lamp room, swept', 'day', ''], xs, 118),
      line(['2', 'Stairs, washed', 'week', ''], xs, 136),
      line(['3', 'Windows, polished', 'day', ''], xs, 154),
      [segmentOf('ALL WORK', 72, 172)],
    ];
    const after = segmentOf('The keeper fills in the sum in words.', 72, 198);
    const rows = read([...lines.flat(), after]);
    expect(rows.slice(-2)).toEqual([['ALL WORK >3', ''], `p ${after.text}`]);
    const prose = segmentOf('The keeper fills in the sum in words.', 72, 190);
    expect(read([...lines.flat(), prose])).toContain('p ALL WORK');
  });

  test('Short names of sections span the table like the long ones', () => {
    const xs = [72, 150];
    const lines = [
      line(['Clause', 'What it says in this harbour'], xs, 100, true),
      [segmentOf('A. Lamps', 72, 118)],
      line(['1.1', 'Lamps are lit at dusk by the keeper.'], xs, 136),
      [segmentOf('B. Boats and their landing', 72, 154)],
      line(['2.1', 'Boats land at the northern pier only.'], xs, 172),
      line(['2.2', 'No boat lands at night without a lamp.'], xs, 190),
    ];
    const rows = read(lines.flat());
    expect([rows[1], rows[3]]).toEqual([['A. Lamps >2'], ['B. Boats and their landing >2']]);
  });

  test('A head in bold may be set smaller than the rows below it', () => {
    const head = XS.map((x, index) =>
      segmentOf(['LAMP', 'PLACE', 'QTY', 'COST'][index] ?? '', x, 100, { bold: true, size: 8 }),
    );
    const rows = [line(['North', 'Pier', '1', '4.20'], XS, 118), line(['South', 'Mole', '2', '8.10'], XS, 133)];
    expect(read([...head, ...rows.flat()])[0]).toEqual(['LAMP', 'PLACE', 'QTY', 'COST']);
  });

  test('Names on the left of their cells and figures on the right make one column', () => {
    const figures = (baseline: number, a: string, b: string): Segment[] => [
      segmentOf(a, 380 - 5 * a.length, baseline),
      segmentOf(b, 480 - 5 * b.length, baseline),
    ];
    const lines = [
      line(['Labor', 'Rate', 'Total'], [72, 310, 410], 100),
      [segmentOf('Mason', 72, 118), ...figures(118, '$61.00', '$78,080.00')],
      [segmentOf('Clerk', 72, 136), ...figures(136, '$1.10', '$42.00')],
    ];
    expect(read(lines.flat())).toEqual([
      ['Labor', 'Rate', 'Total'],
      ['Mason', '$61.00', '$78,080.00'],
      ['Clerk', '$1.10', '$42.00'],
    ]);
  });

  test('Figures right below figures are rows, even where lines stand as close as in running text', () => {
    const lines = [
      line(['Code', 'Count'], [72, 200], 100, true),
      line(['North', '12'], [72, 200], 112),
      line(['South pier', '400'], [72, 200], 124),
    ];
    expect(read(lines.flat())).toEqual([
      ['Code', 'Count'],
      ['North', '12'],
      ['South pier', '400'],
    ]);
  });

  test('A rule that stops short of an empty cell leaves it to the cell above', () => {
    const lines = [
      line(['Area', 'Measure', 'Standard'], [72, 200, 380], 100),
      line(['Grounds', 'Grass is short', '95%'], [72, 200, 380], 118),
      line(['', 'Paths are dry', '98%'], [72, 200, 380], 136),
      line(['Houses', 'Panes are clean', '90%'], [72, 200, 380], 154),
    ];
    const rules = [across(105), across(123, 195, 472), across(141)];
    expect(read(lines.flat(), rules).slice(1)).toEqual([
      ['Grounds v2', 'Grass is short', '95%'],
      ['Paths are dry', '98%'],
      ['Houses', 'Panes are clean', '90%'],
    ]);
  });

  test('Words of a line that is set to both edges are no columns', () => {
    const words = (baseline: number): Segment[] =>
      ['All', 'prices', 'hold', 'for', 'ninety'].map((word, index) => segmentOf(word, 72 + 40 * index, baseline));
    const gaps = [0, 27, 69, 101, 128];
    const justified = (baseline: number): Segment[] =>
      words(baseline).map((segment, index) => segmentOf(segment.text, 72 + (gaps[index] ?? 0), baseline));
    expect(read([...justified(100), ...justified(112), ...justified(124)])).toEqual(
      Array.from({ length: 3 }, () => 'p All prices hold for ninety'),
    );
  });

  test('A table ends where all its walls end, and the next one has columns of its own', () => {
    const lines = [
      line(['Lamp', 'Place'], [72, 200], 100),
      line(['North', 'Pier'], [72, 200], 118),
      line(['Boat', 'Crew', 'Home'], [72, 160, 300], 136),
      line(['Gull', 'Two', 'Bay'], [72, 160, 300], 154),
    ];
    const walls = [down(70, 90, 124), down(190, 90, 124), down(150, 128, 160), down(290, 128, 160)];
    const tables = findAlignedTables(groupRows(lines.flat()), walls, 1, usualStep).filter((group) => 'table' in group);
    expect(tables.map((group) => 'table' in group && group.table.columnCount)).toEqual([2, 3]);
  });

  test('A page of thousands of scattered pieces is looked through in bounded time', () => {
    const segments = Array.from({ length: 20_000 }, (_, index) =>
      segmentOf('x', 20 + ((index * 37) % 570), 10 + 0.9 * Math.floor(index / 8), { size: 1 }),
    );
    const started = performance.now();
    findAlignedTables(groupRows(segments), [], 1, usualStep);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
