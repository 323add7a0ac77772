/** Files that mdraft must refuse, each with the reason it has to give. */
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { Zip, type ZipInputFile, ZipPassThrough, zipSync } from 'fflate';
import type { ReasonName } from '../../functions/src/errors.ts';
import { openPdf, type PdfKitOptions, pdfBytes } from './pdfkit.ts';

export interface BrokenFile {
  fileName: string;
  bytes: Uint8Array;
  expectedReason: ReasonName;
}

const MIB = 1024 * 1024;
const CREATED = new Date('2026-01-15T09:00:00Z');
const MODIFIED = '2026-01-15T09:00:00';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const smallPdf = (options: Partial<PdfKitOptions> = {}): Promise<Uint8Array> => {
  const document = openPdf({
    size: 'LETTER',
    margin: 72,
    autoFirstPage: true,
    compress: false,
    info: { Title: 'Notice', Author: 'Records Office', CreationDate: CREATED, ModDate: CREATED },
    ...options,
  });
  document.font('Helvetica').fontSize(11).text('The Contractor shall deliver the notice by Friday.', 72, 72);
  return pdfBytes(document);
};

const CONTENT_TYPES =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONSHIPS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
const DOCUMENT_START =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>';
const DOCUMENT_END = '</w:body></w:document>';
const PARAGRAPH = '<w:p><w:r><w:t>The Contractor shall deliver the notice by Friday.</w:t></w:r></w:p>';

const smallDocx = (): Uint8Array =>
  zipSync(
    {
      '[Content_Types].xml': encode(CONTENT_TYPES),
      '_rels/.rels': encode(RELATIONSHIPS),
      'word/document.xml': encode(DOCUMENT_START + PARAGRAPH.repeat(40) + DOCUMENT_END),
    },
    { mtime: MODIFIED, level: 0 },
  );

/** `.pdf` unless told otherwise. */
export const emptyFile = (extension = 'pdf'): BrokenFile => ({
  fileName: `empty.${extension}`,
  bytes: new Uint8Array(0),
  expectedReason: 'FILE_EMPTY',
});

/** Ends in the middle of the page's content: no cross-reference table, no trailer. */
export const truncatedPdf = async (): Promise<BrokenFile> => {
  const whole = await smallPdf();
  return {
    fileName: 'cut-short.pdf',
    bytes: whole.slice(0, Math.floor(whole.length * 0.4)),
    expectedReason: 'FILE_DAMAGED',
  };
};

/** Ends within word/document.xml: the ZIP directory is gone. */
export const truncatedDocx = (): BrokenFile => {
  const whole = smallDocx();
  return {
    fileName: 'cut-short.docx',
    bytes: whole.slice(0, Math.floor(whole.length * 0.6)),
    expectedReason: 'FILE_DAMAGED',
  };
};

/** Opens only with the password "river". */
export const encryptedPdf = async (): Promise<BrokenFile> => ({
  fileName: 'protected.pdf',
  bytes: await smallPdf({ userPassword: 'river', ownerPassword: 'owner' }),
  expectedReason: 'FILE_ENCRYPTED',
});

/** A good PDF under a Word name. */
export const pdfNamedDocx = async (): Promise<BrokenFile> => ({
  fileName: 'notice.docx',
  bytes: await smallPdf(),
  expectedReason: 'FILE_EXTENSION_MISMATCH',
});

/** A good DOCX under a PDF name. */
export const docxNamedPdf = (): BrokenFile => ({
  fileName: 'notice.pdf',
  bytes: smallDocx(),
  expectedReason: 'FILE_EXTENSION_MISMATCH',
});

/** A compressed ZIP entry whose data begins with `blankBytes` spaces: one deflated MiB, repeated, since a full flush ends it. */
const addBlankEntry = (zip: Zip, filename: string, blankBytes: number, ending: Uint8Array): void => {
  const blanks = new Uint8Array(MIB).fill(0x20);
  const deflatedBlanks = new Uint8Array(deflateRawSync(blanks, { finishFlush: constants.Z_FULL_FLUSH }));
  const repeats = Math.ceil(blankBytes / MIB);
  const entry: ZipInputFile = { filename, compression: 8, size: 0, crc: 0, mtime: MODIFIED };
  zip.add(entry);
  let crc = 0;
  for (let count = 0; count < repeats; count += 1) {
    crc = crc32(blanks, crc);
    entry.ondata?.(null, deflatedBlanks, false);
  }
  entry.crc = crc32(ending, crc);
  entry.size = repeats * MIB + ending.length;
  entry.ondata?.(null, new Uint8Array(deflateRawSync(ending)), true);
};

/** A DOCX of 1/1000 of the `unpackedBytes` to which its document part inflates. */
export const zipBombDocx = (unpackedBytes = 600 * MIB): BrokenFile => {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk);
  });
  for (const [name, text] of [
    ['[Content_Types].xml', CONTENT_TYPES],
    ['_rels/.rels', RELATIONSHIPS],
  ] as const) {
    const entry = new ZipPassThrough(name);
    entry.mtime = MODIFIED;
    zip.add(entry);
    entry.push(encode(text), true);
  }
  // Blanks before the XML declaration would be malformed, so the part does without one.
  const document = (DOCUMENT_START + PARAGRAPH + DOCUMENT_END).replace(/^<\?.*?\?>/, '');
  addBlankEntry(zip, 'word/document.xml', unpackedBytes, encode(document));
  zip.end();
  return { fileName: 'bomb.docx', bytes: new Uint8Array(Buffer.concat(parts)), expectedReason: 'ARCHIVE_TOO_LARGE' };
};

/** A good PDF with blanks before its end, one byte over `limitBytes`. */
export const overLimitPdf = async (limitBytes: number): Promise<BrokenFile> => {
  const whole = await smallPdf();
  const bytes = new Uint8Array(limitBytes + 1).fill(0x20);
  bytes.set(whole);
  return { fileName: 'too-large.pdf', bytes, expectedReason: 'FILE_TOO_LARGE' };
};

/** A text file one byte over `limitBytes`. */
export const overLimitText = (limitBytes: number): BrokenFile => ({
  fileName: 'too-large.md',
  bytes: new Uint8Array(limitBytes + 1).fill(0x61),
  expectedReason: 'FILE_TOO_LARGE',
});
