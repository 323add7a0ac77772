/** The import rules cannot see globals: this gate holds the pure folders to "same bytes in, same bytes out". */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate } from './gate.ts';
import { sourceFiles } from './source-files.ts';

const PURE_FOLDERS = ['convert', 'analyze', 'export'].map((folder) => `functions/src/${folder}`);
const IMPURE =
  /\b(Math\.random|Date\.now|new Date\(\)|performance\.|fetch\(|setTimeout\(|setInterval\(|crypto\.|process\.|globalThis\b|localeCompare\()/;

export const purityGate: Gate = {
  name: 'purity',
  holds: 'no clock, chance, network, timers or locale in convert, analyze and export',
  async run(root) {
    const problems: string[] = [];
    for (const folder of PURE_FOLDERS.map((name) => join(root, name)).filter(existsSync)) {
      for (const path of sourceFiles(folder)) {
        for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
          const found = IMPURE.exec(line);
          if (found) problems.push(`${path.slice(root.length + 1)}:${index + 1} uses ${found[1]}`);
        }
      }
    }
    return { ok: problems.length === 0, output: problems.join('\n') };
  },
};
