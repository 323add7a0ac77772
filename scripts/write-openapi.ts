/** Writes docs/openapi.json. Run it after a change of the operations: `node scripts/write-openapi.ts`. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildOpenApi } from '../functions/src/contracts/openapi.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
writeFileSync(`${root}docs/openapi.json`, JSON.stringify(buildOpenApi(), null, 2));
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', 'docs/openapi.json'], {
  cwd: root,
  stdio: 'inherit',
});
