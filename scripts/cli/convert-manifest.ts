/** mdraft convert --manifest: a long list of documents, one after the other in one process, with a log that survives a crash. */
import { appendFile, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { AppError, asAppError, type ErrorBody, toErrorBody } from '../../functions/src/errors.ts';
import type { ConvertRequest } from './arguments.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { errorCode, readInput } from './input-files.ts';
import { untilInterrupted } from './interrupt.ts';
import { ocrWarning } from './messages.ts';
import { createOutputFiles, type OutputFiles } from './output-files.ts';
import { progressOf } from './progress.ts';
import { writeError } from './report.ts';
import { usageError } from './usage-error.ts';

type ManifestRequest = Extract<ConvertRequest, { to: 'manifest' }>;

/** An id becomes a file name, so it may hold nothing that leads out of the folder. */
const ManifestSchema = z.array(
  z.object({
    id: z.string().regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u, 'ids are letters, digits, "_", "-" and "."'),
    path: z.string().min(1),
  }),
);

interface Entry {
  id: string;
  path: string;
  /** As the manifest has it. */
  shownAs: string;
}

const readManifest = async (path: string, shownAs: string): Promise<Entry[]> => {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new AppError(errorCode(thrown) === 'ENOENT' ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', { fileName: shownAs });
  });
  const json = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw usageError(`${shownAs} is not JSON. It should hold [{"id": "a", "path": "a.pdf"}].`);
    }
  })();
  const parsed = ManifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw usageError(
      `${shownAs}: at ${issue?.path.join('.') || 'the top'}: ${issue?.message}. It should hold [{"id": "a", "path": "a.pdf"}].`,
    );
  }
  const ids = new Set<string>();
  for (const { id } of parsed.data) {
    if (ids.has(id)) throw usageError(`${shownAs} names the id ${id} twice.`);
    ids.add(id);
  }
  return parsed.data.map(({ id, path: file }) => ({ id, path: resolve(dirname(path), file), shownAs: file }));
};

interface Settled {
  id: string;
  ms: number;
  ok: boolean;
  pagesNeedingOcr: number[];
  error?: ErrorBody;
}

const tenthsOfMs = (ms: number): number => Math.round(ms * 10) / 10;

type Convert = (entry: Entry) => Promise<Settled>;

const converterOf = async (outDir: string, output: OutputFiles, deps: CliDeps) => {
  const config = await deps.readConfig();
  const converter = await deps.createConverter(config, 1);
  const convert: Convert = async ({ id, path, shownAs }) => {
    const started = deps.elapsedMs();
    const settled = (more: Pick<Settled, 'ok' | 'error' | 'pagesNeedingOcr'>): Settled => ({
      id,
      ms: tenthsOfMs(deps.elapsedMs() - started),
      ...more,
    });
    try {
      const bytes = await readInput(path, shownAs, config.limits);
      const document = await converter.convert({ bytes, fileName: basename(path) });
      await output.write(join(outDir, `${id}.md`), document.markdown);
      if (document.pagesNeedingOcr.length > 0) deps.stderr.write(ocrWarning(document));
      return settled({ ok: true, pagesNeedingOcr: document.pagesNeedingOcr });
    } catch (thrown) {
      const error = asAppError(thrown);
      // Stopping the converter fails what it was reading: that is no news to who pressed Ctrl-C.
      if (!deps.signal.aborted) writeError(error, deps);
      return settled({ ok: false, pagesNeedingOcr: [], error: toErrorBody(error) });
    }
  };
  return { convert, close: () => converter.close() };
};

const exitCodeOfAll = (all: readonly Settled[]): ExitCode => {
  if (all.length > 0 && all.every(({ ok }) => !ok)) return EXIT.failed;
  return all.every(({ ok, pagesNeedingOcr }) => ok && pagesNeedingOcr.length === 0) ? EXIT.done : EXIT.partial;
};

/** Appends to DIR/_log.jsonl: `{startup_ms}` once, then for each document `{begin}` and `{id, ms, ok, error?}`; ms is wall clock. */
export const convertManifest = async (request: ManifestRequest, deps: CliDeps): Promise<ExitCode> => {
  const entries = await readManifest(resolve(deps.workingFolder, request.manifest), request.manifest);
  const outDir = resolve(deps.workingFolder, request.outDir);
  const output = createOutputFiles();
  const progress = progressOf(request, deps);
  const all: Settled[] = [];
  const { convert, close } = await converterOf(outDir, output, deps);
  try {
    const logPath = join(outDir, '_log.jsonl');
    await output.makeFolder(outDir);
    const log = (line: object): Promise<void> => appendFile(logPath, `${JSON.stringify(line)}\n`);
    await log({ startup_ms: tenthsOfMs(deps.elapsedMs()) });
    for (const entry of entries) {
      await log({ begin: entry.id });
      const settled = await untilInterrupted(deps.signal, convert(entry));
      const { pagesNeedingOcr: _, ...line } = settled;
      await log(line);
      all.push(settled);
      progress.update({ label: entry.id, done: all.length, total: entries.length, unit: 'documents' });
    }
  } finally {
    progress.clear();
    await close();
    await output.cleanUp();
  }
  if (request.json) deps.stdout.write(`${JSON.stringify({ ok: all.some(({ ok }) => ok), documents: all })}\n`);
  return exitCodeOfAll(all);
};
