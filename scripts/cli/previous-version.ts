/** People write into a matrix. What stands in the place of a new one is kept beside it, under a name that was free. */
import { constants, copyFile, link, readFile, realpath } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { errorCode } from './input-files.ts';

export interface KeptFile {
  /** The result that took its place. */
  path: string;
  keptAs: string;
  /** False when the same bytes were kept by an earlier run. */
  isNew: boolean;
}

const readIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path);
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null;
    throw thrown;
  }
};

/** A second name for the same file, with its time of change; a copy where the file system has no such names. Never overwrites. */
const giveSecondName = async (path: string, name: string): Promise<void> => {
  try {
    await link(path, name);
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') throw thrown;
    await copyFile(path, name, constants.COPYFILE_EXCL);
  }
};

const holds = async (path: string, bytes: Buffer): Promise<boolean> =>
  (await readFile(path).catch(() => null))?.equals(bytes) ?? false;

/**
 * "matrix.xlsx" is kept as "matrix.previous.xlsx", then "matrix.previous-2.xlsx", …; a link is kept by the file it leads to.
 * Null when there is no file, or when it holds `content` already.
 */
export const keepPrevious = async (path: string, content: string | Uint8Array): Promise<KeptFile | null> => {
  const old = await readIfThere(path);
  if (!old || old.equals(Buffer.from(content))) return null;
  const { dir, name, ext } = parse(path);
  const source = await realpath(path);
  for (let number = 1; ; number += 1) {
    const keptAs = join(dir, `${name}.previous${number === 1 ? '' : `-${number}`}${ext}`);
    try {
      await giveSecondName(source, keptAs);
      return { path, keptAs, isNew: true };
    } catch (thrown) {
      if (errorCode(thrown) !== 'EEXIST') throw thrown;
      if (await holds(keptAs, old)) return { path, keptAs, isNew: false };
    }
  }
};
