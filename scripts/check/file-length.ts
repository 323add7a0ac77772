/** A file that has grown past this holds more than one thing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate } from './gate.ts';
import { sourceFiles } from './source-files.ts';

const MOST_LINES = 300;
const FOLDERS = ['functions/src', 'scripts', 'test', 'hosting/src'];

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
