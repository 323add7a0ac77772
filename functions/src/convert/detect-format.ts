/** Which format a file is in: by its content first, among text files by its name. */
import { unzipSync } from 'fflate';
import { AppError } from '../errors.ts';
import formats from './formats.json' with { type: 'json' };
import type { ConvertLimits } from './source-tree.ts';
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
const SUPPORTED = 'PDF, Word (.docx), Excel (.xlsx), HTML, Markdown, text and CSV files, and PNG, JPEG and TIFF images';
const PDF_HEADER_WITHIN = 1024;
const IMAGE_SIGNATURES = [
  { hex: '89504e470d0a1a0a', format: 'png' },
  { hex: 'ffd8ff', format: 'jpeg' },
  { hex: '49492a00', format: 'tiff' },
  { hex: '4d4d002a', format: 'tiff' },
] as const;
const SNIFFED_BYTES = 65_536;

export const mediaTypeOf = (format: Format): string => FORMATS[format].mediaType;

/**
 * The format of a file.
 * Throws FILE_EMPTY, FILE_DAMAGED (a ZIP cut short), FILE_ENCRYPTED, FILE_EXTENSION_MISMATCH or FORMAT_UNSUPPORTED.
 */
export const detectFormat = (bytes: Uint8Array, fileName: string): Format => {
  if (bytes.length === 0) throw new AppError('FILE_EMPTY', { fileName });
  const named = formatNamed(fileName);
  const isText = looksLikeText(bytes);
  const pdfAt = latin1(bytes, 0, PDF_HEADER_WITHIN).indexOf('%PDF-');
  const isPdf = pdfAt === 0 || (pdfAt > 0 && !(isText && named && FORMATS[named].family === 'text'));
  if (isPdf) return asNamed('pdf', named, fileName);
  const image = IMAGE_SIGNATURES.find(({ hex }) => startsWith(bytes, hex));
  if (image) return asNamed(image.format, named, fileName);
  if (startsWith(bytes, '504b0304') || startsWith(bytes, '504b0506')) return zipFormat(bytes, named, fileName);
  if (startsWith(bytes, 'd0cf11e0a1b11ae1')) return refuseOle2(bytes, fileName);
  for (const { hex, offset, what } of signatures.signatures) {
    if (startsWith(bytes, hex, offset ?? 0)) return unsupported(fileName, `it is ${what}`);
  }
  if (!isText) return unsupported(fileName, 'it is a binary file of an unknown kind');
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
  if (named === undefined || named === actual) return actual;
  throw new AppError('FILE_EXTENSION_MISMATCH', {
    fileName,
    named: FORMATS[named].label,
    actual: FORMATS[actual].label,
    extension: FORMATS[actual].extensions[0] ?? '',
  });
};

const zipFormat = (bytes: Uint8Array, named: Format | undefined, fileName: string): Format => {
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: (file) => {
        names.add(file.name);
        return false;
      },
    });
  } catch (cause) {
    throw new AppError('FILE_DAMAGED', { fileName, problem: 'its ZIP directory is missing or unreadable' }, { cause });
  }
  const has = (pattern: RegExp) => [...names].some((name) => pattern.test(name));
  if (names.has('[Content_Types].xml')) {
    if (has(/^word\/document\d*\.xml$/i)) return asNamed('docx', named, fileName);
    if (has(/^xl\/workbook\d*\.xml$/i)) return asNamed('xlsx', named, fileName);
  }
  if (names.has('EncryptedPackage')) throw new AppError('FILE_ENCRYPTED', { fileName });
  for (const { entry, what } of signatures.zipEntries) {
    if (names.has(entry)) return unsupported(fileName, `it is ${what}`);
  }
  if (named === 'docx' || named === 'xlsx') {
    const what = named === 'docx' ? 'Word document' : 'Excel workbook';
    throw new AppError('FILE_DAMAGED', { fileName, problem: `the ZIP archive has no ${what} in it` });
  }
  return unsupported(fileName, 'it is a ZIP archive; unpack it and convert the files in it');
};

/** The container of Office before 2007, and of every encrypted Office file since. Its directory has names in UTF-16. */
const refuseOle2 = (bytes: Uint8Array, fileName: string): never => {
  const text = latin1(bytes, 0, bytes.length);
  const holds = (name: string) => text.includes([...name].join('\0'));
  if (holds('EncryptedPackage')) throw new AppError('FILE_ENCRYPTED', { fileName });
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
  if (named !== undefined) {
    return FORMATS[named].family === 'text' ? named : asNamed(isHtml ? 'html' : 'text', named, fileName);
  }
  if (isHtml) return 'html';
  const extension = extensionOf(fileName);
  const known = signatures.textFiles.find(({ extensions }) => extensions.includes(extension));
  if (known) return unsupported(fileName, `it is ${known.what}`);
  return 'text';
};

/** No NUL (UTF-16 with its mark excepted), and next to no other control characters. */
const looksLikeText = (bytes: Uint8Array): boolean => {
  if (startsWith(bytes, 'fffe') || startsWith(bytes, 'feff')) return true;
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
