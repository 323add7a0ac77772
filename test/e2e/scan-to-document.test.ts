import { readFileSync } from 'node:fs';
import { credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDocumentAiOcr } from '../../functions/src/adapters/document-ai.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import { DocumentSchema } from '../../functions/src/contracts/document.ts';
import type { OcrPage } from '../../functions/src/contracts/ocr.ts';
import { type ConverterPool, createConverterPool } from '../../functions/src/sandbox/pool.ts';
import { createDocumentAi, type DocumentAi } from '../../scripts/local-cloud/document-ai/index.ts';
import { renderPages, toImageOnlyPdf, toTiff } from '../support/image-only-pdf.ts';
import { makePdf } from '../support/make-pdf.ts';

process.env.METADATA_SERVER_DETECTION = 'none';

const DPI = 200;
const limits = { pdfBytes: 1e8, officeBytes: 1, textBytes: 1, otherBytes: 1e8, unpackedBytes: 1 };

let pool: ConverterPool;
let service: DocumentAi;

beforeAll(async () => {
  pool = createConverterPool({ size: 1, timeoutSeconds: 60, memoryMb: 512, limits });
  const processors = [{ location: 'us', processorId: 'ocr1', kind: 'ocr' as const }];
  service = await createDocumentAi({ projectId: 'demo-test', location: 'us', processors });
});

afterAll(async () => {
  await Promise.all([pool.close(), service.close()]);
});

/** The pages that wait for it, `pagesACall` at a time, the last of them first. */
const recognise = async (
  bytes: Uint8Array,
  { fileName, pagesNeedingOcr }: Document,
  pagesACall: number,
): Promise<OcrPage[]> => {
  const ocr = createDocumentAiOcr({
    projectId: 'demo-test',
    location: 'us',
    processorId: 'ocr1',
    timeoutSeconds: 60,
    connection: async () => ({
      apiEndpoint: '127.0.0.1',
      port: service.port,
      sslCreds: credentials.createInsecure(),
    }),
  });
  const pages: OcrPage[] = [];
  for (let end = pagesNeedingOcr.length; end > 0; end -= pagesACall) {
    const pageNumbers = pagesNeedingOcr.slice(Math.max(0, end - pagesACall), end);
    const extract = await pool.extractPages({ bytes, fileName, pageNumbers });
    pages.push(...(await ocr.recognise({ ...extract, pageNumbers })));
  }
  return pages;
};

const readScan = async (bytes: Uint8Array, fileName: string, pagesACall: number): Promise<Document> => {
  const ocrPages = await recognise(bytes, await pool.convert({ bytes, fileName }), pagesACall);
  const document = await pool.convert({ bytes, fileName, ocrPages });
  expect(DocumentSchema.parse(document)).toEqual(document);
  expect(await pool.convert({ bytes, fileName, ocrPages: ocrPages.toReversed() })).toEqual(document);
  return document;
};

const wordsOf = ({ blocks }: Document, page: number): string[] =>
  blocks
    .filter(({ pageNumber, kind }) => pageNumber === page && kind !== 'header_footer')
    .flatMap(({ text }) => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []);

/** Share of the words that come back. */
const recall = (expected: readonly string[], found: readonly string[]): number => {
  const left = [...found];
  const met = expected.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return met.length / expected.length;
};

const SOLICITATION = ['04-amendment-0001', '02-attachment-1-surveillance-plan', '03-attachment-2-price-schedule'].map(
  (name) => readFileSync(new URL(`../fixtures/solicitation/pdf/${name}.pdf`, import.meta.url)),
);

test('A scan goes out in parts and comes back as one document: every page in its place, with its words', async () => {
  const images = await Promise.all(SOLICITATION.map(async (pdf) => renderPages(pdf, DPI)));
  const document = await readScan(toImageOnlyPdf(images.flat(), DPI), 'scan.pdf', 2);
  expect(document.pages.map(({ source, widthPt, heightPt }) => [source, widthPt, heightPt])).toEqual(
    SOLICITATION.map(() => ['ocr', 612, 792]),
  );
  expect(document.pagesNeedingOcr).toEqual([]);
  expect(document.messages.map(({ code }) => code)).not.toContain('PAGE_NEEDS_OCR');
  for (const [index, bytes] of SOLICITATION.entries()) {
    const written = wordsOf(await pool.convert({ bytes, fileName: 'written.pdf' }), 1);
    expect(written.length).toBeGreaterThan(100);
    expect(recall(written, wordsOf(document, index + 1))).toBeGreaterThan(0.95);
  }
  const numbers = document.blocks.flatMap(({ pageNumber }) => pageNumber ?? []);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

test('The pages of a TIFF are read one by one, each in its place', async () => {
  const slip = (text: string) => ({ widthPt: 300, heightPt: 60, texts: [{ text, x: 20, y: 35, size: 14 }] });
  const slips = makePdf([slip('Due on March 17.'), slip('Bring the lamp.'), slip('Leave by noon.')]);
  const document = await readScan(toTiff(await renderPages(slips, DPI)), 'slips.tif', 1);
  expect(document.blocks.map(({ pageNumber, text }) => `${pageNumber} ${text}`)).toEqual([
    '1 Due on March 17.',
    '2 Bring the lamp.',
    '3 Leave by noon.',
  ]);
  expect(document.pages[2]).toMatchObject({ widthPt: 299.88, heightPt: 60.12, source: 'ocr' });
});
