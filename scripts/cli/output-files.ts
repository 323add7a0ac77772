/** Writes results so that a reader sees a whole file or none, and a failed command leaves nothing behind. */
import { appendFile, mkdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../functions/src/errors.ts';
import { errorCode } from './input-files.ts';
import { type KeptFile, keepPrevious } from './previous-version.ts';
import { writeProblem } from './write-problems.ts';

const unwritable = (path: string, thrown: unknown): AppError => {
  const problem = writeProblem(errorCode(thrown));
  return new AppError('OUTPUT_UNWRITABLE', { path, problem }, { cause: thrown });
};

export interface OutputFile {
  path: string;
  content: string | Uint8Array;
  /** A different file in its place is kept beside it. */
  keepsPrevious?: boolean;
}

export interface OutputFiles {
  /** Adds to a file, which is made if it is missing and stays whatever happens. */
  append(path: string, text: string): Promise<void>;
  /**
   * Writes all files, then gives all of them their names: a failure on the way leaves none. `beforeNaming` is the last
   * chance to stop, by throwing.
   */
  writeTogether(files: readonly OutputFile[], beforeNaming: () => Promise<void>): Promise<KeptFile[]>;
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

  const replace = async (staged: Staged | null, file: OutputFile): Promise<KeptFile | null> => {
    const keeps = file.keepsPrevious === true && staged !== null;
    const kept = keeps ? await guarded(file.path, () => keepPrevious(file.path, file.content)) : null;
    try {
      await giveName(staged);
      return kept;
    } catch (thrown) {
      if (kept?.isNew) await rm(kept.keptAs, { force: true });
      throw thrown;
    }
  };

  return {
    append: (path, text) =>
      guarded(path, async () => {
        await makeFolder(dirname(path));
        await appendFile(path, text);
      }),
    async writeTogether(files, beforeNaming) {
      const staged: { file: OutputFile; staged: Staged | null }[] = [];
      for (const file of files) staged.push({ file, staged: await stage(file.path, file.content) });
      await beforeNaming();
      const kept: KeptFile[] = [];
      for (const entry of staged) {
        const previous = await replace(entry.staged, entry.file);
        if (previous) kept.push(previous);
      }
      return kept;
    },
    async cleanUp() {
      for (const temporary of unnamed) await rm(temporary, { force: true });
      unnamed.clear();
      const deepestFirst = madeFolders.splice(0).sort((a, b) => b.length - a.length);
      for (const folder of deepestFirst) await rmdir(folder).catch(() => undefined);
    },
  };
};
