/** npm start: the whole system on this machine, one package through it, and then it stays up. */
import { join } from 'node:path';
import { ApiError } from '../../functions/src/contracts/client.ts';
import type { CliDeps } from '../cli/deps.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../cli/exit-codes.ts';
import { printable, shownPath } from '../cli/messages.ts';
import { reportError } from '../cli/report.ts';
import type { StartSettings } from '../cli/start-demo.ts';
import type { StartRequest } from '../cli/start-request.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../local-cloud/start-local-cloud.ts';
import { componentLine } from './component-names.ts';
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

const bringUp = async (settings: WholeSystemSettings, deps: CliDeps): Promise<LocalCloud> => {
  const startedMs = deps.elapsedMs();
  const elapsedMs = (): number => deps.elapsedMs() - startedMs;
  deps.stdout.write(`${settings.bold('mdraft on this machine')} (project ${PROJECT_ID})\n`);
  const cloud = await startLocalCloud({
    project: mdraftProject(settings.environment),
    root: settings.root,
    folder: settings.dataFolder,
    firestore: settings.firestore,
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
    return deps.signal.aborted ? EXIT.interrupted : tellError(thrown, deps);
  }
};

/** The exit code is that of the package: a result is not undone by Ctrl-C. */
export const startWholeSystem = async (
  request: StartRequest,
  settings: WholeSystemSettings,
  deps: CliDeps,
): Promise<ExitCode> => {
  const { signal, stdout, stderr, workingFolder } = deps;
  let cloud: LocalCloud;
  try {
    cloud = await bringUp(settings, deps);
  } catch (thrown) {
    if (signal.aborted) return EXIT.interrupted;
    stderr.write(`error: The system did not come up. ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return EXIT.failed;
  }
  try {
    const exitCode = signal.aborted ? EXIT.interrupted : await sendThrough(cloud, request, settings, deps);
    if (request.once || exitCode === EXIT.interrupted) return exitCode;
    const log = shownPath(join(settings.dataFolder, 'functions.log'), workingFolder);
    stdout.write(`\nUp until Ctrl-C: ${settings.bold(cloud.hostingUrl)} (what the functions log: ${log})\n`);
    await untilAborted(signal);
    return exitCode;
  } finally {
    stdout.write('Stopping …\n');
    await cloud.close();
    stdout.write(`Stopped. Data is kept in ${shownPath(settings.dataFolder, workingFolder)}\n`);
  }
};
