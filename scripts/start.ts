/** `npm start`: the sample solicitation from PDF to compliance matrix. `npm start -- FILE…` does it for other files. */
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { processDeps } from './cli/process-deps.ts';
import { runStart } from './cli/start-demo.ts';

const settings = {
  sampleFolder: fileURLToPath(new URL('../test/fixtures/solicitation/pdf', import.meta.url)),
  columns: process.stdout.columns ?? 100,
  bold: (text: string) => styleText('bold', text, { stream: process.stdout }),
};

process.exitCode = await runStart(process.argv.slice(2), settings, processDeps());
