import { describe, expect, test } from '@jest/globals';
import { removeFurniture } from '../../../../functions/src/convert/pdf/furniture.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const italic = (segment: Segment): Segment => ({ ...segment, italic: true });
const LINE = 'A line of the text of this page, long enough';
const body = [110, 122, 134, 600].map((y) => segmentOf(LINE, 72, y));
const taken = (...segments: Segment[]): string[] =>
  removeFurniture([pageOf(1, [...body, ...segments])]).runningLines.map(({ text }) => text);

describe('On a single page', () => {
  test('a page number that stands by itself goes, at the head and at the foot', () => {
    for (const label of ['25', '- 25 -', 'Page 25', 'iv', '25 of 80'])
      expect([label, taken(segmentOf(label, 300, 760)), taken(segmentOf(label, 300, 40))]).toEqual([
        label,
        [label],
        [label],
      ]);
  });

  test('a number that ends a sentence or a column of figures stays', () => {
    expect(taken(segmentOf('25', 72, 612))).toEqual([]);
    expect(taken(segmentOf('7', 300, 640), segmentOf('8', 300, 670), segmentOf('9', 300, 750))).toEqual([]);
  });

  test('a number a little below the text goes where no line begins', () => {
    const end = segmentOf('of the text', 72, 736);
    expect(taken(end, segmentOf('25', 500, 754))).toEqual(['25']);
    expect(taken(end, segmentOf('25', 72, 754))).toEqual([]);
  });

  test('a running foot that ends in its number goes where it is set unlike the text', () => {
    const foot = segmentOf('Harbour lights 25', 400, 760, { bold: true });
    expect(taken(foot)).toEqual(['Harbour lights 25']);
    expect(taken(segmentOf('See also lamp 25', 72, 760))).toEqual([]);
  });

  test('a running head goes with the number far beside it; a heading with its own number stays', () => {
    const head = italic(segmentOf('Harbour lights', 72, 40));
    expect(taken(head, segmentOf('25', 520, 40))).toEqual(['Harbour lights', '25']);
    expect(taken(segmentOf('25', 72, 40, { bold: true }), segmentOf('Harbour lights', 92, 40, { bold: true }))).toEqual(
      [],
    );
    expect(taken(segmentOf('Attachment 2', 250, 40, { bold: true }))).toEqual([]);
  });

  test('a line of the look of the page number goes with it', () => {
    const [head, number] = [italic(segmentOf('Harbour lights', 400, 40)), italic(segmentOf('25', 520, 760))];
    expect(taken(head, number)).toEqual(['Harbour lights', '25']);
    expect(taken(head)).toEqual([]);
  });
});
