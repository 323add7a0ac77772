import { expect, test } from '@jest/globals';
import { DocumentSchema } from '../../../functions/src/contracts/document.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { buildDocx, paragraph } from './docx/build-docx.ts';
import { buildXlsx } from './xlsx/build-xlsx.ts';

const limits = { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 20, otherBytes: 1e6, unpackedBytes: 1e8 };
const convert = (content: string | Uint8Array, fileName: string) =>
  createConverter({ pdfiumWasm: new Uint8Array() }).convert(
    { bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content, fileName },
    limits,
  );

test.each([
  ['a.md', 'Hello', 'text/markdown'],
  ['a.txt', 'Hello', 'text/plain'],
  ['a.html', '<p>Hello', 'text/html'],
  ['a.csv', 'Hello', 'text/csv'],
  [
    'a.docx',
    buildDocx({ body: paragraph('Hello') }),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  [
    'a.xlsx',
    buildXlsx({ sheets: [{ rows: [['Hello']] }] }),
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
] as const)('%s becomes a valid Document, the same each time', async (fileName, content, mediaType) => {
  const document = await convert(content, fileName);
  expect(DocumentSchema.parse(document)).toEqual(document);
  expect(document).toMatchObject({ fileName, mediaType, pageBasis: 'none', pages: [] });
  expect(document.markdown).toContain('Hello');
  expect(document.quality.characters).toBe(document.markdown.length);
  expect(await convert(content, fileName)).toEqual(document);
});

test('The document id is the start of the SHA-256 of the bytes', async () => {
  expect((await convert('abc', 'a.txt')).documentId).toBe('ba7816bf8f01cfea');
});

test('A file over its limit is refused before it is read', async () => {
  await expect(convert('x'.repeat(21), 'a.txt')).rejects.toMatchObject({ reason: 'FILE_TOO_LARGE' });
});

test('Characters that could not be decoded are counted', async () => {
  expect((await convert('a\ufffdb', 'a.txt')).quality.unreadableCharacters).toBe(1);
});

test('A file without any text says so', async () => {
  const { messages } = await convert('<p></p>', 'a.html');
  expect(messages.map(({ level, code }) => [level, code])).toEqual([['warning', 'NO_TEXT']]);
  expect((await convert('<p>x', 'a.html')).messages).toEqual([]);
});
