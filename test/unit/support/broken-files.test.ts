import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import {
  docxNamedPdf,
  emptyFile,
  encryptedPdf,
  overLimitPdf,
  overLimitText,
  pdfNamedDocx,
  truncatedDocx,
  truncatedPdf,
  zipBombDocx,
} from '../../support/broken-files.ts';

const MIB = 1024 * 1024;
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

test('The zip bomb is small, opens, and unpacks to at least the size asked for', () => {
  const { bytes } = zipBombDocx(8 * MIB);
  const document = unzipSync(bytes)['word/document.xml'];
  expect(bytes.length).toBeLessThan(MIB / 50);
  expect(document?.length).toBeGreaterThanOrEqual(8 * MIB);
  expect(latin1(document?.slice(-20) ?? new Uint8Array())).toContain('</w:document>');
});

test('The protected PDF says that it is encrypted and shows none of its text', async () => {
  const text = latin1((await encryptedPdf()).bytes);
  expect(text).toContain('/Encrypt');
  expect(text).not.toContain('notice');
});

test('Files cut short have lost their directory, and whole ones have not', async () => {
  expect(latin1((await truncatedPdf()).bytes)).not.toContain('trailer');
  expect(() => unzipSync(truncatedDocx().bytes)).toThrow();
  expect(Object.keys(unzipSync(docxNamedPdf().bytes))).toContain('word/document.xml');
});

test('The PDF over the limit is one byte over it and still a PDF', async () => {
  const { bytes } = await overLimitPdf(100_000);
  expect(bytes.length).toBe(100_001);
  expect(latin1(bytes.slice(0, 5))).toBe('%PDF-');
});

test('A wrongly named file is whole under its own format, and an empty one has no bytes', async () => {
  expect(latin1((await pdfNamedDocx()).bytes).trimEnd()).toMatch(/^%PDF-.*%%EOF$/s);
  expect(emptyFile('docx')).toEqual({ fileName: 'empty.docx', bytes: new Uint8Array(0), expectedReason: 'FILE_EMPTY' });
  expect(overLimitText(1000).bytes.length).toBe(1001);
});
