/** One package through the running system, told step by step: uploads, conversion, analysis, results in files. */
import { basename, resolve } from 'node:path';
import { type Client, createClient } from '../../functions/src/contracts/client.ts';
import { MOST_RUN_DOCUMENTS } from '../../functions/src/contracts/operations.ts';
import { type AppError, asAppError } from '../../functions/src/errors.ts';
import { chooseFormats, chooseKinds } from '../cli/choices.ts';
import type { CliDeps } from '../cli/deps.ts';
import { EXIT, type ExitCode } from '../cli/exit-codes.ts';
import { readInput } from '../cli/input-files.ts';
import { enterPhase } from '../cli/interrupt.ts';
import { plural, shownPath } from '../cli/messages.ts';
import { packageLine, packageSummary } from '../cli/package-summary.ts';
import { writeError } from '../cli/report.ts';
import type { StartSettings } from '../cli/start-demo.ts';
import { filesOf, resultFolder, type StartRequest } from '../cli/start-request.ts';
import { usageError } from '../cli/usage-error.ts';
import { patientClient } from './patience.ts';
import { savePackage } from './save-package.ts';
import { isRead, type SentPackage, sendPackage } from './send-package.ts';
import { pagesOf, stepLine, takenBackLine, tellTroubles, waitLine } from './tell-package.ts';
import type { FileToSend } from './upload-files.ts';
import { signInVisitor } from './visitor.ts';

export interface RunningSystem {
  hostingUrl: string;
  authHost: string;
  /** Where the visitor is remembered. */
  visitorPath: string;
}

interface Reading {
  files: FileToSend[];
  /** Of those that could not be read. */
  failures: { file: string; failure: AppError }[];
}

/** Before anything is sent of what no run could read. @throws AppError USAGE. */
const checkCount = (files: readonly string[]): void => {
  if (files.length <= MOST_RUN_DOCUMENTS) return;
  throw usageError(
    `A package has at most ${MOST_RUN_DOCUMENTS} documents; these are ${files.length}. Send it in parts, or all of it in one process: npm start -- --embedded FILES`,
  );
};

/** A file that cannot be read is told, and does not keep the others back. */
const readFiles = async (files: readonly string[], deps: CliDeps): Promise<Reading> => {
  const { limits } = await deps.readConfig();
  const reading: Reading = { files: [], failures: [] };
  for (const file of files) {
    try {
      const path = resolve(deps.workingFolder, file);
      const bytes = await readInput(path, file, limits);
      reading.files.push({ file, fileName: basename(path), bytes });
    } catch (thrown) {
      const error = asAppError(thrown);
      writeError(error, deps);
      reading.failures.push({ file, failure: error });
    }
  }
  return reading;
};

const exitCodeOf = ({ documents, run }: SentPackage, failed: number): ExitCode => {
  if (run?.state !== 'completed' && run?.state !== 'partial') return EXIT.failed;
  const isWhole = failed === 0 && documents.every(({ conversion }) => conversion?.state === 'completed');
  return isWhole && run.state === 'completed' ? EXIT.done : EXIT.partial;
};

const signIn = async (system: RunningSystem, deps: CliDeps): Promise<Client> => {
  const { authHost, hostingUrl: baseUrl, visitorPath } = system;
  const visitor = await signInVisitor(authHost, visitorPath);
  const client = createClient({ baseUrl, fetch, token: visitor.token });
  if (!visitor.isNew) {
    const { signal } = deps;
    const { conversions, nextCursor } = await patientClient(client).listConversions({ pageSize: 100 }, { signal });
    const more = nextCursor === undefined ? '' : ' and more';
    deps.stdout.write(`Here from earlier starts: ${plural(conversions.length, 'document')}${more}\n`);
  }
  return client;
};

/** @throws ApiError, AppError, and an abort of deps.signal. */
export const runPackage = async (
  system: RunningSystem,
  request: StartRequest,
  settings: StartSettings,
  deps: CliDeps,
): Promise<ExitCode> => {
  const { signal, stdout, workingFolder } = deps;
  const names = await filesOf(request, settings.sampleFolder);
  checkCount(names);
  const { files, failures } = await readFiles(names, deps);
  if (files.length === 0) return EXIT.failed;
  const client = await signIn(system, deps);
  const sample = `Sample solicitation: ${shownPath(settings.sampleFolder, workingFolder)}`;
  stdout.write(`${request.files.length === 0 ? sample : plural(files.length, 'file')}\n`);
  const startedMs = deps.elapsedMs();
  const elapsedMs = (): number => deps.elapsedMs() - startedMs;
  const sent = await sendPackage({
    client,
    files,
    kinds: chooseKinds([]),
    unreadable: failures,
    formats: chooseFormats([]),
    signal,
    onStep: (step, soFar) => stdout.write(stepLine(step, elapsedMs(), soFar)),
    onWait: (wait, { uploaded }) => stdout.write(waitLine(wait, uploaded, files.length)),
    onTakenBack: (taken) => deps.stderr.write(takenBackLine(taken)),
  });
  if (sent.run) {
    const seconds = (elapsedMs() / 1000).toFixed(1);
    const folder = resolve(
      workingFolder,
      resultFolder(
        request,
        sent.documents.flatMap((document) => (isRead(document) && names.includes(document.file) ? document.file : [])),
      ),
    );
    const saved = await savePackage(sent, folder, () => enterPhase('naming', signal));
    const converted = sent.documents.filter(({ markdown, sameAs }) => (markdown ?? sameAs) !== undefined).length;
    const line = packageLine(converted, pagesOf(sent), `through the whole system in ${seconds} s`);
    stdout.write(packageSummary(saved, line, settings, workingFolder));
  }
  tellTroubles(sent, deps.stderr);
  return exitCodeOf(sent, failures.length);
};
