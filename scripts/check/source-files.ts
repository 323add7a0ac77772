import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every TypeScript, JavaScript and CSS source below a folder, as paths. */
export const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
