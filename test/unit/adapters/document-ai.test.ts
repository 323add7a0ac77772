import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Nodes } from 'mdast';
import { createDocumentAiOcr } from '../../../functions/src/adapters/document-ai.ts';
import { createGrpcConnection } from '../../../functions/src/adapters/grpc-connection.ts';
import { fromDocumentAi } from '../../../functions/src/convert/from-document-ai.ts';
import { AppError } from '../../../functions/src/errors.ts';
import type { Ocr } from '../../../functions/src/ports.ts';
import { createDocumentAi, type DocumentAi } from '../../../scripts/local-cloud/document-ai/index.ts';
import { blankPage, renderPages, toImageOnlyPdf, toPng } from '../../support/image-only-pdf.ts';
import { makePdf } from '../../support/make-pdf.ts';
import { outlineOf, readPdf, textOf } from '../../support/read-pdf.ts';

process.env.METADATA_SERVER_DETECTION = 'none';

const PROJECT = 'demo-test';
const DPI = 200;
const SLIP = makePdf([{ widthPt: 200, heightPt: 60, texts: [{ text: 'Due on March 17', x: 20, y: 30 }] }]);

let service: DocumentAi;
let ocr: Ocr;

const adapterFor = (processorId: string, timeoutSeconds = 30): Ocr =>
  createDocumentAiOcr({
    projectId: PROJECT,
    location: 'us',
    processorId,
    timeoutSeconds,
    connection: createGrpcConnection(`127.0.0.1:${service.port}`),
  });

beforeAll(async () => {
  service = await createDocumentAi({
    projectId: PROJECT,
    location: 'us',
    processors: [{ location: 'us', processorId: 'ocr1', kind: 'ocr' }],
  });
  ocr = adapterFor('ocr1');
});

afterAll(() => service.close());

const failureOf = async (recognising: Promise<unknown>): Promise<AppError> => {
  const thrown = await recognising.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AppError) return thrown;
  throw new Error(`not refused as an AppError: ${String(thrown)}`);
};

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every leaf's text, cells too, apart from each other. */
const leavesOf = (node: Nodes): string[] =>
  'children' in node && node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell'
    ? node.children.flatMap(leavesOf)
    : [textOf(node)];

/** How many words of one text come back in the other in the same order: the longest common subsequence. */
const inOrder = (expected: readonly string[], found: readonly string[]): number => {
  let above = new Array<number>(found.length + 1).fill(0);
  for (const word of expected) {
    const row = [0];
    for (const [at, other] of found.entries())
      row.push(word === other ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0));
    above = row;
  }
  return above.at(-1) ?? 0;
};

describe('A scan on its whole way', () => {
  test('The words of a scanned amendment come back in order, on their pages, as headings, clauses, items and tables', async () => {
    const pdf = readFileSync(new URL('../../fixtures/solicitation/pdf/04-amendment-0001.pdf', import.meta.url));
    const images = [blankPage(DPI), ...(await renderPages(pdf, DPI))];
    const scan = toImageOnlyPdf(images, DPI);
    expect((await readPdf(scan)).pagesNeedingOcr).toEqual([1, 2]);

    const pages = await ocr.recognise({ bytes: scan, mediaType: 'application/pdf', pageNumbers: [4, 9] });
    expect(pages.map(({ pageNumber }) => pageNumber)).toEqual([4, 9]);
    expect([pages[1]?.widthPt, pages[1]?.heightPt]).toEqual([612, 792]);
    const tree = fromDocumentAi(pages);

    const expected = wordsOf(leavesOf((await readPdf(pdf)).root).join(' '));
    const found = wordsOf(leavesOf(tree.root).join(' '));
    expect(expected.length).toBeGreaterThan(200);
    expect(inOrder(expected, found) / expected.length).toBeGreaterThanOrEqual(0.95);
    expect(found.length).toBeLessThan(expected.length * 1.05);

    expect(tree.pages.map(({ pageNumber, source }) => `${pageNumber} ${source}`)).toEqual(['4 none', '9 ocr']);
    expect(tree.messages.map(({ code, pageNumber }) => `${code} ${pageNumber}`)).toEqual(['PAGE_BLANK 4']);
    expect(tree.root.children.every(({ data, type }) => type === 'list' || data?.provenance?.pageNumber === 9)).toBe(
      true,
    );
    const outline = outlineOf(tree.root);
    expect(outline[0]).toBe('h1 Amendment of Solicitation');
    expect(outline).toContain('| 2 | Amendment number | 0001 |');
    expect(outline.find((line) => line.startsWith('(a)'))).toMatch(
      /^\(a\) by entering its number and date in Block 14/,
    );
    expect(tree.runningLines.map(({ position }) => position)).toEqual(['head', 'foot']);
  });

  test('A photo is read too, and boxes stand where the words are, in points', async () => {
    const [image] = await renderPages(SLIP, DPI);
    if (!image) throw new Error('nothing was drawn');
    const [page] = await ocr.recognise({ bytes: toPng(image), mediaType: 'image/png', pageNumbers: [1] });
    const line = page?.paragraphs[0]?.lines[0];
    expect(line?.text).toBe('Due on March 17');
    expect(line?.bbox.x).toBeCloseTo(20, -0.5);
    expect((line?.bbox.y ?? 0) + (line?.bbox.height ?? 0)).toBeCloseTo(30, -0.5);
    expect(page?.language).toBe('en');
  });
});

describe('What goes wrong', () => {
  const request = { bytes: SLIP, mediaType: 'application/pdf', pageNumbers: [1] } as const;

  test.each(['RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED', 'INTERNAL'] as const)(
    'After %s the pages can be sent again later, and the adapter does not do so by itself',
    async (status) => {
      const before = service.callCount();
      service.faults.failNext(1, status);
      const error = await failureOf(ocr.recognise(request));
      expect([error.reason, error.retry]).toEqual(['OCR_OVERLOADED', 'later']);
      expect(service.callCount() - before).toBe(1);
    },
  );

  test('A service that does not answer in time is overloaded', async () => {
    service.faults.delayNext(1, 600);
    const error = await failureOf(adapterFor('ocr1', 0.2).recognise(request));
    expect(error.reason).toBe('OCR_OVERLOADED');
  });

  test('A file that the service refuses is reported once and for all, in our words', async () => {
    const error = await failureOf(ocr.recognise({ ...request, bytes: Buffer.from('%PDF-1.7\nno pages here') }));
    expect([error.reason, error.retry]).toEqual(['OCR_FAILED', 'never']);
    expect(error.publicMessage).toBe(
      'Text recognition cannot read these pages: the file is damaged, protected, or of a kind that is not read.',
    );
  });

  test('A processor that does not exist is a wrong setting, not a bad file', async () => {
    const error = await failureOf(adapterFor('gone').recognise(request));
    expect(error.publicMessage).toMatch(/processor in the settings does not exist/);
  });

  test('Sixteen pages, none at all, an empty file and one of over 40 MB are refused before anything is sent', async () => {
    const before = service.callCount();
    const sixteen = Array.from({ length: 16 }, (_, index) => index + 1);
    const refused = [
      { ...request, pageNumbers: sixteen },
      { ...request, pageNumbers: [] },
      { ...request, bytes: new Uint8Array() },
      { ...request, bytes: new Uint8Array(40 * 1024 * 1024 + 1) },
    ];
    for (const one of refused) expect((await failureOf(ocr.recognise(one))).reason).toBe('OCR_FAILED');
    expect(service.callCount()).toBe(before);
    expect(ocr.maxPages).toBe(15);
  });

  test('An answer with another number of pages than were named is not taken', async () => {
    const error = await failureOf(ocr.recognise({ ...request, pageNumbers: [5, 6] }));
    expect(error.publicMessage).toMatch(/2 pages were sent and 1 came back/);
  });
});
