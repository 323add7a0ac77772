import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every TypeScript and JavaScript source below a folder, as paths. */
export const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
