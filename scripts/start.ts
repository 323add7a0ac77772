/** `npm start`: the whole system on this machine where Java and Google's Firestore emulator are, one process elsewhere. */
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { EXIT, exitCodeOf } from './cli/exit-codes.ts';
import { processDeps, READER_GONE } from './cli/process-deps.ts';
import { reportError } from './cli/report.ts';
import { runStart } from './cli/start-demo.ts';
import { readStartRequest } from './cli/start-request.ts';

const inRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const settings = {
  sampleFolder: inRoot('test/fixtures/solicitation/pdf'),
  columns: process.stdout.columns ?? 100,
  bold: (text: string) => styleText('bold', text, { stream: process.stdout }),
};
const argv = process.argv.slice(2);
const deps = processDeps({ stopsInOrder: true });

const start = async () => {
  const request = readStartRequest(argv);
  if (request.embedded || request.help) return runStart(argv, settings, deps);
  const { findFirestoreEmulator } = await import('./local-cloud/firestore-emulator/index.ts');
  const firestore = findFirestoreEmulator();
  if ('missing' in firestore) {
    deps.stdout.write(`In one process, without the services around it. ${firestore.hint}\n`);
    return runStart(argv, settings, deps);
  }
  const { startWholeSystem } = await import('./whole-system/start.ts');
  const dataFolder = process.env.MDRAFT_DATA_FOLDER ?? inRoot('.mdraft');
  return startWholeSystem(
    request,
    { ...settings, root: inRoot(''), dataFolder, environment: process.env, firestore },
    deps,
  );
};

const exitCode = await start().catch((thrown: unknown) => exitCodeOf(reportError(thrown, false, deps)));
const hasSeenEnough = exitCode === EXIT.interrupted && deps.signal.reason === READER_GONE;
process.exitCode = hasSeenEnough ? EXIT.done : exitCode;
