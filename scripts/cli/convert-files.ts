/** Files → documents, several at a time, with one progress bar for all. */
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import type { Document } from '../../functions/src/contracts/document.ts';
import { type AppError, asAppError } from '../../functions/src/errors.ts';
import { createUnpacker, type Origin } from './contained-files.ts';
import type { CliDeps } from './deps.ts';
import { readInput } from './input-files.ts';
import { untilInterrupted } from './interrupt.ts';
import type { Progress } from './progress.ts';

/** Each conversion may hold a whole file and a parser in memory. */
const MOST_AT_ONCE = 4;

export type Outcome = { file: string; document: Document } | { file: string; error: AppError };
/** `origin`: of the file itself, or of one that was in it. */
export type PlacedOutcome = Outcome & { origin: Origin };

export const isConverted = <O extends Outcome>(outcome: O): outcome is Extract<O, { document: Document }> =>
  'document' in outcome;

/** Adds up the pages of all files that were begun; files not begun yet have an unknown number. */
const pageCounter = (files: readonly string[], progress: Progress) => {
  const counts: { done: number; total: number }[] = [];
  const [only] = files;
  const label =
    files.length === 1 && only !== undefined ? `Reading ${basename(only)}` : `Reading ${files.length} files`;
  return () => {
    const index = counts.push({ done: 0, total: 0 }) - 1;
    return (done: number, total: number) => {
      counts[index] = { done, total };
      const sum = (key: 'done' | 'total'): number => counts.reduce((all, count) => all + count[key], 0);
      progress.update({ label, done: sum('done'), total: sum('total'), unit: 'pages' });
    };
  };
};

interface ConvertOptions {
  /** Called for each document as soon as it is there; what it throws counts as a failure of its file. */
  handle?: (document: Document, origin: Origin) => Promise<void>;
  /** Whether the files inside a file are converted after it. */
  unpack: boolean;
}

/** Outcomes in the order of `files`, each followed by those of the files in it. A file that fails does not stop the others. */
export const convertFiles = async (
  files: readonly string[],
  deps: CliDeps,
  progress: Progress,
  { handle, unpack }: ConvertOptions,
): Promise<PlacedOutcome[]> => {
  const config = await deps.readConfig();
  const size = Math.max(1, Math.min(files.length, availableParallelism(), MOST_AT_ONCE));
  const converter = await deps.createConverter(config, size);
  const countPages = pageCounter(files, progress);
  const outcomes: PlacedOutcome[][] = [];

  const convertWithFilesIn = async (file: string, index: number): Promise<void> => {
    const found: PlacedOutcome[] = [];
    outcomes[index] = found;
    const filesIn = createUnpacker(converter);
    const convertOne = async (origin: Origin, read: () => Promise<Uint8Array>): Promise<void> => {
      if (deps.signal.aborted) return;
      try {
        const bytes = await read();
        const document = await converter.convert({ bytes, fileName: origin.fileName, onProgress: countPages() });
        await handle?.(document, origin);
        found.push({ file: origin.file, origin, document });
        if (!unpack) return;
        for (const inner of await filesIn(bytes, origin, document)) {
          await convertOne(inner.origin, async () => inner.bytes);
        }
      } catch (thrown) {
        found.push({ file: origin.file, origin, error: asAppError(thrown) });
      }
    };
    const path = resolve(deps.workingFolder, file);
    await convertOne({ file, fileName: basename(path), index }, () => readInput(path, file, config.limits));
  };

  const queue = files.entries();
  const workThroughQueue = async (): Promise<void> => {
    for (const [index, file] of queue) {
      if (deps.signal.aborted) return;
      await convertWithFilesIn(file, index);
    }
  };

  try {
    await untilInterrupted(deps.signal, Promise.all(Array.from({ length: size }, workThroughQueue)));
  } finally {
    await converter.close();
    progress.clear();
  }
  return outcomes.flat();
};
