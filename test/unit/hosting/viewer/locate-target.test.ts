import { describe, expect, it } from '@jest/globals';
import { createBlockLookup } from '../../../../hosting/src/viewer/block-lookup.ts';
import { locateTarget } from '../../../../hosting/src/viewer/locate-target.ts';
import { blockOf } from './sample-blocks.ts';

const markdown = '# Scope\n\nThe offeror shall sign and the contractor shall report.\n';
const long = 'The offeror shall sign and the contractor shall report.';
const box = { x: 72, y: 80, width: 400, height: 30 };
const cut = markdown.indexOf('the contractor');
const blocks = [
  blockOf(markdown, 'Scope', { kind: 'heading', pageNumber: 1 }),
  blockOf(markdown, long, { blockId: 'p', pageNumber: 2, bbox: box, pageBreaks: [{ charStart: cut, pageNumber: 3 }] }),
];
const lookup = createBlockLookup({ blocks });
const locate = (target: Parameters<typeof locateTarget>[2]) => locateTarget(lookup, markdown, target);
const range = (text: string) => ({ from: markdown.indexOf(text), to: markdown.indexOf(text) + text.length });

describe('the place of a target', () => {
  it('is the block of its range, and the quote on the page on which the range lies', () => {
    const found = locate({ ...range('offeror shall sign'), quote: 'offeror shall sign' });
    expect(found).toEqual({
      blockId: 'p',
      range: range('offeror shall sign'),
      parts: [{ pageNumber: 2, quote: 'offeror shall sign', box }],
    });
  });

  it('is on the further page when the range lies behind the break', () => {
    const found = locate({ ...range('contractor shall report'), blockId: 'p', pageNumber: 2 });
    expect(found.parts).toEqual([{ pageNumber: 3, quote: 'contractor shall report', box: null }]);
  });

  it('is cut where the block goes on on another page', () => {
    const found = locate({ ...range('sign and the contractor'), blockId: 'p' });
    expect(found.parts).toEqual([
      { pageNumber: 2, quote: 'sign and ', box },
      { pageNumber: 3, quote: 'the contractor', box: null },
    ]);
  });

  it('is framed around all cells of a row of a table, as far as they stand on the page', () => {
    const table = '| Item | Price | Note |\n| --- | --- | --- |\n| Lamp | 12 | none |\n';
    const cell = (text: string, x: number, pageNumber = 4) =>
      blockOf(table, text, { kind: 'table_cell', pageNumber, bbox: { x, y: 100, width: 50, height: 12 } });
    const cells = [cell('Item', 72), cell('Lamp', 72), cell('12', 172), cell('none', 72, 5)];
    const [from, to] = [table.indexOf('| Lamp'), table.indexOf(' |\n', table.indexOf('none'))];
    const found = locateTarget(createBlockLookup({ blocks: cells }), table, { from, to, blockId: 'Lamp' });
    expect(found.parts).toEqual([
      { pageNumber: 4, quote: '| Lamp | 12 | none', box: { x: 72, y: 100, width: 150, height: 12 } },
    ]);
  });

  it('is a whole block, without anything marked, when only the block is named', () => {
    expect(locate({ blockId: 'p' })).toEqual({
      blockId: 'p',
      range: null,
      parts: [{ pageNumber: 2, quote: null, box }],
    });
  });

  it('is the quote in its block when offsets are not known', () => {
    const found = locate({ from: null, to: null, blockId: 'p', quote: 'shall sign' });
    expect(found.parts).toEqual([{ pageNumber: 2, quote: 'shall sign', box }]);
  });

  it('is a page when nothing else is known', () => {
    expect(locate({ pageNumber: 7 })).toEqual({
      blockId: null,
      range: null,
      parts: [{ pageNumber: 7, quote: null, box: null }],
    });
  });

  it('is nowhere for an address of another document', () => {
    const nowhere = { blockId: null, range: null, parts: [] };
    expect(locate({ from: 5000, to: 6000, blockId: 'other' })).toEqual(nowhere);
    expect(locate({ from: 30, to: 20 })).toEqual(nowhere);
  });
});
