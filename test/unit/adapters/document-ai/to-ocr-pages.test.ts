import type { protos } from '@google-cloud/documentai';
import { expect, test } from '@jest/globals';
import { toOcrPages } from '../../../../functions/src/adapters/document-ai/to-ocr-pages.ts';

type IDocument = protos.google.cloud.documentai.v1.IDocument;
type ILayout = protos.google.cloud.documentai.v1.Document.Page.ILayout;

const bytes = new Uint8Array([1]);
const requestFor = (...pageNumbers: number[]) => ({ bytes, mediaType: 'application/pdf', pageNumbers }) as const;

/** A layout over the first standing of `piece` in `text`, counted in code points; indexes as the wire gives them. */
const over = (text: string, piece: string, top = 0.1): ILayout => {
  const start = Array.from(text.slice(0, text.indexOf(piece))).length;
  const end = start + Array.from(piece).length;
  const corners = [
    { x: 0.1, y: top },
    { x: 0.5, y: top },
    { x: 0.5, y: top + 0.02 },
    { x: 0.1, y: top + 0.02 },
  ];
  return {
    textAnchor: {
      textSegments: [start === 0 ? { endIndex: String(end) } : { startIndex: String(start), endIndex: String(end) }],
    },
    boundingPoly: { normalizedVertices: corners },
    confidence: 0.9,
  };
};

const letter = { width: 1700, height: 2200, unit: 'pixels' };

test('Lines go to the paragraph that holds them, with numbers that came as strings and boxes in points', () => {
  const text = 'First line\nsecond line\nAnother paragraph\n';
  const document: IDocument = {
    text,
    pages: [
      {
        pageNumber: 1,
        dimension: letter,
        paragraphs: [
          { layout: over(text, 'First line\nsecond line\n') },
          { layout: over(text, 'Another paragraph\n', 0.3) },
        ],
        lines: ['First line\n', 'second line\n', 'Another paragraph\n'].map((piece) => ({ layout: over(text, piece) })),
        detectedLanguages: [
          { languageCode: 'fr', confidence: 0.1 },
          { languageCode: 'en', confidence: 0.9 },
        ],
      },
    ],
  };
  const [page] = toOcrPages(document, requestFor(7));
  expect(page?.pageNumber).toBe(7);
  expect(page?.paragraphs.map(({ lines }) => lines.map((line) => line.text))).toEqual([
    ['First line', 'second line'],
    ['Another paragraph'],
  ]);
  expect(page?.paragraphs[0]?.lines[0]?.bbox).toEqual({ x: 61.2, y: 79.2, width: 244.8, height: 15.84 });
  expect(page?.language).toBe('en');
});

test('Characters of two UTF-16 units do not shift what comes after them', () => {
  const text = '𝒜 sign 🏛\nPlain\n';
  const lines = ['𝒜 sign 🏛\n', 'Plain\n'].map((piece) => ({ layout: over(text, piece) }));
  const [page] = toOcrPages({ text, pages: [{ pageNumber: 1, dimension: letter, lines }] }, requestFor(1));
  expect(page?.paragraphs.flatMap((paragraph) => paragraph.lines.map((line) => line.text))).toEqual([
    '𝒜 sign 🏛',
    'Plain',
  ]);
});

test('The text of a table stands in its cells and not a second time among the paragraphs', () => {
  const text = 'Above\nNo\nItem\n1\nLamp\n';
  const cell = (piece: string) => ({ layout: over(text, piece), rowSpan: 1, colSpan: piece === 'Lamp\n' ? 2 : 0 });
  const document: IDocument = {
    text,
    pages: [
      {
        pageNumber: 1,
        dimension: letter,
        paragraphs: ['Above\n', 'No\nItem\n1\nLamp\n'].map((piece) => ({ layout: over(text, piece) })),
        lines: ['Above\n', 'No\n', 'Item\n', '1\n', 'Lamp\n'].map((piece) => ({ layout: over(text, piece) })),
        tables: [
          {
            layout: over(text, 'No\nItem\n1\nLamp\n', 0.4),
            headerRows: [{ cells: ['No\n', 'Item\n'].map(cell) }],
            bodyRows: [{ cells: ['1\n', 'Lamp\n'].map(cell) }],
          },
        ],
      },
    ],
  };
  const [page] = toOcrPages(document, requestFor(1));
  expect(page?.paragraphs.flatMap(({ lines }) => lines.map((line) => line.text))).toEqual(['Above']);
  expect(page?.tables[0]?.rows).toEqual([
    { isHeader: true, cells: ['No', 'Item'].map((cellText) => ({ text: cellText, rowSpan: 1, columnSpan: 1 })) },
    {
      isHeader: false,
      cells: [
        { text: '1', rowSpan: 1, columnSpan: 1 },
        { text: 'Lamp', rowSpan: 1, columnSpan: 2 },
      ],
    },
  ]);
});

test('Sizes that are known are kept, and other units than pixels are understood', () => {
  const pages = [
    { pageNumber: 1, dimension: { width: 1758, height: 2275, unit: 'pixels' } },
    { pageNumber: 2, dimension: { width: 8.5, height: 11, unit: 'inches' } },
  ];
  const known = toOcrPages(
    { pages },
    { ...requestFor(3, 4), pageSizes: Array(2).fill({ widthPt: 612, heightPt: 792 }) },
  );
  expect(known.map(({ widthPt, heightPt }) => [widthPt, heightPt])).toEqual([
    [612, 792],
    [612, 792],
  ]);
  expect(toOcrPages({ pages }, requestFor(3, 4)).map(({ widthPt }) => widthPt)).toEqual([632.88, 612]);
});

test('Pages are named by their own numbers, and an answer with one page twice is not taken', () => {
  const answer = (...numbers: number[]): IDocument => ({
    pages: numbers.map((pageNumber) => ({ pageNumber, dimension: letter })),
  });
  expect(toOcrPages(answer(2, 1), requestFor(20, 30)).map(({ pageNumber }) => pageNumber)).toEqual([30, 20]);
  expect(toOcrPages(answer(0, 0), requestFor(20, 30)).map(({ pageNumber }) => pageNumber)).toEqual([20, 30]);
  expect(() => toOcrPages(answer(1, 1), requestFor(20, 30))).toThrow(/wrong page numbers/);
  expect(() => toOcrPages(answer(1, 3), requestFor(20, 30))).toThrow(/wrong page numbers/);
  expect(() => toOcrPages({}, requestFor(20))).toThrow(/1 pages were sent and 0 came back/);
});
