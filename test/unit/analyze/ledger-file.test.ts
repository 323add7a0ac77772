import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ledgerFileOf } from '../../../functions/src/analyze/ledger-file.ts';
import { type MergedPackage, mergePackage } from '../../../functions/src/analyze/merge.ts';
import { planRun } from '../../../functions/src/analyze/plan.ts';
import { analyzeWindow } from '../../../functions/src/analyze/window.ts';
import type { PackageContext, Window, WindowResult } from '../../../functions/src/contracts/analysis.ts';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { type LedgerFile, LedgerFileSchema } from '../../../functions/src/contracts/ledger.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { type BlockSpec, buildDocument } from '../../support/build-document.ts';

const KINDS = ['compliance-matrix'] as const;
const LIMITS = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e9 };
const SMALL = { chunkCharacters: 80, windowChunks: 2, overlapChunks: 1 };

interface Read {
  context: PackageContext;
  windows: Window[];
  results: WindowResult[];
}

const read = (documents: readonly Document[], options = {}): Read => {
  const { context, windows } = planRun(documents, KINDS, options);
  const results = windows.flatMap((window) => {
    const document = documents.find(({ documentId }) => documentId === window.documentId);
    return document === undefined ? [] : [analyzeWindow(context, window, document)];
  });
  return { context, windows, results };
};

const write = (documents: readonly Document[], { context, windows, results }: Read) => {
  const merged = mergePackage(context, documents, windows, results);
  return { merged, file: ledgerFileOf(context, merged, (documentId) => `conversion-of-${documentId}`) };
};

const ledgerOf = (...documents: Document[]): LedgerFile => write(documents, read(documents)).file;

const sumOf = ({ parts }: LedgerFile, field: 'inMatrix' | 'excluded' | 'unresolved'): number =>
  parts.reduce((sum, part) => sum + part[field], 0);

/** What a reader of the picture relies on, whatever the package. */
const expectToHold = (file: LedgerFile, { analysis, documents }: MergedPackage): void => {
  expect(LedgerFileSchema.strict().safeParse(file).error).toBeUndefined();
  const coverage = analysis.complianceMatrix?.coverage;
  expect({
    inMatrix: sumOf(file, 'inMatrix'),
    excluded: sumOf(file, 'excluded'),
    unresolved: sumOf(file, 'unresolved'),
  }).toEqual({
    inMatrix: coverage?.inMatrix,
    excluded: coverage?.excluded.length,
    unresolved: coverage?.unresolved.length,
  });
  expect(sumOf(file, 'inMatrix') + file.excluded.length + file.unresolved.length).toBe(coverage?.sentences);
  expect(file.excluded.map(({ reason, part: _, ...source }) => ({ source, reason }))).toEqual(coverage?.excluded);
  expect(file.unresolved.map(({ blockId }) => blockId)).toEqual(coverage?.unresolved.map(({ blockId }) => blockId));
  for (const { documentId, pageNumber, part } of [...file.excluded, ...file.unresolved]) {
    expect(file.parts[part]).toMatchObject({ documentId });
    if (file.parts[part]?.pageNumber !== null) expect(file.parts[part]?.pageNumber).toBe(pageNumber);
  }
  expect(file.documents.map(({ documentId }) => documentId)).toEqual(
    analysis.documents.map(({ documentId }) => documentId),
  );
  for (const { documentId, pageBasis, pages, markdown } of documents) {
    const parts = file.parts.filter((part) => part.documentId === documentId);
    if (pageBasis === 'pdf') expect(parts.map((part) => part.pageNumber)).toEqual(pages.map((page) => page.pageNumber));
    expect(parts[0]?.charStart).toBe(0);
    expect(parts.at(-1)?.charEnd).toBe(markdown.length);
    expect(parts.slice(1).map(({ charStart }) => charStart)).toEqual(parts.slice(0, -1).map(({ charEnd }) => charEnd));
    for (const { charStart, charEnd } of parts) expect(charEnd).toBeGreaterThanOrEqual(charStart);
  }
};

const readFixtures = async (folder: string): Promise<Document[]> => {
  const base = new URL(`../../fixtures/solicitation/${folder}/`, import.meta.url);
  const pdfiumWasm = readFileSync(new URL('../../../node_modules/@hyzyla/pdfium/dist/pdfium.wasm', import.meta.url));
  const converter = createConverter({ pdfiumWasm });
  return Promise.all(
    readdirSync(base)
      .sort()
      .map((fileName) => converter.convert({ bytes: readFileSync(new URL(fileName, base)), fileName }, LIMITS)),
  );
};

const onPage = (pageNumber: number, markdown: string): BlockSpec => ({ kind: 'paragraph', markdown, pageNumber });
const foot = (pageNumber: number, text: string): BlockSpec => ({ kind: 'header_footer', text, pageNumber });

describe.each(['pdf', 'docx', 'markdown'])('The ledger of our solicitation in %s', (folder) => {
  test('counts by part what the coverage counts in all, and has every page of every document', async () => {
    const documents = await readFixtures(folder);
    const { file, merged } = write(documents, read(documents));
    expectToHold(file, merged);
    expect(file.parts.length).toBeGreaterThan(15);
    expect(sumOf(file, 'inMatrix')).toBeGreaterThan(100);
  });

  test('is the same text for the same package, in whatever order documents and results come', async () => {
    const documents = await readFixtures(folder);
    const { file } = write(documents, read(documents));
    const again = (await readFixtures(folder)).reverse();
    const { context, windows, results } = read(again);
    const other = write(again, { context, windows, results: [...results].reverse() });
    expect(JSON.stringify(other.file)).toBe(JSON.stringify(file));
  });

  test('names neither times nor folders', async () => {
    const text = JSON.stringify(ledgerOf(...(await readFixtures(folder))));
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT\d\d:/);
    expect(text).not.toContain(new URL('.', import.meta.url).pathname.slice(0, 12));
  });
});

describe('A page', () => {
  const document: Document = {
    ...buildDocument(
      [
        foot(1, 'Vendors shall not copy page 1.'),
        onPage(1, 'The Contractor shall sweep. The hall is big.'),
        foot(3, 'Vendors shall not copy page 3.'),
        onPage(3, 'The Contractor shall lock the doors.'),
      ],
      { pageBasis: 'pdf', pagesNeedingOcr: [4] },
    ),
  };
  document.pages = [
    { pageNumber: 1, pageLabel: 'iv', source: 'text' },
    { pageNumber: 2, source: 'none' },
    { pageNumber: 3, source: 'text' },
    { pageNumber: 4, source: 'none' },
  ];
  const { file, merged } = write([document], read([document]));

  test('has a part though nothing is on it, or nothing that could be read, and the two are told apart', () => {
    expectToHold(file, merged);
    expect(file.parts.map(({ label, hasText, unread }) => ({ label, hasText, unread }))).toEqual([
      { label: 'iv', hasText: true, unread: false },
      { label: '2', hasText: false, unread: false },
      { label: '3', hasText: true, unread: false },
      { label: '4', hasText: false, unread: true },
    ]);
  });

  test('counts its own running lines: a repetition belongs to the page on which it stands', () => {
    expect(file.parts.map(({ inMatrix, excluded, unresolved }) => [inMatrix, excluded, unresolved])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(file.unresolved).toMatchObject([{ text: 'Vendors shall not copy page 1.', part: 0 }]);
    expect(file.excluded).toContainEqual(expect.objectContaining({ reason: 'duplicate', part: 2 }));
  });

  test('begins where its text does, in the middle of a paragraph too', () => {
    const [first] = document.blocks.filter(({ kind }) => kind === 'paragraph');
    const charStart = document.markdown.indexOf('The hall');
    const blocks = document.blocks.map((block) =>
      block === first ? { ...block, pageBreaks: [{ charStart, pageNumber: 2 }] } : block,
    );
    const broken = ledgerOf({ ...document, blocks });
    expect(broken.parts.map((part) => part.charStart).slice(0, 2)).toEqual([0, charStart]);
    expect(broken.parts[1]).toMatchObject({ excluded: 1, inMatrix: 0 });
  });

  test('whose text comes before that of an earlier page still counts its own, and the ranges follow one another', () => {
    const mixed = buildDocument([onPage(2, 'The Contractor shall sweep.'), onPage(1, 'The hall is big.')], {
      pageBasis: 'pdf',
    });
    const { file: written, merged: all } = write([mixed], read([mixed]));
    expectToHold(written, all);
    expect(written.parts.map(({ inMatrix, excluded }) => [inMatrix, excluded])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const late = buildDocument(
      [onPage(1, 'The Contractor shall sweep.'), onPage(3, 'The hall is big.'), onPage(2, 'It is old.')],
      { pageBasis: 'pdf' },
    );
    const { file: ordered, merged: whole } = write([late], read([late]));
    expectToHold(ordered, whole);
  });

  test('takes the sentences that say no page from where they stand', () => {
    const blocks = document.blocks.map(({ pageNumber: _, ...block }, at) =>
      at === 1 ? { ...block, pageNumber: 1 } : block,
    );
    const unplaced = { ...document, blocks };
    const { file: placed, merged: all } = write([unplaced], read([unplaced]));
    expect(sumOf(placed, 'inMatrix')).toBe(all.analysis.complianceMatrix?.coverage.inMatrix);
  });
});

describe('A document without pages', () => {
  const labelsOf = (specs: BlockSpec[]): string[] => ledgerOf(buildDocument(specs)).parts.map(({ label }) => label);

  test('is shown by its chapters: the uppermost level that has two headings, and the title by itself', () => {
    expect(
      labelsOf(['# Work', '## C.3 Floors', 'The Contractor shall sweep.', '### C.3.1 Wax', 'Text.', '## C.4 Doors']),
    ).toEqual(['Work', 'C.3 Floors', 'C.4 Doors']);
    expect(labelsOf(['# Work', '## C.3 Floors', '# Price', '## B.1 Units'])).toEqual(['Work', 'Price']);
  });

  test('has what stands before its first heading as a part without a name, unless that is a running head alone', () => {
    expect(labelsOf(['Text.', '# Work', '# Price'])).toEqual(['', 'Work', 'Price']);
    const file = ledgerOf(buildDocument([{ kind: 'header_footer', text: 'RFP 26-1' }, '# Work', '# Price']));
    expect(file.parts.map(({ label, excluded }) => [label, excluded])).toEqual([
      ['Work', 2],
      ['Price', 1],
    ]);
  });

  test('has one part when it has no heading, or nothing at all', () => {
    const [plain, empty] = [buildDocument(['The Contractor shall sweep.']), buildDocument([], { fileName: 'a.md' })];
    const { file, merged } = write([plain, empty], read([plain, empty]));
    expectToHold(file, merged);
    const of = ({ documentId }: Document) => file.parts.filter((part) => part.documentId === documentId);
    expect(of(plain)).toMatchObject([{ label: '', pageNumber: null, inMatrix: 1, hasText: true }]);
    expect(of(empty)).toMatchObject([{ label: '', pageNumber: null, inMatrix: 0, hasText: false }]);
  });
});

test('A window that failed leaves the parts in which its sentences stand unread, and no others', () => {
  const document = buildDocument(
    [1, 2, 3, 4, 5, 6].map((page) => onPage(page, `The Contractor shall sweep floor ${page} of the hall every day.`)),
    { pageBasis: 'pdf' },
  );
  const whole = read([document], SMALL);
  const [lost] = whole.windows.filter(({ index }) => index === 1);
  const results = whole.results.filter(({ index }) => index !== 1);
  const { file, merged } = write([document], { ...whole, results });
  expectToHold(file, merged);
  const lacking = file.parts.filter(({ inMatrix }) => inMatrix === 0);
  expect(lacking.length).toBeGreaterThan(0);
  expect(file.parts.filter(({ unread }) => unread)).toEqual(lacking);
  for (const { charStart, charEnd } of lacking) {
    expect(charStart).toBeLessThan(lost?.ownEnd ?? 0);
    expect(charEnd).toBeGreaterThan(lost?.ownStart ?? 0);
  }
});

test('Each document is named with its conversion, in package order.', () => {
  const base = buildDocument(['The Contractor shall sweep.'], { fileName: 'RFP.md' });
  const attachment = buildDocument(['The Contractor shall sweep.'], { fileName: 'Attachment 1 SOW.md' });
  expect(ledgerOf(attachment, base).documents).toEqual(
    [base, attachment].map(({ documentId, fileName }) => ({
      documentId,
      conversionId: `conversion-of-${documentId}`,
      fileName,
      pageBasis: 'none',
      pages: 0,
    })),
  );
});
