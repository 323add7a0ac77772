/** mdraft convert --manifest: a long list of documents, one after the other in one process, with a log that survives a crash. */
import { basename, join, resolve } from 'node:path';
import { type AppError, asAppError, toErrorBody } from '../../functions/src/errors.ts';
import type { ConvertRequest } from './arguments.ts';
import { isConverted, type Outcome } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readInput } from './input-files.ts';
import { untilInterrupted } from './interrupt.ts';
import { type ManifestEntry, readManifest } from './manifest.ts';
import { isWhole } from './messages.ts';
import { createOutputFiles, type OutputFiles } from './output-files.ts';
import { progressOf } from './progress.ts';
import { documentFacts, reportJson, reportOutcome } from './report.ts';
import { blocksPathOf, resultFiles } from './result-files.ts';

type ManifestRequest = Extract<ConvertRequest, { to: 'manifest' }>;

/** All that stays of a document when the next one is read: a list may be long. */
interface Settled {
  id: string;
  file: string;
  ms: number;
  whole: boolean;
  facts?: object;
  error?: AppError;
}

interface Targets {
  /** Absolute. */
  outDir: string;
  blocks: boolean;
}

const tenthsOfMs = (ms: number): number => Math.round(ms * 10) / 10;

const converterOf = async ({ outDir, blocks }: Targets, output: OutputFiles, deps: CliDeps) => {
  const config = await deps.readConfig();
  const converter = await deps.createConverter(config, 1);
  const convert = async ({ id, path, shownAs }: ManifestEntry): Promise<Outcome> => {
    try {
      const bytes = await readInput(path, shownAs, config.limits);
      const document = await converter.convert({ bytes, fileName: basename(path) });
      await output.writeTogether(resultFiles(join(outDir, `${id}.md`), document, blocks), async () => undefined);
      return { file: shownAs, document };
    } catch (thrown) {
      return { file: shownAs, error: asAppError(thrown) };
    }
  };
  return { convert, close: () => converter.close() };
};

const settle = (id: string, ms: number, outcome: Outcome): Settled =>
  isConverted(outcome)
    ? { id, file: outcome.file, ms, whole: isWhole(outcome.document), facts: documentFacts(outcome.document) }
    : { id, file: outcome.file, ms, whole: false, error: outcome.error };

const logLine = ({ id, ms, error }: Settled): object =>
  error ? { id, ms, ok: false, error: toErrorBody(error) } : { id, ms, ok: true };

const exitCodeOfAll = (all: readonly Settled[]): ExitCode => {
  if (all.length > 0 && all.every(({ error }) => error)) return EXIT.failed;
  return all.every(({ whole }) => whole) ? EXIT.done : EXIT.partial;
};

const jsonResult = (all: readonly Settled[], { outDir, blocks }: Targets): object => ({
  documents: all.flatMap(({ id, file, ms, facts }) => {
    const output = join(outDir, `${id}.md`);
    return facts ? [{ id, file, output, ...(blocks && { blocks: blocksPathOf(output) }), ms, ...facts }] : [];
  }),
});

/**
 * Appends to DIR/_log.jsonl: `{startup_ms}` once, then for each document `{begin}` and `{id, ms, ok, error?}`; ms is wall
 * clock.
 */
export const convertManifest = async (request: ManifestRequest, deps: CliDeps): Promise<ExitCode> => {
  const entries = await readManifest(resolve(deps.workingFolder, request.manifest), request.manifest);
  const outDir = resolve(deps.workingFolder, request.outDir);
  const targets = { outDir, blocks: request.blocks };
  const output = createOutputFiles();
  const progress = progressOf(request, deps);
  const all: Settled[] = [];
  const { convert, close } = await converterOf(targets, output, deps);
  try {
    const log = (line: object): Promise<void> => output.append(join(outDir, '_log.jsonl'), `${JSON.stringify(line)}\n`);
    await log({ startup_ms: tenthsOfMs(deps.elapsedMs()) });
    for (const entry of entries) {
      await log({ begin: entry.id });
      const started = deps.elapsedMs();
      const outcome = await untilInterrupted(deps.signal, convert(entry));
      const settled = settle(entry.id, tenthsOfMs(deps.elapsedMs() - started), outcome);
      await log(logLine(settled));
      all.push(settled);
      if (!request.json) reportOutcome(outcome, deps, true);
      progress.update({ label: entry.id, done: all.length, total: entries.length, unit: 'documents' });
    }
  } finally {
    progress.clear();
    await close();
    await output.cleanUp();
  }
  const exitCode = exitCodeOfAll(all);
  if (request.json) {
    const failures = all.flatMap(({ id, file, error }) => (error ? [{ id, file, error }] : []));
    reportJson(failures, jsonResult(all, targets), exitCode, deps);
  }
  return exitCode;
};
