import { describe, expect, test } from '@jest/globals';
import { scoreAll } from '../../../../functions/src/convert/pdf/heading-score.ts';
import { findHeadings } from '../../../../functions/src/convert/pdf/headings.ts';
import type { LayoutBlock } from '../../../../functions/src/convert/pdf/layout-model.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const WIDE = 'a full line of text that runs all the way to the right edge of its column, word by word, on';

/** Titles with a paragraph of three lines below each, at 10 points. */
const documentOf = (titles: readonly Segment[][]): LayoutBlock[] => {
  const pieces = titles.flatMap((title, index) => {
    const top = 60 + index * 100;
    const lines = [`The ${WIDE}`, WIDE].map((text) => text.slice(0, 90));
    return [
      ...title.map((segment) => ({
        ...segment,
        top: segment.top + top,
        bottom: segment.bottom + top,
        baseline: segment.baseline + top,
      })),
      ...[...lines, 'and ends.'].map((text, line) => segmentOf(text, 72, top + 40 + 12 * line)),
    ];
  });
  return layoutPages([pageOf(1, pieces)]).flat();
};
const title = (text: string, look: Partial<Segment> = {}): Segment[] => [{ ...segmentOf(text, 72, 20, look), ...look }];
const BOLD = { bold: true };

const scoreOf = (blocks: readonly LayoutBlock[], words: string): number =>
  scoreAll(blocks).find(({ block }) => block.lines.some(({ text }) => text.includes(words)))?.score ?? Number.NaN;
const headingsOf = (blocks: readonly LayoutBlock[]): string[] =>
  [...findHeadings(blocks)].map(([{ lines }, { level }]) => `${level} ${lines.map(({ text }) => text).join(' ')}`);

describe('what speaks for a heading', () => {
  test('A title a point smaller than the text is a heading of the level of its like if it is bold and in capitals, and none if it is only bold', () => {
    const small = { ...BOLD, size: 9 };
    const blocks = documentOf([title('LAMPS', BOLD), title('WICKS', small), title('Oil', small)]);
    expect(headingsOf(blocks)).toEqual(['1 LAMPS', '1 WICKS']);
  });

  test('A numbered title in bold may end with a full stop; a sentence may not', () => {
    const titles = ['1.1 Lamps of Tower I. Wicks and Oil.', '1.2 Wicks must be dry.', 'Oil of the store.'];
    expect(headingsOf(documentOf(titles.map((text) => title(text, BOLD))))).toEqual([`1 ${titles[0]}`]);
  });

  test('A line with an address of the web is no heading, and a label with a figure behind it counts for less than one with words', () => {
    const titles = ['Harbour office: https://harbour.example/lamps', 'Lamps due: 14 May', 'Task Two: Wicks'];
    const blocks = documentOf(titles.map((text) => title(text, BOLD)));
    expect(scoreOf(blocks, 'https')).toBe(0);
    expect(scoreOf(blocks, 'due')).toBe(scoreOf(blocks, 'Task') - 2);
  });

  test('A sentence in a larger font is text, and so is a line that begins with an arrow; a title in it is a heading', () => {
    const titles = ['Keepers must keep their lamps lit.', '→ Lamps and wicks', 'Lamps and wicks'];
    const blocks = documentOf(titles.map((text) => title(text, { size: 14 })));
    expect(headingsOf(blocks)).toEqual(['1 Lamps and wicks']);
  });

  test('Labels below each other with words behind them count for less than one alone', () => {
    const from = [segmentOf('From: Harbour office', 72, 0, BOLD)];
    const to = { ...segmentOf('To: Keepers of lamps', 72, 20, BOLD) };
    const alone = scoreOf(documentOf([title('Wicks', BOLD), from]), 'From');
    expect(scoreOf(documentOf([title('Wicks', BOLD), [...from, to]]), 'From')).toBeLessThanOrEqual(alone - 2);
  });

  test('Bold words far apart on one line are the head of a table or a running title; a number may stand far from its title', () => {
    const apart = (left: string, right: string): Segment[] => [
      ...title(left, BOLD),
      { ...segmentOf(right, 400, 20, BOLD) },
    ];
    const blocks = documentOf([apart('Lamps', '27'), apart('1.1', 'Wicks of cotton')]);
    expect(scoreOf(blocks, 'Lamps')).toBe(0);
    expect(scoreOf(blocks, 'Wicks')).toBeGreaterThan(3);
  });

  test('A title in capitals with its month behind it is that of a clause, small letters in brackets or not', () => {
    const titles = ['CARE OF LAMPS (HarbourCare) IN WINTER (SEP 2016).', 'CARE OF WICKS IN WINTER.'];
    expect(headingsOf(documentOf(titles.map((text) => title(text))))).toEqual([`1 ${titles[0]}`]);
  });

  test('A name that begins with a small letter and goes on with a capital begins no sentence', () => {
    const titles = ['Stores', 'eLamp Stores', 'lamps of ours'];
    const blocks = documentOf(titles.map((text) => title(text, BOLD)));
    expect(scoreOf(blocks, 'eLamp') - scoreOf(blocks, 'lamps of')).toBe(2);
  });

  test('Attachments named below each other are a list; one with text below it is a heading', () => {
    const list = ['A', 'B', 'C'].map((letter, index) => ({
      ...segmentOf(`Attachment ${letter} Lamps`, 72, 20 + 24 * index),
      coloured: true,
    }));
    const one = [{ ...segmentOf('Attachment D Oil', 72, 20), coloured: true }];
    expect(headingsOf(documentOf([one]))).toEqual(['1 Attachment D Oil']);
    const text = [segmentOf(`The ${WIDE}`.slice(0, 90), 72, 20), segmentOf('It ends.', 72, 32)];
    expect(
      headingsOf(
        layoutPages([
          pageOf(1, [
            ...text,
            ...list.map((line) => ({
              ...line,
              top: line.top + 60,
              bottom: line.bottom + 60,
              baseline: line.baseline + 60,
            })),
          ]),
        ]).flat(),
      ),
    ).toEqual([]);
  });

  test('Bold lines far apart are two titles, even where the text is as loose, unless the first is at no end', () => {
    const titlesOf = (first: string, second: string): string[] => {
      const text = [first, second, ...[0, 1, 2, 3, 4].map(() => `The ${WIDE}`.slice(0, 84))];
      const lines = text.map((one, index) => segmentOf(one, 72, 60 + 20 * index, { size: 11, bold: index < 2 }));
      return layoutPages([pageOf(1, lines)])
        .flat()
        .flatMap((block) => (block.kind === 'text' && block.lines[0]?.bold ? [String(block.lines.length)] : []));
    };
    expect(titlesOf('Lamps of 1904', 'Wicks of 1905')).toEqual(['1', '1']);
    expect(titlesOf('Lamps and', 'Wicks of 1905')).toEqual(['2']);
  });
});
