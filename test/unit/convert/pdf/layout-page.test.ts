import { describe, expect, test } from '@jest/globals';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../../../functions/src/convert/pdf/to-mdast.ts';
import { outline, paragraph, WIDE } from '../../../support/lay-out-pages.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';
import { outlineOf } from '../../../support/read-pdf.ts';

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

describe('clauses beside their titles', () => {
  const clause = (title: string, baseline: number, texts: string[]): Segment[] => [
    segmentOf(title, 72, baseline),
    ...texts.map((text, index) => segmentOf(text, 170, baseline + 12 * index)),
  ];
  const FILLED = WIDE.slice(0, 68);

  test('They are a table without a head, and what stands on the next page without a title ends the last of them', () => {
    const above = [...clause('1. Lamps', 100, [FILLED, 'and ends.']), ...clause('2. Oil', 124, [FILLED, 'The'])];
    const below = [
      ...['Keeper does so.', '2.2 He notes it.'].map((text, index) => segmentOf(text, 170, 72 + 12 * index)),
      ...clause('3. Wicks', 96, [FILLED, 'too.']),
      ...clause('4. Glass', 120, [FILLED, 'as well.']),
    ];
    const pages = [pageOf(1, above), pageOf(2, below)];
    const { blocks, runningLines } = joinFlows(layoutPages(pages));
    expect(runningLines).toEqual([]);
    expect(outlineOf(toMdast(blocks, collectVocabulary([])))).toEqual([
      '|  |  |',
      `| 1. Lamps | ${FILLED} and ends. |`,
      `| 2. Oil | ${FILLED} The Keeper does so.\n2.2 He notes it. |`,
      `| 3. Wicks | ${FILLED} too. |`,
      `| 4. Glass | ${FILLED} as well. |`,
    ]);
  });
});

describe('titles set into their text', () => {
  const runIn = (title: string, baseline: number): Segment[] => [
    segmentOf(title, 72, baseline, { bold: true }),
    segmentOf(`The keeper of ${WIDE}`.slice(0, 70), 82 + 5 * title.length, baseline),
    segmentOf('and ends.', 72, baseline + 12),
  ];

  test('A title in bold with a gap before its text stands alone, and two of them are no table', () => {
    const result = outline([[...paragraph('First', 60), ...runIn('Of Lamps', 120), ...runIn('Of Oil and Wicks', 160)]]);
    const [lamps, oil] = [
      result.findIndex((line) => / Of Lamps$/.test(line)),
      result.findIndex((line) => / Of Oil and Wicks$/.test(line)),
    ];
    expect(lamps).toBeGreaterThan(0);
    expect(oil).toBeGreaterThan(lamps);
    expect(result[lamps + 1]).toMatch(/^p The keeper of .* and ends\.$/);
    expect(result.filter((line) => line.startsWith('|'))).toEqual([]);
  });

  test('A table right below such a title keeps its own rows', () => {
    const cells = ['Lamp', 'Oil', 'Wick'].flatMap((name, index) => [
      segmentOf(name, 72, 150 + 16 * index),
      segmentOf(`${index + 1} pints`, 260, 150 + 16 * index),
    ]);
    const result = outline([[...paragraph('First', 60), ...runIn('2.1 Measures', 112).slice(0, 2), ...cells]]);
    expect(result.filter((line) => line.startsWith('|'))).toEqual([
      '| Lamp | 1 pints |',
      '| Oil | 2 pints |',
      '| Wick | 3 pints |',
    ]);
  });

  test('Two sentences with a wide gap between them in a justified line are no row of a table', () => {
    const spaced = (baseline: number): Segment[] => [
      segmentOf('The keeper trims the wick of every lamp along the quay.', 72, baseline),
      segmentOf('He then notes the hour in the book.', 355, baseline),
    ];
    expect(
      outline([[...paragraph('First', 60), ...spaced(120), ...spaced(132)]]).filter((line) => line.startsWith('|')),
    ).toEqual([]);
  });
});

describe('captions', () => {
  test('A line that names a figure by its number is a caption', () => {
    const pages = [pageOf(1, [...paragraph('First', 100), segmentOf('Figure 2. Lamps by district', 72, 160)])];
    const { children } = toMdast(joinFlows(layoutPages(pages)).blocks, collectVocabulary([]));
    expect(children.map(({ data }) => data?.provenance?.blockKind)).toEqual([undefined, 'caption']);
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
