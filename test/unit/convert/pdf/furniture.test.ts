import { describe, expect, test } from '@jest/globals';
import { removeFurniture } from '../../../../functions/src/convert/pdf/furniture.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const body = (pageNumber: number) => [
  segmentOf(`Body of page ${pageNumber} begins here`, 72, 110),
  segmentOf('and ends here', 72, 600),
];

describe('removeFurniture', () => {
  test('A running head is taken out of the text and kept in the ledger', () => {
    const pages = [1, 2, 3, 4].map((n) => pageOf(n, [segmentOf('Harbour lights manual', 72, 40), ...body(n)]));
    const result = removeFurniture(pages);
    expect(result.pages.map(({ segments }) => segments.length)).toEqual([2, 2, 2, 2]);
    expect(result.runningLines.map(({ text, pageNumber, position }) => [text, pageNumber, position])).toEqual(
      [1, 2, 3, 4].map((n) => ['Harbour lights manual', n, 'head']),
    );
  });

  test('A printed page number is taken out and becomes the number of its page', () => {
    const pages = [1, 2, 3].map((n) => pageOf(n, [...body(n), segmentOf(`Page ${n + 4}`, 290, 760)]));
    const result = removeFurniture(pages);
    expect([...result.printedNumbers]).toEqual([
      [1, '5'],
      [2, '6'],
      [3, '7'],
    ]);
    expect(result.runningLines.every(({ position }) => position === 'foot')).toBe(true);
  });

  test('A page number that stands a little lower than on the other pages goes too', () => {
    const pages = [1, 2, 3, 4].map((n) => pageOf(n, [...body(n), segmentOf(String(n), 300, n === 1 ? 770 : 755)]));
    expect(removeFurniture(pages).runningLines.map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
  });

  test('Section titles that change in the line of a running head belong to it', () => {
    const titles = ['Lamps', 'Lamps', 'Boats', 'Crew'];
    const pages = titles.map((title, index) =>
      pageOf(index + 1, [segmentOf('Harbour lights manual', 72, 40), segmentOf(title, 450, 40), ...body(index + 1)]),
    );
    expect(removeFurniture(pages).pages.every(({ segments }) => segments.length === 2)).toBe(true);
  });

  test('Section numbers and bullets that stand at the top of several pages stay in the text', () => {
    const pages = [1, 2, 3, 4].map((n) =>
      pageOf(n, [segmentOf(`7.${n}`, 72, 83), segmentOf('•', 72, 97), ...body(n), segmentOf(String(n), 300, 755)]),
    );
    const result = removeFurniture(pages);
    expect(result.pages.every(({ segments }) => segments.length === 4)).toBe(true);
  });

  test('A heading that happens to begin a few pages far apart stays in the text, also when only its number differs', () => {
    const pages = Array.from({ length: 40 }, (_, index) => {
      const n = index + 1;
      const heading = [3, 17, 33].includes(n) ? [segmentOf(`C.${n % 7} Handling of lamps`, 72, 83)] : [];
      return pageOf(n, [segmentOf('Harbour lights manual', 72, 40), ...heading, ...body(n)]);
    });
    const { runningLines } = removeFurniture(pages);
    expect(new Set(runningLines.map(({ text }) => text))).toEqual(new Set(['Harbour lights manual']));
  });

  test('Headings whose numbers do not count with the pages stay, even on pages that follow each other', () => {
    const pages = Array.from({ length: 20 }, (_, index) => {
      const heading = index < 4 ? [segmentOf(`Lamp ${[12, 40, 7, 95][index]} and its wick`, 72, 83)] : [];
      return pageOf(index + 1, [...heading, ...body(index + 1)]);
    });
    expect(removeFurniture(pages).runningLines).toEqual([]);
  });

  test('A running head of one chapter, and one on every second page, go', () => {
    const pages = Array.from({ length: 40 }, (_, index) => {
      const n = index + 1;
      const head = n > 30 ? [segmentOf('Annex: boats', 72, 40)] : n % 2 ? [segmentOf('Odd pages', 72, 40)] : [];
      return pageOf(n, [...head, ...body(n)]);
    });
    expect(removeFurniture(pages).runningLines).toHaveLength(25);
  });

  test('The head of a table that is repeated close above its rows stays', () => {
    const rows = ['North lamp', 'South wick', 'East boat'];
    const pages = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
      const row = rows[n - 1];
      if (row === undefined) return pageOf(n, body(n));
      return pageOf(n, [segmentOf('Reference and outcome', 72, 80), segmentOf(row, 72, 94), ...body(n)]);
    });
    expect(removeFurniture(pages).runningLines).toEqual([]);
  });

  test('On a single page, small print in the margin is a running line; text of the body size is not', () => {
    const small = [segmentOf('Harbour notice 12', 72, 36, { size: 8 }), segmentOf('Page 1 of 1', 72, 762, { size: 8 })];
    const page = pageOf(1, [...small, segmentOf('Notice to all boats', 72, 60), ...body(1)]);
    const result = removeFurniture([page]);
    expect(result.runningLines.map(({ text, position }) => [text, position])).toEqual([
      ['Harbour notice 12', 'head'],
      ['Page 1 of 1', 'foot'],
    ]);
  });

  test('A title that stands as high as the running heads of other pages is not one', () => {
    const title = segmentOf('Lights', 250, 40, { size: 20 });
    const pages = [1, 2, 3, 4].map((n) =>
      pageOf(n, [n === 1 ? title : segmentOf('Harbour lights manual', 72, 40), ...body(n)]),
    );
    expect(removeFurniture(pages).runningLines.map(({ pageNumber }) => pageNumber)).toEqual([2, 3, 4]);
  });
});

describe('A running head of which one half changes', () => {
  const heads = ['SECTION B – Prices | Sol. 12-7', 'Sol. 12-7 | SECTION L – Forms', 'SECTION M – Awards | Sol. 12-7'];

  test('goes where its other half stays, on whichever side it stands', () => {
    const pages = heads.map((head, index) =>
      pageOf(index + 1, [segmentOf(head, index % 2 ? 72 : 300, 40), ...body(index + 1)]),
    );
    expect(removeFurniture(pages).runningLines.map(({ text }) => text)).toEqual(heads);
  });

  test('goes, whatever it says, where small print stands at one place in the margin of most pages', () => {
    const small = ['Lamps', 'Boats', 'Crew', 'Oil'].map((title, index) =>
      pageOf(index + 1, [segmentOf(title, 72 + 20 * index, 40, { size: 8 }), ...body(index + 1)]),
    );
    expect(removeFurniture(small).runningLines.map(({ text }) => text)).toEqual(['Lamps', 'Boats', 'Crew', 'Oil']);
  });

  test('is a heading where no half stays', () => {
    const titles = ['Lamps | North', 'Boats | South', 'Crew | East'];
    const pages = titles.map((title, index) => pageOf(index + 1, [segmentOf(title, 72, 40), ...body(index + 1)]));
    expect(removeFurniture(pages).runningLines).toEqual([]);
  });
});

describe('Lines that come back where most pages hold nothing else', () => {
  const line = (n: number) => segmentOf(`The contractor shall deliver part ${n}.`, 72, 60);
  const textsOf = (pages: ReturnType<typeof pageOf>[]) =>
    removeFurniture(pages).pages.map(({ segments }) => segments.map(({ text }) => text));

  test('are the text of the document', () => {
    const pages = [1, 2, 3, 4, 5].map((n) => pageOf(n, [line(n + 12)]));
    expect(textsOf(pages)).toEqual([1, 2, 3, 4, 5].map((n) => [`The contractor shall deliver part ${n + 12}.`]));
    expect(removeFurniture(pages).runningLines).toEqual([]);
  });

  test('are told from the page numbers and running heads that stand beside them', () => {
    const pages = [1, 2, 3, 4, 5].map((n) =>
      pageOf(n, [segmentOf('Harbour lights manual', 72, 40), line(n + 12), segmentOf(`Page ${n} of 5`, 290, 760)]),
    );
    expect(textsOf(pages)).toEqual([1, 2, 3, 4, 5].map((n) => [`The contractor shall deliver part ${n + 12}.`]));
  });

  test('are running lines of the few pages that are empty but for them', () => {
    const pages = [1, 2, 3, 4, 5, 6].map((n) =>
      pageOf(n, [segmentOf('Harbour lights manual', 72, 40), ...(n === 4 ? [] : body(n))]),
    );
    expect(textsOf(pages)[3]).toEqual([]);
  });

  test('are running lines of scans, whose text is in their pictures', () => {
    const pages = [1, 2, 3, 4].map((n) => ({ ...pageOf(n, [line(n)]), hasImage: true }));
    expect(textsOf(pages)).toEqual([[], [], [], []]);
  });

  test('Numbers of pages that count within their section go, and are the printed numbers', () => {
    const labels = ['C-1', 'C-2', 'C-3', 'L-1', 'L-2', 'L-3'];
    const pages = labels.map((label, index) => pageOf(index + 1, [...body(index + 1), segmentOf(label, 300, 760)]));
    const { runningLines, printedNumbers } = removeFurniture(pages);
    expect(runningLines.map(({ text }) => text)).toEqual(labels);
    expect([...printedNumbers.values()]).toEqual(labels);
  });

  test('A date at the foot of all pages goes', () => {
    const pages = [1, 2, 3, 4].map((n) => pageOf(n, [...body(n), segmentOf('12/15/2025', 72, 760)]));
    expect(removeFurniture(pages).runningLines.map(({ text }) => text)).toEqual(Array(4).fill('12/15/2025'));
  });

  test('The number of a page that was taken out of a longer document goes; a number close below the text stays', () => {
    const numberAt = (y: number) => removeFurniture([pageOf(1, [...body(1), segmentOf('25', 300, y)])]).runningLines;
    expect(numberAt(750).map(({ text }) => text)).toEqual(['25']);
    expect(numberAt(612)).toEqual([]);
  });
});
