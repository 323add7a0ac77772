/** Files → documents, several at a time, with one progress bar for all. */
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import type { Document } from '../../functions/src/contracts/document.ts';
import { type AppError, asAppError } from '../../functions/src/errors.ts';
import type { CliDeps } from './deps.ts';
import { readInput } from './input-files.ts';
import { untilInterrupted } from './interrupt.ts';
import type { Progress } from './progress.ts';

/** Each conversion may hold a whole file and a parser in memory. */
const MOST_AT_ONCE = 4;

export type Outcome = { file: string; document: Document } | { file: string; error: AppError };

export const isConverted = (outcome: Outcome): outcome is { file: string; document: Document } => 'document' in outcome;

/** Adds up the pages of all files that were begun; files not begun yet have an unknown number. */
const pageCounter = (files: readonly string[], progress: Progress) => {
  const counts = files.map(() => ({ done: 0, total: 0 }));
  const [only] = files;
  const label =
    files.length === 1 && only !== undefined ? `Reading ${basename(only)}` : `Reading ${files.length} files`;
  return (index: number) => (done: number, total: number) => {
    counts[index] = { done, total };
    const sum = (key: 'done' | 'total'): number => counts.reduce((all, count) => all + count[key], 0);
    progress.update({ label, done: sum('done'), total: sum('total'), unit: 'pages' });
  };
};

/**
 * Outcomes in the order of `files`. A file that fails does not stop the others; `handle` is called for each document as
 * soon as it is there, and what it throws counts as a failure of its file.
 */
export const convertFiles = async (
  files: readonly string[],
  deps: CliDeps,
  progress: Progress,
  handle: (document: Document, index: number) => Promise<void> = async () => undefined,
): Promise<Outcome[]> => {
  const config = await deps.readConfig();
  const size = Math.max(1, Math.min(files.length, availableParallelism(), MOST_AT_ONCE));
  const converter = await deps.createConverter(config, size);
  const onPages = pageCounter(files, progress);
  const outcomes: Outcome[] = [];

  const convertOne = async (file: string, index: number): Promise<Outcome> => {
    try {
      const path = resolve(deps.workingFolder, file);
      const bytes = await readInput(path, file, config.limits);
      const request = { bytes, fileName: basename(path), onProgress: onPages(index) };
      const document = await converter.convert(request);
      await handle(document, index);
      return { file, document };
    } catch (thrown) {
      return { file, error: asAppError(thrown) };
    }
  };

  const queue = files.entries();
  const workThroughQueue = async (): Promise<void> => {
    for (const [index, file] of queue) {
      if (deps.signal.aborted) return;
      outcomes[index] = await convertOne(file, index);
    }
  };

  try {
    await untilInterrupted(deps.signal, Promise.all(Array.from({ length: size }, workThroughQueue)));
  } finally {
    await converter.close();
    progress.clear();
  }
  return outcomes;
};
