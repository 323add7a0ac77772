/** npm start in one process: the whole way from PDF to compliance matrix, on the sample package or on the user's own files. */
import { reportPackageTroubles } from './analyze.ts';
import { analyzePackageFiles, type PackageResult } from './analyze-package.ts';
import { chooseFormats, chooseKinds } from './choices.ts';
import { isConverted } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { Interrupted } from './interrupt.ts';
import { shownPath } from './messages.ts';
import { packageLine, packageSummary, type SummarySettings } from './package-summary.ts';
import { reportError } from './report.ts';
import { filesOf, readStartRequest, resultFolder, START_HELP } from './start-request.ts';

export interface StartSettings extends SummarySettings {
  /** Folder with the PDFs of the sample package. */
  sampleFolder: string;
}

const summaryLine = ({ outcomes }: PackageResult, elapsedMs: number): string => {
  const documents = outcomes.filter(isConverted).map(({ document }) => document);
  const pages = documents.reduce((sum, { pages: { length } }) => sum + length, 0);
  const seconds = (elapsedMs / 1000).toFixed(1);
  return packageLine(documents.length, pages, `read and analysed in ${seconds} s on this machine`);
};

const run = async (argv: readonly string[], settings: StartSettings, deps: CliDeps): Promise<ExitCode> => {
  const request = readStartRequest(argv);
  if (request.help) {
    deps.stdout.write(START_HELP);
    return EXIT.done;
  }
  const { sampleFolder } = settings;
  if (request.files.length === 0) {
    deps.stdout.write(`Sample solicitation: ${shownPath(sampleFolder, deps.workingFolder)}\n`);
  }
  const started = deps.elapsedMs();
  const result = await analyzePackageFiles(
    {
      command: 'analyze',
      files: await filesOf(request, sampleFolder),
      outDir: (readFiles) => resultFolder(request, readFiles),
      kinds: chooseKinds([]),
      formats: chooseFormats([]),
      json: false,
      quiet: false,
    },
    deps,
  );
  const line = summaryLine(result, deps.elapsedMs() - started);
  deps.stdout.write(packageSummary(result, line, settings, deps.workingFolder));
  reportPackageTroubles(result, deps, false);
  return result.exitCode;
};

/** Same errors and exit codes as `mdraft analyze`. */
export const runStart = async (argv: readonly string[], settings: StartSettings, deps: CliDeps): Promise<ExitCode> => {
  try {
    return await run(argv, settings, deps);
  } catch (thrown) {
    return thrown instanceof Interrupted ? EXIT.interrupted : exitCodeOf(reportError(thrown, false, deps));
  }
};
