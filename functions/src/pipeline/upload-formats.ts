/** What may be uploaded, judged by what the client declares. What the file really is, the converter finds out from its bytes. */
import { AppError } from '../errors.ts';
import type { PipelineSettings } from './pipeline-deps.ts';
import formats from './upload-formats.json' with { type: 'json' };
import unsupportedKinds from './upload-unsupported.json' with { type: 'json' };

type FormatName = keyof typeof formats;
type Format = (typeof formats)[FormatName];

/** Of the file, as its uploader states it. */
export interface DeclaredFile {
  fileName: string;
  contentType: string;
  sizeBytes: number;
}

const NAMES = Object.keys(formats) as FormatName[];
/** What a browser says when the system does not know the extension. */
const ANY_TYPE = 'application/octet-stream';
const SUPPORTED =
  'PDF, Word, Excel, PowerPoint and OpenDocument files, RTF, EPUB, e-mail messages (.eml, .msg), HTML, Markdown, text and CSV files, PNG, JPEG and TIFF images, and ZIP archives of these';

const LIMITS: Readonly<Record<string, { field: keyof PipelineSettings['limits']; setting: string }>> = {
  pdf: { field: 'pdfBytes', setting: 'MAX_UPLOAD_PDF_MB' },
  office: { field: 'officeBytes', setting: 'MAX_UPLOAD_OFFICE_MB' },
  text: { field: 'textBytes', setting: 'MAX_UPLOAD_TEXT_MB' },
};
const OTHER_LIMIT = { field: 'otherBytes', setting: 'MAX_UPLOAD_BINARY_MB' } as const;

const extensionOf = (fileName: string): string => /\.[A-Za-z][A-Za-z0-9]*$/.exec(fileName)?.[0].toLowerCase() ?? '';

const holds = (values: readonly string[], value: string): boolean => values.includes(value);

/** With its article and what to do about it; undefined for an ending that nobody knows. */
const unsupportedKind = (fileName: string): string | undefined =>
  unsupportedKinds.find(({ extensions }) => extensions.some((each) => fileName.toLowerCase().endsWith(each)))?.what;

const unsupported = (fileName: string, problem: string): AppError =>
  new AppError('FORMAT_UNSUPPORTED', { fileName, problem, supported: SUPPORTED });

const formatOf = ({ fileName, contentType }: DeclaredFile): Format => {
  const extension = extensionOf(fileName);
  const type = contentType.toLowerCase();
  const named = NAMES.find((name) => holds(formats[name].extensions, extension));
  if (named !== undefined) {
    const format = formats[named];
    if (type === ANY_TYPE || holds(format.mediaTypes, type)) return format;
    throw unsupported(fileName, `it is named as ${format.label} but sent as ${type}`);
  }
  const typed = NAMES.find((name) => holds(formats[name].mediaTypes, type));
  if (typed !== undefined) return formats[typed];
  const what =
    unsupportedKind(fileName) ?? (extension === '' ? undefined : `a ${extension} file; save it as PDF or .docx`);
  throw unsupported(fileName, what === undefined ? `it is sent as ${type}` : `it is ${what}`);
};

/** Rounded up, so that a file just over a limit never reads as if it were at it. */
const megabytes = (sizeBytes: number): number => Math.ceil((sizeBytes / 1_048_576) * 100) / 100;

const tooLarge = (file: DeclaredFile, format: Format, limitBytes: number): AppError => {
  const { setting } = LIMITS[format.family] ?? OTHER_LIMIT;
  return new AppError('FILE_TOO_LARGE', {
    fileName: file.fileName,
    sizeMb: megabytes(file.sizeBytes),
    format: format.label,
    limitMb: megabytes(limitBytes),
    setting,
  });
};

/** @throws AppError FILE_EMPTY, FILE_TOO_LARGE, FORMAT_UNSUPPORTED. */
export const checkDeclared = (file: DeclaredFile, limits: PipelineSettings['limits']): void => {
  if (file.sizeBytes === 0) throw new AppError('FILE_EMPTY', { fileName: file.fileName });
  const format = formatOf(file);
  const limitBytes = limits[(LIMITS[format.family] ?? OTHER_LIMIT).field];
  if (file.sizeBytes > limitBytes) throw tooLarge(file, format, limitBytes);
};

/**
 * What is wrong with a file as it arrived; null when nothing is. The signed URL takes no other size than the declared one, so
 * only a file that was swapped meanwhile can have more.
 */
export const arrivalError = (
  { fileName, sizeBytes }: Omit<DeclaredFile, 'contentType'>,
  declaredBytes: number,
): AppError | null => {
  if (sizeBytes === 0) return new AppError('UPLOAD_EMPTY', { fileName });
  return sizeBytes > declaredBytes ? new AppError('UPLOAD_DIFFERS', { fileName, sizeBytes, declaredBytes }) : null;
};

/** "pdf", "docx", …; for a media type that the table does not have, the part after the slash. */
export const formatNameOf = (mediaType: string): string =>
  NAMES.find((name) => formats[name].mediaTypes[0] === mediaType) ?? mediaType.slice(mediaType.indexOf('/') + 1);
