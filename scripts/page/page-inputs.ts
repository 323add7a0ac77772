/** What the built page is made of, as one hash: it changes when the page has to be built anew. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Below the project's root; a folder stands for all of its files. The lockfile holds the versions of what builds and of what is built in. */
const INPUTS = [
  'hosting',
  'functions/src/contracts',
  'test/fixtures/solicitation/pdf',
  'tsconfig.json',
  'package-lock.json',
];
const OUTPUT = ['hosting', 'dist', ''].join(sep);

const filesOf = (root: string, input: string): string[] => {
  const path = join(root, input);
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

/** SHA-256 over names and bytes, hexadecimal. */
export const hashOfInputs = (root: string): string => {
  const hash = createHash('sha256');
  const paths = INPUTS.flatMap((input) => filesOf(root, input))
    .map((path) => relative(root, path))
    .filter((path) => !path.startsWith(OUTPUT))
    .sort();
  for (const path of paths) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
  }
  return hash.digest('hex');
};
