import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { checkSize, detectFormat } from '../../../functions/src/convert/detect-format.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { buildDocx, paragraph } from './docx/build-docx.ts';
import { buildOle2 } from './mail/build-msg.ts';
import { buildOdf } from './odf/build-odf.ts';
import { buildPptx } from './pptx/build-pptx.ts';

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
const ole2 = (entry: string) => buildOle2({ [entry]: new Uint8Array(9) });
const message = buildOle2({ '__properties_version1.0': new Uint8Array(32) });
const pptx = buildPptx({ slides: [] });
const odf = (kind: 'text' | 'spreadsheet' | 'presentation', more: Record<string, string> = {}) =>
  buildOdf({ kind, body: '', more });
const OLE2_MAGIC = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const epub = zip('mimetype', 'META-INF/container.xml', 'OPS/book.opf');

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
    [bytes('From: a@b.example'), 'a.eml', 'eml'],
    [bytes('MIME-Version: 1.0'), 'page.mhtml', 'eml'],
    [bytes('Received: by x\r\n from y\r\nDate: now\r\nSubject: s\r\n\r\ntext'), 'no extension', 'eml'],
    [bytes('From: a@b.example\nTo: c\nDate: now\n\n\0\u0001\u0002'), 'a.eml', 'eml'],
    [bytes('From: the editor\n\nSubject: none'), 'no extension', 'text'],
    [message, 'a.msg', 'msg'],
    [
      buildOle2({ '__properties_version1.0': new Uint8Array(32), inner: { WordDocument: new Uint8Array(9) } }),
      'a.msg',
      'msg',
    ],
    [ole2('WordDocument'), 'a.doc', 'doc'],
    [ole2('Workbook'), 'a.xls', 'xls'],
    [ole2('Book'), 'no extension', 'xls'],
    [buildOle2({ WordDocument: new Uint8Array(9), Pool: { Workbook: new Uint8Array(9) } }), 'a.doc', 'doc'],
    [buildOle2({ Workbook: new Uint8Array(9), Pool: { EncryptedPackage: new Uint8Array(9) } }), 'a.xls', 'xls'],
    [bytes('{\\rtf1 x}'), 'a.rtf', 'rtf'],
    [bytes('{\\rtf1 x}'), 'a.doc', 'rtf'],
    [epub, 'a.epub', 'epub'],
    [Uint8Array.from([0x61, 0, 0x0a, 0]), 'a.txt', 'text'],
    [Uint8Array.from([0, 0, 0, 0x61, 0, 0, 0, 0x0a]), 'a.txt', 'text'],
    [pptx, 'a.pptx', 'pptx'],
    [pptx, 'show.ppsx', 'pptx'],
    [pptx, 'template.potx', 'pptx'],
    [odf('text'), 'a.odt', 'odt'],
    [odf('text', { mimetype: 'application/vnd.oasis.opendocument.text-template' }), 'a.ott', 'odt'],
    [odf('spreadsheet'), 'a.ods', 'ods'],
    [odf('presentation'), 'no extension', 'odp'],
    [zip('content.xml'), 'a.ods', 'ods'],
    [zip('photo.jpg'), 'a.zip', 'zip'],
    [zip('word/notes.txt'), 'package', 'zip'],
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
    [zip('encrypted-package', 'mimetype'), 'a.odt', 'FILE_ENCRYPTED'],
    [pptx, 'a.docx', 'FILE_EXTENSION_MISMATCH'],
    [odf('text'), 'a.ods', 'FILE_EXTENSION_MISMATCH'],
    [odf('text', { mimetype: 'application/vnd.oasis.opendocument.graphics' }), 'a', 'FORMAT_UNSUPPORTED'],
    [zip('photo.jpg'), 'a.xlsx', 'FILE_DAMAGED'],
    [xlsx, 'a.docx', 'FILE_EXTENSION_MISMATCH'],
    [bytes('a,b'), 'a.xlsx', 'FILE_EXTENSION_MISMATCH'],
    [ole2('PowerPoint Document'), 'a.ppt', 'FORMAT_UNSUPPORTED'],
    [ole2('Something'), 'a', 'FORMAT_UNSUPPORTED'],
    [ole2('Workbook'), 'a.docx', 'FILE_EXTENSION_MISMATCH'],
    [OLE2_MAGIC, 'a.doc', 'FILE_DAMAGED'],
    [epub, 'a.zip', 'FILE_EXTENSION_MISMATCH'],
    [ole2('EncryptedPackage'), 'a.docx', 'FILE_ENCRYPTED'],
    [PNG, 'a.pdf', 'FILE_EXTENSION_MISMATCH'],
    [PNG, 'a.jpg', 'FILE_EXTENSION_MISMATCH'],
    [bytes('plain words'), 'a.png', 'FILE_EXTENSION_MISMATCH'],
    [Uint8Array.from([0x47, 0x49, 0x46, 0x38]), 'a.gif', 'FORMAT_UNSUPPORTED'],
    [Uint8Array.from([1, 2, 0, 3]), 'a.txt', 'FORMAT_UNSUPPORTED'],
    [bytes('{\\rtf1 x}'), 'a.txt', 'FILE_EXTENSION_MISMATCH'],
    [zip('photo.jpg'), 'a.eml', 'FILE_DAMAGED'],
    [message, 'a.eml', 'FILE_EXTENSION_MISMATCH'],
  ])('of file %# is refused with the right reason, and the message is complete', (content, name, reason) => {
    const error = errorOf(() => detectFormat(content, name));
    expect(error.reason).toBe(reason);
    expect(error.publicMessage).toContain(name);
    expect(error.publicMessage).not.toMatch(/\((?:fileName|problem|supported|named|actual|extension)\)/);
  });
});

test('A PDF that stands as it is at the beginning of an archive or a message does not make it a PDF', () => {
  const archive = zipSync({ 'a.pdf': pdf }, { level: 0 });
  expect(detectFormat(archive, 'package.zip')).toBe('zip');
  const head = 'From: a@b.example\r\nDate: Fri, 17 Apr 2020 12:00:00 -0400\r\nMIME-Version: 1.0\r\n\r\n';
  const mail = Uint8Array.from([...bytes(head), ...pdf]);
  expect(detectFormat(mail, 'message.eml')).toBe('eml');
});

test('A file over its family’s limit is refused with size, limit and the setting to raise', () => {
  const limits = { pdfBytes: 5, officeBytes: 9e9, textBytes: 9e9, otherBytes: 3, unpackedBytes: 9e9 };
  const error = errorOf(() => checkSize(pdf, 'pdf', 'a.pdf', limits));
  expect([error.reason, error.details.setting]).toEqual(['FILE_TOO_LARGE', 'MAX_UPLOAD_PDF_MB']);
  expect(errorOf(() => checkSize(JPEG, 'jpeg', 'a.jpg', limits)).details.setting).toBe('MAX_UPLOAD_BINARY_MB');
  expect(() => checkSize(docx, 'docx', 'a.docx', limits)).not.toThrow();
});
