/** One package through the running system, told step by step: uploads, conversion, analysis, results in files. */
import { basename, resolve } from 'node:path';
import { type Client, createClient } from '../../functions/src/contracts/client.ts';
import { asAppError } from '../../functions/src/errors.ts';
import { chooseFormats, chooseKinds } from '../cli/choices.ts';
import type { CliDeps } from '../cli/deps.ts';
import { EXIT, type ExitCode } from '../cli/exit-codes.ts';
import { readInput } from '../cli/input-files.ts';
import { enterPhase } from '../cli/interrupt.ts';
import { plural, printable, shownPath } from '../cli/messages.ts';
import { packageLine, packageSummary } from '../cli/package-summary.ts';
import { writeError } from '../cli/report.ts';
import type { StartSettings } from '../cli/start-demo.ts';
import { filesOf, resultFolder, type StartRequest } from '../cli/start-request.ts';
import { patientClient } from './patience.ts';
import { savePackage } from './save-package.ts';
import { type FileToSend, type SentPackage, type StepName, sendPackage } from './send-package.ts';
import { signInVisitor } from './visitor.ts';

export interface RunningSystem {
  hostingUrl: string;
  authHost: string;
  /** Where the visitor is remembered. */
  visitorPath: string;
}

interface Reading {
  files: FileToSend[];
  failed: number;
}

/** A file that cannot be read is told, and does not keep the others back. */
const readFiles = async (request: StartRequest, settings: StartSettings, deps: CliDeps): Promise<Reading> => {
  const { limits } = await deps.readConfig();
  const reading: Reading = { files: [], failed: 0 };
  for (const file of await filesOf(request, settings.sampleFolder)) {
    try {
      const path = resolve(deps.workingFolder, file);
      const bytes = await readInput(path, file, limits);
      reading.files.push({ file, fileName: basename(path), bytes });
    } catch (thrown) {
      writeError(asAppError(thrown), deps);
      reading.failed += 1;
    }
  }
  return reading;
};

const STEPS: Readonly<Record<StepName, (sent: SentPackage, files: number) => string>> = {
  uploaded: (_, files) => `${plural(files, 'document')} by signed URL`,
  converted: ({ documents }) => {
    const pages = documents.reduce((sum, { conversion }) => sum + (conversion.result?.pages ?? 0), 0);
    return `event, queue, converter: ${plural(pages, 'page')}`;
  },
  analysed: ({ run }) => `${plural(run?.progress.planned ?? 0, 'window')}, ${plural(run?.rows ?? 0, 'requirement')}`,
  fetched: ({ exports }) => `${exports.map(({ format }) => format).join(', ')} and Markdown`,
};

const stepLine = (step: StepName, elapsedMs: number, what: string): string =>
  `  ${step.padEnd(10)} ${`${(elapsedMs / 1000).toFixed(1)} s`.padStart(7)}  ${what}\n`;

const tellTroubles = ({ documents, run }: SentPackage, deps: CliDeps): void => {
  const write = (line: string): void => deps.stderr.write(`${printable(line)}\n`);
  for (const { file, conversion, sameAs } of documents) {
    const { failure, result } = conversion;
    if (failure) write(`error: ${failure.message} [${failure.reason}]`);
    if (sameAs !== undefined) write(`warning: ${file} has the same bytes as ${sameAs}; it was analysed once.`);
    const pages = result?.pagesWithoutText ?? [];
    if (pages.length > 0) write(`warning: ${file}: no text on ${plural(pages.length, 'page')} (${pages.join(', ')}).`);
  }
  if (run?.failure) write(`error: ${run.failure.message} [${run.failure.reason}]`);
  for (const missing of run?.missing ?? []) write(`warning: the matrix is not complete: ${missing}`);
};

const exitCodeOf = ({ documents, run }: SentPackage, failed: number): ExitCode => {
  if (run?.state !== 'completed' && run?.state !== 'partial') return EXIT.failed;
  const isWhole = failed === 0 && documents.every(({ conversion }) => conversion.state === 'completed');
  return isWhole && run.state === 'completed' ? EXIT.done : EXIT.partial;
};

const signIn = async (system: RunningSystem, deps: CliDeps): Promise<Client> => {
  const { authHost, hostingUrl: baseUrl, visitorPath } = system;
  const visitor = await signInVisitor(authHost, visitorPath);
  const client = patientClient(createClient({ baseUrl, fetch, token: visitor.token }));
  if (!visitor.isNew) {
    const { conversions, nextCursor } = await client.listConversions({ pageSize: 100 }, { signal: deps.signal });
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
  const { files, failed } = await readFiles(request, settings, deps);
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
    formats: chooseFormats([]),
    signal,
    onStep: (step, soFar) => stdout.write(stepLine(step, elapsedMs(), STEPS[step](soFar, files.length))),
  });
  const folder = resolve(
    workingFolder,
    resultFolder(
      request,
      files.map(({ file }) => file),
    ),
  );
  const seconds = (elapsedMs() / 1000).toFixed(1);
  const saved = await savePackage(sent, folder, () => enterPhase('naming', signal));
  const pages = sent.documents.reduce((sum, { conversion }) => sum + (conversion.result?.pages ?? 0), 0);
  const line = packageLine(sent.documents.length, pages, `through the whole system in ${seconds} s`);
  stdout.write(packageSummary(saved, line, settings, workingFolder));
  tellTroubles(sent, deps);
  return exitCodeOf(sent, failed);
};
