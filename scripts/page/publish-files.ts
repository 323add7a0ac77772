/** Puts a finished build into the place of an earlier one while both may be read: the place is never empty, and no file half written. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/** What HTML names has to be there before it. */
const lastHtml = (a: string, b: string): number => Number(a.endsWith('.html')) - Number(b.endsWith('.html'));

/** Moves every file of `from` to the same place below `to`, and then removes what was there before. One file system. */
export const publishFiles = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  const files = filesBelow(from).sort(lastHtml);
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    renameSync(join(from, file), join(to, file));
  }
  const published = new Set(files);
  for (const file of filesBelow(to)) {
    if (!published.has(file)) rmSync(join(to, file));
  }
};
