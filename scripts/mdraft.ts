/** The command line: `npm run mdraft -- convert|analyze …`. The pure libraries in one process; no account, no network. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Node then compiles each module once and not at every start; without a writable folder it simply goes on.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'));

const [{ processDeps }, { runCli }] = await Promise.all([import('./cli/process-deps.ts'), import('./cli/run.ts')]);
process.exitCode = await runCli(process.argv.slice(2), processDeps());
