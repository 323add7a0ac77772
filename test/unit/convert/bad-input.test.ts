/** Files that would hurt: each of them costs one refusal that says what to do, or is read without harm. As the product reads them, in processes with limits. */
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { createConverterPool } from '../../../functions/src/sandbox/pool.ts';
import {
  docxNamedPdf,
  emptyFile,
  encryptedPdf,
  pdfNamedDocx,
  truncatedDocx,
  truncatedPdf,
  zipBombDocx,
} from '../../support/broken-files.ts';
import * as hostile from '../../support/hostile-files.ts';
import { makePdf } from '../../support/make-pdf.ts';
import { openPdf, pdfBytes } from '../../support/pdfkit.ts';
import { buildDocx, paragraph } from './docx/build-docx.ts';

jest.setTimeout(180_000);

const MEGABYTE = 1_048_576;
const limits = {
  pdfBytes: 25 * MEGABYTE,
  officeBytes: 20 * MEGABYTE,
  textBytes: 5 * MEGABYTE,
  otherBytes: 10 * MEGABYTE,
  unpackedBytes: 300 * MEGABYTE,
};
const pool = createConverterPool({ size: 1, timeoutSeconds: 60, memoryMb: 512, limits });
afterAll(() => pool.close());

const read = (bytes: Uint8Array, fileName: string): Promise<Document> => pool.convert({ bytes, fileName });
const refusal = async (bytes: Uint8Array, fileName: string): Promise<AppError> => {
  try {
    await read(bytes, fileName);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`${fileName} was read`);
};
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe('a file that cannot be read', () => {
  test.each([
    ['empty', () => emptyFile()],
    ['a PDF cut short', truncatedPdf],
    ['a DOCX cut short', truncatedDocx],
    ['a PDF with a password to open it', encryptedPdf],
    ['a PDF named .docx', pdfNamedDocx],
    ['a DOCX named .pdf', docxNamedPdf],
    ['a ZIP bomb', zipBombDocx],
  ])('is refused with its reason and what to do: %s', async (_, make) => {
    const { fileName, bytes, expectedReason } = await make();
    const error = await refusal(bytes, fileName);
    expect(error.reason).toBe(expectedReason);
    expect(error.publicMessage).toContain(fileName);
  });

  test('is a PDF without pages', async () => {
    const error = await refusal(hostile.noPagesPdf(), 'none.pdf');
    expect(error.reason).toMatch(/^FILE_(?:EMPTY|DAMAGED)$/);
  });

  test.each([
    ['content', hostile.contentBombPdf],
    ['an object stream', hostile.objectStreamBombPdf],
  ])('is a PDF of 1 MB in which %s inflates to 1 GB: one refusal, and the next file is read', async (_, make) => {
    const bytes = make(1024 * MEGABYTE);
    expect(bytes.length).toBeLessThan(3 * MEGABYTE);
    const outcome = await read(bytes, 'bomb.pdf').then(
      ({ markdown }) => markdown,
      (error: AppError) => error.reason,
    );
    expect(['', 'CONVERSION_OUT_OF_MEMORY', 'FILE_DAMAGED', 'CONVERSION_TIMEOUT']).toContain(outcome);
    expect((await read(text('after'), 'after.txt')).markdown).toContain('after');
  });
});

describe('a file that is hard to read', () => {
  test('with a password for its owner alone is read', async () => {
    const created = new Date('2026-01-15T09:00:00Z');
    const info = { Title: 'Notice', Author: 'Office', CreationDate: created, ModDate: created };
    const options = { size: 'LETTER', margin: 72, autoFirstPage: true, compress: false, info } as const;
    const document = openPdf({ ...options, ownerPassword: 'office' });
    document.font('Helvetica').fontSize(11).text('The Contractor shall deliver.', 72, 72);
    expect((await read(await pdfBytes(document), 'owner.pdf')).markdown).toContain('The Contractor shall deliver.');
  });

  test('of 5,000 pages is read to its last page', async () => {
    const pages = Array.from({ length: 5000 }, (_, index) => ({
      texts: [{ text: `The contractor shall deliver part ${index + 1}.`, x: 72, y: 400 }],
    }));
    const document = await read(makePdf(pages), 'long.pdf');
    expect(document.pages).toHaveLength(5000);
    expect(document.markdown).toContain('part 5000.');
  });

  test('with a page of 200,000 letters is read', async () => {
    const document = await read(hostile.crowdedPagePdf(200_000), 'crowded.pdf');
    expect(document.markdown).toContain('word');
  });

  test('with a page tree that goes round in a circle, or very deep, ends in good order', async () => {
    for (const bytes of [hostile.cyclicPagesPdf(), hostile.deepPagesPdf(20_000)]) {
      const outcome = await read(bytes, 'tree.pdf').then(
        () => 'read',
        (error: AppError) => error.reason,
      );
      expect(['read', 'FILE_DAMAGED', 'FILE_EMPTY']).toContain(outcome);
    }
  });

  test('whose font does not say what its letters are, says so and counts them', async () => {
    const { messages, quality, pagesNeedingOcr } = await read(hostile.unmappedFontPdf(), 'nameless.pdf');
    const said = messages.map(({ code }) => code);
    expect(said).toEqual(expect.arrayContaining(['CHARACTERS_UNREADABLE', 'TEXT_LAYER_UNTRUSTED']));
    expect(quality.unreadableCharacters).toBe(5);
    expect(pagesNeedingOcr).toEqual([1]);
  });

  test.each([
    ['DOCX', () => hostile.deepDocx(5000), 'deep.docx', 'innermost'],
    ['HTML', () => text(`${'<div><ul><li>'.repeat(20_000)}innermost`), 'deep.html', 'innermost'],
    ['Markdown', () => text(`${'> '.repeat(50_000)}innermost`), 'deep.md', 'innermost'],
    ['text', () => text(`${' '.repeat(100_000)}innermost`), 'deep.txt', 'innermost'],
  ])('nested thousands of levels deep keeps its text or is refused in good order: %s', async (_, make, name, word) => {
    const outcome = await read(make(), name).then(
      ({ markdown }) => markdown,
      (error: AppError) => error.reason,
    );
    expect(outcome.includes(word) || outcome === 'FILE_DAMAGED').toBe(true);
  });
});

describe('an XML part with entities of its own', () => {
  test('never grows: ten to the twelfth words are refused or left out', async () => {
    const outcome = await read(hostile.entityBombDocx(), 'entities.docx').then(
      ({ markdown }) => markdown.length,
      (error: AppError) => error.reason,
    );
    expect(typeof outcome === 'number' ? outcome < 1000 : outcome === 'FILE_DAMAGED').toBe(true);
  });

  test('never reads a file of the host', async () => {
    const outcome = await read(hostile.externalEntityDocx(), 'external.docx').then(
      ({ markdown }) => markdown,
      (error: AppError) => error.reason,
    );
    expect(outcome).not.toMatch(/root:|\/bin\//);
  });
});

test('Macros are never run, and the report says that they are there', async () => {
  const bytes = buildDocx({ body: paragraph('Terms'), more: { 'word/vbaProject.bin': 'Sub AutoOpen' } });
  const { safety, markdown } = await read(bytes, 'macros.docm');
  expect(safety.map(({ code }) => code)).toContain('MACROS');
  expect(markdown).not.toContain('AutoOpen');
});

test('An archive that names files outside of itself is only listed, under plain names', async () => {
  const bytes = zipSync({
    '../../etc/passwd.txt': strToU8('x'),
    '/abs.txt': strToU8('y'),
    'C:\\a\\b.txt': strToU8('z'),
  });
  const files = await pool.unpack({ bytes, fileName: 'package.zip' });
  for (const { fileName } of files) expect(fileName).not.toMatch(/\.\.|^\/|^[A-Za-z]:|\\/);
});
