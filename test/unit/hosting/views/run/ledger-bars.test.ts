import { describe, expect, test } from '@jest/globals';
import type { LedgerFile, LedgerPart } from '../../../../../functions/src/contracts/ledger.ts';
import {
  barsOfOne,
  describeBar,
  ledgerRows,
  MOST_BARS,
  MOST_BARS_OF_ONE,
} from '../../../../../hosting/src/views/run/ledger-bars.ts';

const partOf = (documentId: string, pageNumber: number | null, more: Partial<LedgerPart> = {}): LedgerPart => ({
  documentId,
  pageNumber,
  label: String(pageNumber),
  charStart: 0,
  charEnd: 0,
  inMatrix: 3,
  excluded: 2,
  unresolved: 1,
  hasText: true,
  unread: false,
  ...more,
});
const fileOf = (pages: Readonly<Record<string, number>>): LedgerFile => ({
  documents: Object.entries(pages).map(([documentId, count]) => ({
    documentId,
    conversionId: `conversion-${documentId}`,
    fileName: `${documentId}.pdf`,
    pageBasis: 'pdf',
    pages: count,
  })),
  parts: Object.entries(pages).flatMap(([documentId, count]) =>
    Array.from({ length: count }, (_, at) => partOf(documentId, at + 1)),
  ),
  excluded: [],
  unresolved: [],
});

describe('ledgerRows', () => {
  test('a short document has a bar for each page', () => {
    const [row] = ledgerRows(fileOf({ a: 4 }));
    expect(row).toMatchObject({ parts: 4, perBar: 1, sentences: 24 });
    expect(row?.bars.map(({ first, last, name }) => [first, last, name])).toEqual([
      [0, 0, 'Page 1'],
      [1, 1, 'Page 2'],
      [2, 2, 'Page 3'],
      [3, 3, 'Page 4'],
    ]);
  });

  test('neighbours of 900 pages stand together, and no sentence is lost by it', () => {
    const [short, long] = ledgerRows(fileOf({ a: 13, b: 900 }));
    expect(short?.bars).toHaveLength(13);
    expect(long?.bars).toHaveLength(MOST_BARS_OF_ONE);
    expect(long?.sentences).toBe(900 * 6);
    expect(long?.bars[0]).toMatchObject({ first: 13, last: 15, name: 'Pages 1 to 3', inMatrix: 9 });
    expect(long?.bars.at(-1)).toMatchObject({ last: 912 });
  });

  test('the whole picture keeps within its number of bars, however many long documents there are', () => {
    const rows = ledgerRows(fileOf(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`d${at}`, 450]))));
    expect(rows.reduce((sum, { bars }) => sum + bars.length, 0)).toBeLessThanOrEqual(MOST_BARS);
    expect(rows.every(({ sentences }) => sentences === 450 * 6)).toBe(true);
  });

  test('a document without a part has a row and no bars', () => {
    expect(ledgerRows({ ...fileOf({ a: 1 }), parts: [] })).toMatchObject([{ parts: 0, bars: [] }]);
  });
});

test('documents of one page each keep a bar each, also when they are more than the picture takes', () => {
  expect(barsOfOne(Array.from({ length: 900 }, () => 1))).toBe(1);
  expect(barsOfOne([])).toBe(MOST_BARS_OF_ONE);
});

describe('describeBar', () => {
  const told = (part: LedgerPart) =>
    ledgerRows({ ...fileOf({ a: 1 }), parts: [part] }).flatMap(({ bars }) => bars.map(describeBar));

  test('says the page as it is printed and where its sentences went', () => {
    expect(told(partOf('a', 12, { label: 'C-3', inMatrix: 14, excluded: 6, unresolved: 1 }))).toEqual([
      'Page C-3: 14 in the matrix, 6 excluded, 1 unresolved',
    ]);
  });

  test('says that a page has no text, and that it was not read', () => {
    const empty = { inMatrix: 0, excluded: 0, unresolved: 0, hasText: false };
    expect(told(partOf('a', 2, empty))).toEqual(['Page 2: no text']);
    expect(told(partOf('a', 2, { ...empty, unread: true }))).toEqual(['Page 2: no text, not read in full']);
  });

  test('of a document without pages it says the heading', () => {
    expect(told(partOf('a', null, { label: 'C.1 Scope' }))[0]).toMatch(/^C\.1 Scope: 3 in the matrix/);
    expect(told(partOf('a', null, { label: '' }))[0]).toMatch(/^Before the first heading: /);
  });
});
