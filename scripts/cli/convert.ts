/** mdraft convert: documents → Markdown on standard output, in a file, or in a folder. */
import { basename, dirname, join, resolve } from 'node:path';
import type { ConvertRequest } from './arguments.ts';
import { convertFiles, isConverted, type Outcome } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import type { ExitCode } from './exit-codes.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { extent, shownPath } from './messages.ts';
import { createOutputFiles } from './output-files.ts';
import { outputNames } from './output-names.ts';
import { progressOf } from './progress.ts';
import { documentFacts, failuresOf, jobExitCode, reportJson, reportOutcome } from './report.ts';
import { usageError } from './usage-error.ts';

type FilesRequest = Exclude<ConvertRequest, { to: 'manifest' }>;
/** An absolute path; undefined stands for standard output. */
type Target = string | undefined;

const targetsOf = (request: FilesRequest, workingFolder: string): Target[] => {
  if (request.to === 'stdout') return [undefined];
  if (request.to === 'file') {
    const target = resolve(workingFolder, request.out);
    if (target !== resolve(workingFolder, request.file)) return [target];
    throw usageError(`-o ${request.out} is the document itself. Choose another name.`);
  }
  const folder = resolve(workingFolder, request.outDir);
  const inputs = request.files.map((file) => resolve(workingFolder, file));
  const inputsThere = inputs.filter((path) => dirname(path) === folder).map((path) => basename(path));
  return outputNames(inputs, 'md', inputsThere).map((name) => join(folder, name));
};

const jsonResult = (outcomes: readonly Outcome[], targets: readonly Target[]): object => ({
  documents: outcomes.flatMap((outcome, index) => {
    if (!isConverted(outcome)) return [];
    const { file, document } = outcome;
    const output = targets[index];
    const where = output === undefined ? { markdown: document.markdown } : { output };
    return [{ file, ...where, ...documentFacts(document) }];
  }),
});

const printResult = (outcomes: readonly Outcome[], targets: readonly Target[], deps: CliDeps, quiet: boolean): void => {
  outcomes.forEach((outcome, index) => {
    const target = targets[index];
    if (isConverted(outcome) && target === undefined) deps.stdout.write(outcome.document.markdown);
    if (isConverted(outcome) && target !== undefined && !quiet) {
      deps.stderr.write(`${shownPath(target, deps.workingFolder)}: ${extent(outcome.document)}\n`);
    }
    reportOutcome(outcome, deps, quiet);
  });
};

export const runConvert = async (request: FilesRequest, deps: CliDeps): Promise<ExitCode> => {
  const files = request.to === 'folder' ? request.files : [request.file];
  const targets = targetsOf(request, deps.workingFolder);
  const output = createOutputFiles();
  try {
    const outcomes = await convertFiles(files, deps, progressOf(request, deps), async (document, index) => {
      throwIfInterrupted(deps.signal);
      const target = targets[index];
      if (target !== undefined) await output.write(target, document.markdown);
    });
    const exitCode = jobExitCode(outcomes);
    if (request.json) reportJson(failuresOf(outcomes), jsonResult(outcomes, targets), exitCode, deps);
    else printResult(outcomes, targets, deps, request.quiet);
    return exitCode;
  } finally {
    await output.cleanUp();
  }
};
