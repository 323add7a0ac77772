/** Which packages are built into the page: those that hosting/src imports, and what these need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-files.ts';

/** An entry of package-lock.json's `packages`. */
export interface LockedPackage {
  dev?: boolean;
  dependencies?: Readonly<Record<string, string>>;
}

type Lock = Readonly<Record<string, LockedPackage>>;

/** `import … from 'x'`, `export … from 'x'`, `import 'x'` and `import('x')`, of which paths begin with a dot. */
const IMPORT = /(?:^(?:import|export)\b[^'";=]*\bfrom\s*|^import\s*|\bimport\(\s*)['"]([^'".][^'"]*)['"]/gm;

/** "@noble/hashes" of "@noble/hashes/sha2.js". */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

export const importedPackages = (folder: string): string[] => {
  const texts = sourceFiles(folder)
    .filter((path) => !path.endsWith('.css'))
    .map((path) => readFileSync(path, 'utf8'));
  const specifiers = texts.flatMap((text) => [...text.matchAll(IMPORT)].map(([, specifier = '']) => specifier));
  return [...new Set(specifiers.map(packageOf))].sort();
};

/** Where `name` is for what is at `from`, as Node looks: beside it, then further out. Null: nowhere. */
const placeOf = (lock: Lock, from: string, name: string): string | null => {
  for (let place = from; ; place = place.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = join(place, 'node_modules', name);
    if (path in lock) return path;
    if (place === '') return null;
  }
};

/** Places in the lockfile of all that is built into the page; `missing`: imported, but not in the lockfile. */
export const bundledPackages = (root: string, lock: Lock): { places: string[]; missing: string[] } => {
  const places = new Set<string>();
  const missing: string[] = [];
  const add = (from: string, name: string): void => {
    const place = placeOf(lock, from, name);
    if (place === null) missing.push(name);
    if (place === null || places.has(place)) return;
    places.add(place);
    for (const needed of Object.keys(lock[place]?.dependencies ?? {})) add(place, needed);
  };
  for (const name of importedPackages(join(root, 'hosting/src'))) add('', name);
  return { places: [...places].sort(), missing };
};
