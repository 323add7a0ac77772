/** mdraft convert: documents → Markdown on standard output, in a file, or in a folder. */
import { basename, dirname, join, resolve } from 'node:path';
import type { ConvertRequest } from './arguments.ts';
import { type Origin, placeResults } from './contained-files.ts';
import { convertFiles, isConverted, type PlacedOutcome } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import type { ExitCode } from './exit-codes.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { extent, shownPath } from './messages.ts';
import { createOutputFiles } from './output-files.ts';
import { outputNames } from './output-names.ts';
import { progressOf } from './progress.ts';
import { documentFacts, failuresOf, jobExitCode, reportJson, reportOutcome } from './report.ts';
import { blocksPathOf, markdownNameOf, resultFiles } from './result-files.ts';
import { usageError } from './usage-error.ts';

type FilesRequest = Exclude<ConvertRequest, { to: 'manifest' }>;
/** An absolute path; undefined stands for standard output. */
type TargetOf = (origin: Origin) => string | undefined;

const targetsOf = (request: FilesRequest, workingFolder: string): TargetOf => {
  if (request.to === 'stdout') return () => undefined;
  if (request.to === 'file') {
    const target = resolve(workingFolder, request.out);
    const written = request.blocks ? [target, blocksPathOf(target)] : [target];
    if (!written.includes(resolve(workingFolder, request.file))) return () => target;
    throw usageError(`-o ${request.out} would write over the document itself. Choose another name.`);
  }
  const folder = resolve(workingFolder, request.outDir);
  const inputs = request.files.map((file) => resolve(workingFolder, file));
  const inputsThere = inputs.filter((path) => dirname(path) === folder).map((path) => basename(path));
  const taken = request.blocks ? inputsThere.flatMap((name) => [name, markdownNameOf(name)]) : inputsThere;
  const targets = outputNames(inputs, 'md', taken).map((name) => join(folder, name));
  return placeResults(targets, inputs);
};

const writesBlocks = (request: FilesRequest): boolean => request.to !== 'stdout' && request.blocks;

const jsonResult = (outcomes: readonly PlacedOutcome[], targetOf: TargetOf, withBlocks: boolean): object => ({
  documents: outcomes.flatMap((outcome) => {
    if (!isConverted(outcome)) return [];
    const { file, document, origin } = outcome;
    const output = targetOf(origin);
    const where =
      output === undefined
        ? { markdown: document.markdown }
        : { output, ...(withBlocks && { blocks: blocksPathOf(output) }) };
    return [{ file, ...where, ...documentFacts(document) }];
  }),
});

const printResult = (outcomes: readonly PlacedOutcome[], targetOf: TargetOf, deps: CliDeps, quiet: boolean): void => {
  for (const outcome of outcomes) {
    const target = targetOf(outcome.origin);
    if (isConverted(outcome) && target === undefined) deps.stdout.write(outcome.document.markdown);
    if (isConverted(outcome) && target !== undefined && !quiet) {
      deps.stderr.write(`${shownPath(target, deps.workingFolder)}: ${extent(outcome.document)}\n`);
    }
    reportOutcome(outcome, deps, quiet);
  }
};

export const runConvert = async (request: FilesRequest, deps: CliDeps): Promise<ExitCode> => {
  const files = request.to === 'folder' ? request.files : [request.file];
  const targetOf = targetsOf(request, deps.workingFolder);
  const withBlocks = writesBlocks(request);
  const output = createOutputFiles();
  try {
    const outcomes = await convertFiles(files, deps, progressOf(request, deps), {
      handle: async (document, origin) => {
        throwIfInterrupted(deps.signal);
        const target = targetOf(origin);
        if (target === undefined) return;
        await output.writeTogether(resultFiles(target, document, withBlocks), async () =>
          throwIfInterrupted(deps.signal),
        );
      },
      unpack: request.to === 'folder',
    });
    const exitCode = jobExitCode(outcomes);
    if (request.json) reportJson(failuresOf(outcomes), jsonResult(outcomes, targetOf, withBlocks), exitCode, deps);
    else printResult(outcomes, targetOf, deps, request.quiet);
    return exitCode;
  } finally {
    await output.cleanUp();
  }
};
