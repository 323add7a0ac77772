import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { checkSize, detectFormat } from '../../../functions/src/convert/detect-format.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { buildDocx, paragraph } from './docx/build-docx.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const errorOf = (action: () => unknown): AppError => {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing thrown');
};
const docx = buildDocx({ body: paragraph('x') });
const pdf = bytes('%PDF-1.7\n%\u00e2\u00e3');
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));
const xlsx = zip('xl/workbook.xml', '[Content_Types].xml');
const ole2 = (entry: string) => bytes(`\u0000${entry.split('').join('\0')}`);
const withMagic = (rest: Uint8Array) => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...rest]);

describe('the format', () => {
  test.each([
    [pdf, 'a.pdf', 'pdf'],
    [pdf, 'no extension', 'pdf'],
    [bytes('junk\u0001\u0002\u0003\n%PDF-1.4'), 'a.pdf', 'pdf'],
    [docx, 'a.docx', 'docx'],
    [docx, 'a.doc', 'docx'],
    [xlsx, 'a.xlsx', 'xlsx'],
    [xlsx, 'macros.xlsm', 'xlsx'],
    [bytes('# Title'), 'a.md', 'markdown'],
    [bytes('The PDF header is %PDF-1.7.'), 'a.md', 'markdown'],
    [bytes('a,b'), 'A.CSV', 'csv'],
    [bytes('a\tb'), 'a.tsv', 'csv'],
    [bytes('text'), 'README', 'text'],
    [bytes('text'), 'SOW v1.2', 'text'],
    [bytes('<!doctype HTML><p>x'), 'page', 'html'],
    [bytes('<!doctype html><p>x'), 'notes.txt', 'text'],
    [Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'a.txt', 'text'],
    [PNG, 'a.png', 'png'],
    [PNG, 'scan', 'png'],
    [JPEG, 'a.JPG', 'jpeg'],
    [JPEG, 'a.jpeg', 'jpeg'],
    [bytes('II*\0'), 'a.tif', 'tiff'],
    [bytes('MM\0*'), 'a.tiff', 'tiff'],
  ])('of file %# is found by content, then by name', (content, name, format) => {
    expect(detectFormat(content, name)).toBe(format);
  });

  test.each([
    [new Uint8Array(), 'a.pdf', 'FILE_EMPTY'],
    [pdf, 'a.docx', 'FILE_EXTENSION_MISMATCH'],
    [docx, 'a.pdf', 'FILE_EXTENSION_MISMATCH'],
    [bytes('plain words'), 'a.pdf', 'FILE_EXTENSION_MISMATCH'],
    [bytes('<html><p>words'), 'a.docx', 'FILE_EXTENSION_MISMATCH'],
    [docx.subarray(0, docx.length - 60), 'a.docx', 'FILE_DAMAGED'],
    [zip('xl/workbook.bin', '[Content_Types].xml'), 'a.xlsb', 'FORMAT_UNSUPPORTED'],
    [zip('EncryptedPackage'), 'a.xlsx', 'FILE_ENCRYPTED'],
    [zip('photo.jpg'), 'a.xlsx', 'FILE_DAMAGED'],
    [xlsx, 'a.docx', 'FILE_EXTENSION_MISMATCH'],
    [bytes('a,b'), 'a.xlsx', 'FILE_EXTENSION_MISMATCH'],
    [withMagic(ole2('Workbook')), 'a.xls', 'FORMAT_UNSUPPORTED'],
    [zip('photo.jpg'), 'a.zip', 'FORMAT_UNSUPPORTED'],
    [withMagic(ole2('EncryptedPackage')), 'a.docx', 'FILE_ENCRYPTED'],
    [withMagic(ole2('WordDocument')), 'a.doc', 'FORMAT_UNSUPPORTED'],
    [PNG, 'a.pdf', 'FILE_EXTENSION_MISMATCH'],
    [PNG, 'a.jpg', 'FILE_EXTENSION_MISMATCH'],
    [bytes('plain words'), 'a.png', 'FILE_EXTENSION_MISMATCH'],
    [Uint8Array.from([0x47, 0x49, 0x46, 0x38]), 'a.gif', 'FORMAT_UNSUPPORTED'],
    [Uint8Array.from([1, 2, 0, 3]), 'a.txt', 'FORMAT_UNSUPPORTED'],
    [bytes('{\\rtf1 x}'), 'a.txt', 'FORMAT_UNSUPPORTED'],
    [bytes('From: a@b.example'), 'a.eml', 'FORMAT_UNSUPPORTED'],
  ])('of file %# is refused with the right reason, and the message is complete', (content, name, reason) => {
    const error = errorOf(() => detectFormat(content, name));
    expect(error.reason).toBe(reason);
    expect(error.publicMessage).toContain(name);
    expect(error.publicMessage).not.toMatch(/\((?:fileName|problem|supported|named|actual|extension)\)/);
  });
});

test('A file over its family’s limit is refused with size, limit and the setting to raise', () => {
  const limits = { pdfBytes: 5, officeBytes: 9e9, textBytes: 9e9, otherBytes: 3, unpackedBytes: 9e9 };
  const error = errorOf(() => checkSize(pdf, 'pdf', 'a.pdf', limits));
  expect([error.reason, error.details.setting]).toEqual(['FILE_TOO_LARGE', 'MAX_UPLOAD_PDF_MB']);
  expect(errorOf(() => checkSize(JPEG, 'jpeg', 'a.jpg', limits)).details.setting).toBe('MAX_UPLOAD_BINARY_MB');
  expect(() => checkSize(docx, 'docx', 'a.docx', limits)).not.toThrow();
});
