/** Reading what the user named. */
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Config } from '../../functions/src/config.ts';
import { AppError } from '../../functions/src/errors.ts';

const BYTES_PER_MB = 1024 * 1024;

export const errorCode = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';

const FAMILIES = [
  { pattern: /^\.pdf$/i, format: 'PDF', limit: 'pdfBytes', setting: 'MAX_UPLOAD_PDF_MB' },
  {
    pattern: /^\.(do[ct][xm]?|xl[st][xm]?|pp[st][xm]|pot[xm]|o[dt][tsp]|rtf|epub|eml|mht|mhtml|msg|zip)$/i,
    format: 'Office files',
    limit: 'officeBytes',
    setting: 'MAX_UPLOAD_OFFICE_MB',
  },
  {
    pattern: /^\.(txt|md|markdown|x?html?|csv|tsv)$/i,
    format: 'text files',
    limit: 'textBytes',
    setting: 'MAX_UPLOAD_TEXT_MB',
  },
  { pattern: /^/, format: 'other files', limit: 'otherBytes', setting: 'MAX_UPLOAD_BINARY_MB' },
] as const;

/** A file larger than every limit is refused before it is read into memory; the converter knows the limit of each format. */
const checkSize = (sizeBytes: number, fileName: string, limits: Config['limits']): void => {
  const { pdfBytes, officeBytes, textBytes, otherBytes } = limits;
  if (sizeBytes <= Math.max(pdfBytes, officeBytes, textBytes, otherBytes)) return;
  const family = FAMILIES.find(({ pattern }) => pattern.test(extname(fileName)));
  if (!family) return;
  throw new AppError('FILE_TOO_LARGE', {
    fileName,
    sizeMb: Math.ceil(sizeBytes / BYTES_PER_MB),
    format: family.format,
    limitMb: Math.floor(limits[family.limit] / BYTES_PER_MB),
    setting: family.setting,
  });
};

/** @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, FILE_TOO_LARGE; `shownAs` is what the user typed. */
export const readInput = async (path: string, shownAs: string, limits: Config['limits']): Promise<Uint8Array> => {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new AppError('FILE_UNREADABLE', { fileName: shownAs });
    checkSize(found.size, basename(path), limits);
    return await readFile(path);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const missing = ['ENOENT', 'ENOTDIR'].includes(errorCode(thrown));
    throw new AppError(missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', { fileName: shownAs }, { cause: thrown });
  }
};
