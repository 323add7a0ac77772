/** The files in a ZIP archive. Names are only ever names: nothing is written anywhere, and no path is taken from the archive. */
import { Inflate } from 'fflate';
import { plainFileName } from '../../contracts/file-name.ts';
import { AppError } from '../../errors.ts';
import type { ConvertLimits, UnpackedFile, UnpackInput } from '../source-tree.ts';
import { createFileNames } from '../unpacked-file.ts';
import { packedContent, readDirectory, type ZipEntry } from './read-directory.ts';

/** More are a backup and no package of documents. */
const MAX_FILES = 500;
const MEGABYTE = 1_048_576;
/** Deflate makes at most 1,032 bytes of one. */
const PIECE_BYTES = 16_384;
const STORED = 0;
const DEFLATED = 8;
/** What operating systems leave in archives. */
const LEFT_BEHIND = /(?:^|\/)(?:__MACOSX\/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

export type UnreadReason = 'encrypted' | 'link' | 'unknown_method' | 'damaged';

export interface ArchivedFile {
  /** Folders and name as shown, each part plain. */
  path: string;
  /** As UnpackedFile's. */
  fileName: string;
  /** Its bytes, unpacked now; or why they do not come out. */
  unpack(): Uint8Array | UnreadReason;
}

/**
 * The files in the archive's order. Throws FILE_DAMAGED, FILE_ENCRYPTED if no file is without a password, FORMAT_UNSUPPORTED for more than
 * 500 files, and ARCHIVE_TOO_LARGE if they unpack to more than `unpackedBytes` by what they declare: none comes out larger than it declares.
 */
export const openZip = (
  { bytes, fileName }: UnpackInput,
  { unpackedBytes }: Pick<ConvertLimits, 'unpackedBytes'>,
): ArchivedFile[] => {
  const entries = fileEntries(bytes, fileName);
  if (entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > unpackedBytes) {
    throw new AppError('ARCHIVE_TOO_LARGE', { fileName, limitMb: Math.round(unpackedBytes / MEGABYTE) });
  }
  if (entries.length > 0 && entries.every(({ isEncrypted }) => isEncrypted)) {
    throw new AppError('FILE_ENCRYPTED', { fileName });
  }
  const uniqueName = createFileNames();
  return entries.map((entry) => {
    const path = shownPath(entry.name);
    return { path, fileName: uniqueName(path), unpack: () => unpackEntry(bytes, entry) };
  });
};

/** Those that come out; of the others the archive's own document tells. */
export const unpackZip = (...archive: Parameters<typeof openZip>): UnpackedFile[] =>
  openZip(...archive).flatMap(({ fileName, unpack }) => {
    const bytes = unpack();
    return typeof bytes === 'string' ? [] : [{ fileName, bytes }];
  });

const fileEntries = (bytes: Uint8Array, fileName: string): ZipEntry[] => {
  const files = directoryOf(bytes, fileName).filter(({ name, isFolder }) => !isFolder && !LEFT_BEHIND.test(name));
  if (files.length <= MAX_FILES) return files;
  const problem = `it is a ZIP archive of ${files.length} files`;
  const supported = `ZIP archives of up to ${MAX_FILES} files; put the documents into smaller ones`;
  throw new AppError('FORMAT_UNSUPPORTED', { fileName, problem, supported });
};

const directoryOf = (bytes: Uint8Array, fileName: string): ZipEntry[] => {
  try {
    return readDirectory(bytes);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('FILE_DAMAGED', { fileName, problem: 'its ZIP directory is missing or unreadable' }, { cause });
  }
};

const unpackEntry = (bytes: Uint8Array, entry: ZipEntry): Uint8Array | UnreadReason => {
  if (entry.isSymlink) return 'link';
  if (entry.isEncrypted) return 'encrypted';
  const packed = packedContent(bytes, entry);
  if (!packed) return 'damaged';
  switch (entry.method) {
    case STORED:
      return packed.length === entry.sizeBytes ? packed.slice() : 'damaged';
    case DEFLATED:
      return inflate(packed, entry.sizeBytes) ?? 'damaged';
    default:
      return 'unknown_method';
  }
};

/** Piece by piece, and no further than to the size that was declared; undefined if it is damaged. */
const inflate = (packed: Uint8Array, sizeBytes: number): Uint8Array | undefined => {
  const unpacked = new Uint8Array(sizeBytes);
  let length = 0;
  const inflater = new Inflate((piece) => {
    unpacked.set(piece, length);
    length += piece.length;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      inflater.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
    }
  } catch {
    return undefined;
  }
  return length === sizeBytes ? unpacked : undefined;
};

/** ".." and drives say nothing about a document. */
const shownPath = (name: string): string =>
  name
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[A-Za-z]:$/.test(part))
    .map(plainFileName)
    .join('/') || 'document';
