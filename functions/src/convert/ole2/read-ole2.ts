/** The Compound File Binary format ([MS-CFB]): a file system in a file, the container of Office before 2007 and of Outlook messages. */
import { AppError } from '../../errors.ts';
import type { Ole2Entry } from './directory.ts';
import { readDirectory } from './directory.ts';
import { readHeader } from './header.ts';

export type { Ole2Entry } from './directory.ts';

/** Throws FILE_DAMAGED. No stream is read before it is asked for, and none can be larger than the file. */
export const readOle2 = (bytes: Uint8Array, fileName: string): { root: Ole2Entry } => {
  const damaged = (problem: string) => new AppError('FILE_DAMAGED', { fileName, problem });
  const sectors = readHeader(bytes, damaged);
  return { root: readDirectory(sectors, damaged) };
};

/** An entry by its path below `from`. Names are compared without regard to case, as the format's own order does. */
export const findEntry = (from: Ole2Entry, ...path: readonly string[]): Ole2Entry | undefined => {
  let entry: Ole2Entry | undefined = from;
  for (const name of path) {
    const wanted = name.toUpperCase();
    entry = entry?.children.find((inner) => inner.name.toUpperCase() === wanted);
  }
  return entry;
};

/** The bytes of a stream by its path; undefined if there is no such stream. */
export const streamBytes = (from: Ole2Entry, ...path: readonly string[]): Uint8Array | undefined => {
  const entry = findEntry(from, ...path);
  return entry?.kind === 'stream' ? entry.read() : undefined;
};
