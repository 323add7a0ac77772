/** `npm run check`: runs every gate, says which hold, exits 1 if one does not. */
import { join } from 'node:path';
import { GATES } from './check/gates.ts';

const root = join(import.meta.dirname, '..');
let failed = 0;

for (const gate of GATES) {
  const started = performance.now();
  const { ok, output } = await gate.run(root);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${gate.name.padEnd(18)} ${gate.holds} (${seconds} s)`);
  if (ok) continue;
  failed += 1;
  console.log(`\n${output}\n`);
}

console.log(`\n${GATES.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
