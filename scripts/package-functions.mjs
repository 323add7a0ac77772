/**
 * Packs what the functions are built from. The same files give the same bytes, so that Terraform replaces functions only when
 * their code has changed.
 *
 *   gcloud meta list-files-for-upload | node scripts/package-functions.mjs out/functions.zip
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { zipSync } from 'fflate';

/** The oldest a ZIP file can name, by the clock of the place. */
const SAME_TIME = new Date(1980, 0, 1);

const [archive] = process.argv.slice(2);
const names = readFileSync(0, 'utf8').split('\n').filter(Boolean).sort();
if (archive === undefined || !names.includes('package.json') || !names.some((name) => name.startsWith('dist/'))) {
  process.stderr.write(
    'package-functions: needs the name of the archive, and on its input package.json and files of dist/.\n',
  );
  process.exit(2);
}
const files = Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(name))]));
mkdirSync(dirname(archive), { recursive: true });
writeFileSync(archive, zipSync(files, { mtime: SAME_TIME }));
process.stdout.write(`${names.length} files in ${archive}\n`);
