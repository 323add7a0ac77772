/** npm start: the whole system on this machine, one package through it, and then it stays up. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../functions/src/contracts/client.ts';
import type { CliDeps } from '../cli/deps.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../cli/exit-codes.ts';
import { printable, shownPath } from '../cli/messages.ts';
import { reportError } from '../cli/report.ts';
import type { StartSettings } from '../cli/start-demo.ts';
import type { StartRequest } from '../cli/start-request.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../local-cloud/start-local-cloud.ts';
import { ensurePageIsBuilt } from '../page/build-page.ts';
import { COMPONENT_NAMES, componentLine } from './component-names.ts';
import { mdraftProject, PROJECT_ID } from './mdraft-project.ts';
import { runPackage } from './run-package.ts';

export interface WholeSystemSettings extends StartSettings {
  /** Where firebase.json is. */
  root: string;
  /** Keeps what the system stores. */
  dataFolder: string;
  /** The person's. */
  environment: Readonly<Record<string, string | undefined>>;
  firestore: LocalCloudOptions['firestore'];
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The page is made ready while the parts start, and is mostly up to date. @throws Error of either; nothing runs then. */
const startWithPage = async (options: LocalCloudOptions): Promise<LocalCloud> => {
  const page = ensurePageIsBuilt(options);
  // The parts are waited for first, and meanwhile nobody listens to the page.
  page.catch(() => undefined);
  const cloud = await startLocalCloud(options);
  try {
    await page;
    return cloud;
  } catch (thrown) {
    await cloud.close();
    throw thrown;
  }
};

const bringUp = async (settings: WholeSystemSettings, deps: CliDeps): Promise<LocalCloud> => {
  const startedMs = deps.elapsedMs();
  const elapsedMs = (): number => deps.elapsedMs() - startedMs;
  deps.stdout.write(`${settings.bold('mdraft on this machine')} (project ${PROJECT_ID})\n`);
  const cloud = await startWithPage({
    project: mdraftProject(settings.environment),
    root: settings.root,
    folder: settings.dataFolder,
    firestore: settings.firestore,
    signal: deps.signal,
    onPortTaken: () => deps.stdout.write('A port was taken by another program meanwhile. Starting again on others.\n'),
    onState: (component, state, address) =>
      deps.stdout.write(`${componentLine(component, state, elapsedMs(), address)}\n`),
  });
  deps.stdout.write(`Ready after ${(elapsedMs() / 1000).toFixed(1)} s: ${settings.bold(cloud.hostingUrl)}\n\n`);
  return cloud;
};

const tellError = (thrown: unknown, deps: CliDeps): ExitCode => {
  if (!(thrown instanceof ApiError)) return exitCodeOf(reportError(thrown, false, deps));
  deps.stderr.write(`error: ${printable(thrown.message)} [${thrown.reason}]\n`);
  return EXIT.failed;
};

/** Before an error is told: whether it is only that a part has just ended. */
const NOTICED_MS = 1000;

const sendThrough = async (
  cloud: LocalCloud,
  request: StartRequest,
  settings: WholeSystemSettings,
  deps: CliDeps,
): Promise<ExitCode> => {
  const { hostingUrl, authHost } = cloud;
  const visitorPath = join(settings.dataFolder, 'visitor');
  try {
    return await runPackage({ hostingUrl, authHost, visitorPath }, request, settings, deps);
  } catch (thrown) {
    await Promise.race([sleep(NOTICED_MS, undefined, { ref: false }), untilAborted(deps.signal)]);
    return deps.signal.aborted ? EXIT.interrupted : tellError(thrown, deps);
  }
};

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** False when data were lost; that is told. */
const stop = async (cloud: LocalCloud, dataFolder: string, { stdout, stderr, workingFolder }: CliDeps) => {
  stdout.write('Stopping …\n');
  try {
    await cloud.close();
    return true;
  } catch (thrown) {
    stderr.write(`error: ${messageOf(thrown)}\n`);
    return false;
  } finally {
    stdout.write(`Stopped. Data is kept in ${shownPath(dataFolder, workingFolder)}\n`);
  }
};

/** Until `deps.signal`, or with `once` until the package is through. */
const serve = async (
  cloud: LocalCloud,
  request: StartRequest,
  settings: WholeSystemSettings,
  deps: CliDeps,
): Promise<ExitCode> => {
  if (deps.signal.aborted) return EXIT.interrupted;
  const exitCode = await sendThrough(cloud, request, settings, deps);
  if (request.once || exitCode === EXIT.interrupted) return exitCode;
  const log = shownPath(join(settings.dataFolder, 'functions.log'), deps.workingFolder);
  deps.stdout.write(`\nUp until Ctrl-C: ${settings.bold(cloud.hostingUrl)} (what the functions log: ${log})\n`);
  await untilAborted(deps.signal);
  return exitCode;
};

/** The exit code is that of the package: a result is not undone by Ctrl-C. It is 1 when a part ended by itself, or data were lost. */
export const startWholeSystem = async (
  request: StartRequest,
  settings: WholeSystemSettings,
  deps: CliDeps,
): Promise<ExitCode> => {
  const { signal, stdout, stderr } = deps;
  let cloud: LocalCloud;
  try {
    cloud = await bringUp(settings, deps);
  } catch (thrown) {
    if (signal.aborted) {
      stdout.write('Stopped.\n');
      return EXIT.interrupted;
    }
    stderr.write(`error: The system did not come up. ${messageOf(thrown)}\n`);
    return EXIT.failed;
  }
  const broken = new AbortController();
  void cloud.partEnded.then((component) => {
    stderr.write(`error: ${COMPONENT_NAMES[component]} ended by itself, so everything stops. Start again: npm start\n`);
    broken.abort();
  });
  let exitCode: ExitCode = EXIT.failed;
  try {
    exitCode = await serve(cloud, request, settings, { ...deps, signal: AbortSignal.any([signal, broken.signal]) });
  } finally {
    const isWhole = await stop(cloud, settings.dataFolder, deps);
    if (!isWhole || broken.signal.aborted) exitCode = EXIT.failed;
  }
  return exitCode;
};
