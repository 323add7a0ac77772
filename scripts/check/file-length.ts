/** A file that has grown past this holds more than one thing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate } from './gate.ts';

const MOST_LINES = 300;
const FOLDERS = ['functions/src', 'scripts', 'test'];

const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

export const fileLengthGate: Gate = {
  name: 'file length',
  holds: `no source file over ${MOST_LINES} lines`,
  async run(root) {
    const problems = FOLDERS.flatMap((folder) => sourceFiles(join(root, folder)))
      .map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MOST_LINES)
      .map(({ path, lines }) => `${path.slice(root.length + 1)}: ${lines} lines`);
    return { ok: problems.length === 0, output: problems.join('\n') };
  },
};
