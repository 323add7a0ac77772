/** Which format a file is in: by its content first, among text files by its name. */
import { AppError } from '../errors.ts';
import { namesInZip, openDocumentType } from './detect-zip.ts';
import formats from './formats.json' with { type: 'json' };
import { readOle2 } from './ole2/read-ole2.ts';
import type { ConvertLimits } from './source-tree.ts';
import { wideEncodingOf } from './text/wide-encodings.ts';
import signatures from './unsupported-formats.json' with { type: 'json' };

export type Format = keyof typeof formats;

interface FormatInfo {
  /** With its article: "a PDF document". */
  label: string;
  mediaType: string;
  /** Lower case, with the dot; the usual one first. */
  extensions: readonly string[];
  family: string;
}

const FORMATS: Readonly<Record<Format, FormatInfo>> = formats;
const NAMES = Object.keys(formats) as Format[];
const SUPPORTED =
  'PDF, Word, Excel, PowerPoint and OpenDocument files, RTF, EPUB, e-mail messages (.eml, .msg), HTML, Markdown, text and CSV files, PNG, JPEG and TIFF images, and ZIP archives of these';
const PDF_HEADER_WITHIN = 1024;
const IMAGE_SIGNATURES = [
  { hex: '89504e470d0a1a0a', format: 'png' },
  { hex: 'ffd8ff', format: 'jpeg' },
  { hex: '49492a00', format: 'tiff' },
  { hex: '4d4d002a', format: 'tiff' },
] as const;
const SNIFFED_BYTES = 65_536;
const RTF_SIGNATURE = '7b5c727466';
/** ECMA-376 part 2: where the main part of an Office file usually stands. */
const OPEN_XML_PARTS = [
  [/^word\/document\d*\.xml$/i, 'docx'],
  [/^xl\/workbook\d*\.xml$/i, 'xlsx'],
  [/^ppt\/presentation\d*\.xml$/i, 'pptx'],
] as const;
/** A message comes first: what is attached to it has entries of its own. */
const OLE2_ENTRIES = [
  ['__properties_version1.0', 'msg'],
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
] as const;
/** Programs save these under the ending of the format used before 2007, and open them without a word. */
const ALSO_NAMED: Partial<Record<Format, readonly Format[]>> = {
  doc: ['docx', 'rtf', 'html'],
  xls: ['xlsx', 'html', 'csv', 'text'],
};
/** RFC 5322 fields that a message which travelled has, at the very beginning of the file. */
const MAIL_FIELD =
  /^(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|From|To|Cc|Subject|Date|Reply-To|X-[\w-]+):/i;
const MAIL_FIELDS_WANTED = 3;

export const mediaTypeOf = (format: Format): string => FORMATS[format].mediaType;
/** With its article. */
export const labelOf = (format: Format): string => FORMATS[format].label;

/**
 * The format of a file.
 * Throws FILE_EMPTY, FILE_DAMAGED (a ZIP cut short), FILE_ENCRYPTED, FILE_EXTENSION_MISMATCH or FORMAT_UNSUPPORTED.
 */
export const detectFormat = (bytes: Uint8Array, fileName: string): Format => {
  if (bytes.length === 0) throw new AppError('FILE_EMPTY', { fileName });
  const named = formatNamed(fileName);
  const isText = looksLikeText(bytes);
  // A PDF may stand as it is in an archive or a message: what the file begins with goes first.
  const image = IMAGE_SIGNATURES.find(({ hex }) => startsWith(bytes, hex));
  if (image) return asNamed(image.format, named, fileName);
  if (startsWith(bytes, '504b0304') || startsWith(bytes, '504b0506')) return zipFormat(bytes, named, fileName);
  if (startsWith(bytes, 'd0cf11e0a1b11ae1')) return ole2Format(bytes, named, fileName);
  if (startsWith(bytes, RTF_SIGNATURE)) return asNamed('rtf', named, fileName);
  const pdfAt = latin1(bytes, 0, PDF_HEADER_WITHIN).indexOf('%PDF-');
  const isOfText = isMail(bytes) || (isText && named !== undefined && FORMATS[named].family === 'text');
  if (pdfAt === 0 || (pdfAt > 0 && !isOfText)) return asNamed('pdf', named, fileName);
  for (const { hex, offset, what } of signatures.signatures) {
    if (startsWith(bytes, hex, offset ?? 0)) return unsupported(fileName, `it is ${what}`);
  }
  // What is attached to a message may stand in it as it is (RFC 3030, BINARYMIME).
  if (!isText && !isMail(bytes)) return unsupported(fileName, 'it is a binary file of an unknown kind');
  return textFormat(bytes, named, fileName);
};

const limitOf = (family: string, limits: ConvertLimits): [number, string] => {
  switch (family) {
    case 'pdf':
      return [limits.pdfBytes, 'MAX_UPLOAD_PDF_MB'];
    case 'office':
      return [limits.officeBytes, 'MAX_UPLOAD_OFFICE_MB'];
    case 'image':
      return [limits.otherBytes, 'MAX_UPLOAD_BINARY_MB'];
    default:
      return [limits.textBytes, 'MAX_UPLOAD_TEXT_MB'];
  }
};

/** Throws FILE_TOO_LARGE if the file is over the limit of its format's family. */
export const checkSize = (bytes: Uint8Array, format: Format, fileName: string, limits: ConvertLimits): void => {
  const { family, label } = FORMATS[format];
  const [limitBytes, setting] = limitOf(family, limits);
  if (bytes.length <= limitBytes) return;
  const sizeMb = megabytes(bytes.length);
  throw new AppError('FILE_TOO_LARGE', { fileName, sizeMb, format: label, limitMb: megabytes(limitBytes), setting });
};

/** Rounded so that a file just over a limit never reads as if it were at it. */
const megabytes = (sizeBytes: number): number => Math.ceil((sizeBytes / 1_048_576) * 100) / 100;

const extensionOf = (fileName: string): string => /\.[A-Za-z][A-Za-z0-9]*$/.exec(fileName)?.[0].toLowerCase() ?? '';

const formatNamed = (fileName: string): Format | undefined => {
  const extension = extensionOf(fileName);
  return NAMES.find((name) => FORMATS[name].extensions.includes(extension));
};

const unsupported = (fileName: string, problem: string): never => {
  throw new AppError('FORMAT_UNSUPPORTED', { fileName, problem, supported: SUPPORTED });
};

const asNamed = (actual: Format, named: Format | undefined, fileName: string): Format => {
  if (named === undefined || named === actual || ALSO_NAMED[named]?.includes(actual)) return actual;
  throw new AppError('FILE_EXTENSION_MISMATCH', {
    fileName,
    named: FORMATS[named].label,
    actual: FORMATS[actual].label,
    extension: FORMATS[actual].extensions[0] ?? '',
  });
};

const zipFormat = (bytes: Uint8Array, named: Format | undefined, fileName: string): Format => {
  const names = namesInZip(bytes, fileName);
  if (names.has('[Content_Types].xml')) {
    for (const [part, format] of OPEN_XML_PARTS) {
      if ([...names].some((name) => part.test(name))) return asNamed(format, named, fileName);
    }
  }
  if (names.has('EncryptedPackage') || names.has('encrypted-package'))
    throw new AppError('FILE_ENCRYPTED', { fileName });
  for (const { entry, what } of signatures.zipEntries) {
    if (names.has(entry)) return unsupported(fileName, `it is ${what}`);
  }
  if (names.has('META-INF/container.xml')) return asNamed('epub', named, fileName);
  if (names.has('content.xml')) {
    const format = openDocumentType(bytes, named);
    if (format) return asNamed(format, named, fileName);
    return unsupported(fileName, 'it is an OpenDocument file that is neither text, spreadsheet nor presentation');
  }
  if (named === undefined || named === 'zip') return 'zip';
  throw new AppError('FILE_DAMAGED', {
    fileName,
    problem: `it is a ZIP archive without ${FORMATS[named].label} in it`,
  });
};

/** The container of Office before 2007, and of every encrypted Office file since. What stands at its top decides, not what is embedded. */
const ole2Format = (bytes: Uint8Array, named: Format | undefined, fileName: string): Format => {
  const names = new Set(readOle2(bytes, fileName).root.children.map(({ name }) => name.toUpperCase()));
  const holds = (name: string) => names.has(name.toUpperCase());
  if (holds('EncryptedPackage')) throw new AppError('FILE_ENCRYPTED', { fileName });
  const found = OLE2_ENTRIES.filter(([entry]) => holds(entry)).map(([, format]) => format);
  const format = found.find((each) => each === named) ?? found[0];
  if (format) return asNamed(format, named, fileName);
  for (const { entry, what } of signatures.ole2Entries) {
    if (holds(entry)) return unsupported(fileName, `it is ${what}`);
  }
  return unsupported(fileName, 'it is an Office file of the format used before 2007');
};

const textFormat = (bytes: Uint8Array, named: Format | undefined, fileName: string): Format => {
  const start = latin1(bytes, 0, PDF_HEADER_WITHIN)
    .replaceAll('\0', '')
    .replace(/^[^!-~]+/, '');
  const isHtml = /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html[\s>])/i.test(start);
  if (named === 'eml') return 'eml';
  if (named !== undefined) {
    return FORMATS[named].family === 'text' ? named : asNamed(isHtml ? 'html' : 'text', named, fileName);
  }
  if (isHtml) return 'html';
  if (isMail(bytes)) return 'eml';
  const extension = extensionOf(fileName);
  const known = signatures.textFiles.find(({ extensions }) => extensions.includes(extension));
  if (known) return unsupported(fileName, `it is ${known.what}`);
  return 'text';
};

const isMail = (bytes: Uint8Array): boolean => {
  const [head = ''] = latin1(bytes, 0, SNIFFED_BYTES).split(/\r?\n\r?\n/, 1);
  const lines = head.split(/\r?\n/).filter((line) => !/^[ \t]/.test(line));
  return MAIL_FIELD.test(head) && lines.filter((line) => MAIL_FIELD.test(line)).length >= MAIL_FIELDS_WANTED;
};

/** No NUL (UTF-16 and UTF-32 excepted), and next to no other control characters. */
const looksLikeText = (bytes: Uint8Array): boolean => {
  if (wideEncodingOf(bytes)) return true;
  const length = Math.min(bytes.length, SNIFFED_BYTES);
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  }
  return controls * 50 <= length;
};

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  new TextDecoder('latin1').decode(bytes.subarray(from, to));

const startsWith = (bytes: Uint8Array, hex: string, offset = 0): boolean => {
  for (let i = 0; i < hex.length; i += 2) {
    if (bytes[offset + i / 2] !== Number.parseInt(hex.slice(i, i + 2), 16)) return false;
  }
  return true;
};
