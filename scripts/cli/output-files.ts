/** Writes results so that a reader sees a whole file or none, and a failed command leaves nothing behind. */
import { mkdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../functions/src/errors.ts';
import { errorCode } from './input-files.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

const unwritable = (path: string, thrown: unknown): AppError => {
  const code = errorCode(thrown);
  return new AppError('OUTPUT_UNWRITABLE', { path, problem: PROBLEMS[code] ?? (code || 'unknown') }, { cause: thrown });
};

export interface OutputFiles {
  /** Makes a folder that cleanUp takes away again if it stays empty. */
  makeFolder(folder: string): Promise<void>;
  /** Writes one file, whole. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Writes all files, then gives all of them their names: a failure on the way leaves none. */
  writeTogether(files: readonly { path: string; content: string | Uint8Array }[]): Promise<void>;
  /** Removes what did not get its name, and folders made here that stayed empty. */
  cleanUp(): Promise<void>;
}

/** Where the bytes go: a link is followed, so that it is not replaced; a device or pipe is written to, not replaced. */
const locate = async (path: string): Promise<{ path: string; direct: boolean }> => {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw unwritable(path, { code: 'EISDIR' });
    return found.isFile() ? { path: await realpath(path), direct: false } : { path, direct: true };
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return { path, direct: false };
    throw thrown;
  }
};

interface Staged {
  temporary: string;
  path: string;
}

export const createOutputFiles = (): OutputFiles => {
  const unnamed = new Set<string>();
  const madeFolders: string[] = [];
  let count = 0;

  const makeFolder = async (folder: string): Promise<void> => {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) madeFolders.push(made);
  };

  const guarded = async <T>(path: string, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (thrown) {
      throw thrown instanceof AppError ? thrown : unwritable(path, thrown);
    }
  };

  /** Null when the bytes went straight to a device or pipe. */
  const stage = (path: string, content: string | Uint8Array): Promise<Staged | null> =>
    guarded(path, async () => {
      const target = await locate(path);
      if (target.direct) {
        await writeFile(target.path, content);
        return null;
      }
      const folder = dirname(target.path);
      await makeFolder(folder);
      count += 1;
      const temporary = join(folder, `.mdraft-${process.pid}-${count}.tmp`);
      unnamed.add(temporary);
      await writeFile(temporary, content);
      return { temporary, path: target.path };
    });

  const giveName = (staged: Staged | null): Promise<void> =>
    guarded(staged?.path ?? '', async () => {
      if (!staged) return;
      await rename(staged.temporary, staged.path);
      unnamed.delete(staged.temporary);
    });

  return {
    makeFolder: (folder) => guarded(folder, () => makeFolder(folder)),
    write: async (path, content) => giveName(await stage(path, content)),
    async writeTogether(files) {
      const staged: (Staged | null)[] = [];
      for (const { path, content } of files) staged.push(await stage(path, content));
      for (const file of staged) await giveName(file);
    },
    async cleanUp() {
      for (const temporary of unnamed) await rm(temporary, { force: true });
      unnamed.clear();
      const deepestFirst = madeFolders.splice(0).sort((a, b) => b.length - a.length);
      for (const folder of deepestFirst) await rmdir(folder).catch(() => undefined);
    },
  };
};
