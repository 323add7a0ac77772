import { describe, expect, it } from '@jest/globals';
import { type PageText, quoteRectangles } from '../../../../../hosting/src/viewer/original/quote-rectangles.ts';
import { estimatedWidth } from '../../../../../hosting/src/viewer/original/text-widths.ts';

/** Lines of 10 pt on a page of Letter size, each character 5 pt wide, 20 pt apart. */
const pageOf = (...lines: string[]): PageText => ({
  pieces: lines.map((str, line) => ({
    str,
    transform: [10, 0, 0, 10, 72, 720 - 20 * line],
    width: str.length * 5,
    height: 10,
    family: 'serif',
  })),
  toPage: [1, 0, 0, -1, 0, 792],
  widthOf: estimatedWidth,
});

const linesOf = (page: PageText, quote: string, near: Parameters<typeof quoteRectangles>[2] = null): number[] =>
  quoteRectangles(page, quote, near).map(({ y }) => Math.abs(Math.round((y - 63.8) / 20)));

describe('the rectangles of a quote', () => {
  it('lie on its line, from its first to its last character and a little further', () => {
    const page = pageOf('nnnn aaaaaa nnnn');
    const [box] = quoteRectangles(page, 'aaaaaa', null);
    // "nnnn " is four and a half of the fifteen average characters of the line.
    expect(box?.x).toBeCloseTo(72 + (4.5 / 15) * 80 - 1.5);
    expect(box?.width).toBeCloseTo((6 / 15) * 80 + 3);
    expect(box?.y).toBeCloseTo(792 - 720 - 8.2);
    expect(box?.height).toBeCloseTo(10.4);
  });

  it('lie by the widths that the font of the page is known to have', () => {
    const asked: string[] = [];
    const widthOf: PageText['widthOf'] = (text, family) => {
      asked.push(family);
      return [...text].reduce((sum, character) => sum + (character === 'n' ? 3 : 1), 0);
    };
    const [box] = quoteRectangles({ ...pageOf('nnnn aaa'), widthOf }, 'aaa', null);
    // "nnnn " is thirteen of the sixteen parts of the line.
    expect(box?.x).toBeCloseTo(72 + (13 / 16) * 40 - 1.5);
    expect(new Set(asked)).toEqual(new Set(['serif']));
  });

  it('include the marks at both ends of the quote, and no others', () => {
    const page = pageOf('aaaa (aaaa). (aaaa)');
    const endOf = ({ x, width }: { x: number; width: number }) => x + width;
    const [bare] = quoteRectangles(pageOf('nnnn (aaaa). nnnn'), 'aaaa', null);
    const [whole] = quoteRectangles(pageOf('nnnn (aaaa). nnnn'), '**(aaaa).**', null);
    if (!bare || !whole) throw new Error('The quote is not found.');
    const character = (17 * 5) / (12 + 5 * 0.5);
    expect(bare.x - whole.x).toBeCloseTo(0.5 * character);
    expect(endOf(whole) - endOf(bare)).toBeCloseTo(character);
    expect(quoteRectangles(page, 'aaaa', null)[0]?.x).toBeCloseTo(72 - 1.5);
  });

  it('are one for each line that it goes through', () => {
    const page = pageOf('Head', 'The offeror shall', 'submit one volume', 'Foot');
    expect(linesOf(page, 'offeror shall submit one')).toEqual([1, 2]);
  });

  it('are found through hyphens at the end of a line, ligatures, odd spaces and Markdown marks', () => {
    const page = pageOf('The o\uFB03ce shall main-', 'tain\u00A0the   files.');
    expect(linesOf(page, 'The **office** shall maintain the\nfiles')).toEqual([0, 1]);
  });

  it('join what stands on the same line in several pieces', () => {
    const [first, second] = [pageOf('The offeror').pieces, pageOf('shall sign').pieces];
    const moved = second.map((piece) => ({ ...piece, transform: [10, 0, 0, 10, 130, 720] }));
    const boxes = quoteRectangles({ ...pageOf(), pieces: [...first, ...moved] }, 'offeror shall', null);
    expect(boxes).toHaveLength(1);
  });

  it('lie where the block is when the page says the same twice', () => {
    const page = pageOf('The offeror shall sign.', 'Other words.', 'The offeror shall sign.');
    const second = { x: 72, y: 100, width: 120, height: 16 };
    expect(linesOf(page, 'The offeror shall sign.')).toEqual([0]);
    expect(linesOf(page, 'The offeror shall sign.', second)).toEqual([2]);
  });

  it('are found by their ends when a sign between them is read differently', () => {
    const quote = 'The offeror shall submit one technical volume and one price volume in two sealed envelopes.';
    const page = pageOf(quote.replace('technical', 'techncal'));
    expect(linesOf(page, quote)).toEqual([0]);
  });

  it('follow text that runs upwards', () => {
    const piece = { str: 'upright', transform: [0, 10, -10, 0, 100, 100], width: 40, height: 10, family: 'serif' };
    const [box] = quoteRectangles({ ...pageOf(), pieces: [piece] }, 'upright', null);
    expect(box?.height).toBeCloseTo(43);
    expect(box?.width).toBeCloseTo(10.4);
  });

  it('are none when the page does not have it, or there is nothing to look for', () => {
    expect(quoteRectangles(pageOf('Something else.'), 'The offeror shall sign.', null)).toEqual([]);
    expect(quoteRectangles(pageOf('Something else.'), ' – ', null)).toEqual([]);
  });
});
