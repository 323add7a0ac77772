/** Converts the corpus with our own command line tool. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { lastWords, runCli } from '../run-cli.ts';
import { type CorpusDocument, warmUpDocuments } from './corpus-documents.ts';
import type { Conversion, EngineRun } from './engine-run.ts';

const LogLineSchema = z.object({
  id: z.string(),
  ms: z.number(),
  ok: z.boolean(),
  error: z.object({ code: z.string(), reason: z.string().optional() }).optional(),
});

const readLog = (folder: string): z.infer<typeof LogLineSchema>[] => {
  const path = join(folder, '_log.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.flatMap((line) => LogLineSchema.safeParse(JSON.parse(line)).data ?? []);
};

/** Rejects only when not one document could be tried. */
export const runMdraft = async (documents: readonly CorpusDocument[]): Promise<EngineRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-conversion-'));
  try {
    const manifest = join(folder, 'manifest.json');
    const predictions = join(folder, 'predictions');
    const warmUp = warmUpDocuments(documents).map(({ family, path }) => ({ id: `_warm-up-${family}`, path }));
    writeFileSync(manifest, JSON.stringify([...warmUp, ...documents.map(({ id, path }) => ({ id, path }))]));
    const run = await runCli(['convert', '--manifest', manifest, '--out-dir', predictions]);
    const log = readLog(predictions);
    if (log.length === 0) throw new Error(`mdraft convert ended with ${lastWords(run)}`);
    const measured = log.filter(({ id }) => documents.some((document) => document.id === id));
    const conversions = measured.map(({ id, ms, ok, error }): [string, Conversion] => [
      id,
      ok
        ? { markdown: readFileSync(join(predictions, `${id}.md`), 'utf8'), ms }
        : { failure: error?.reason ?? error?.code ?? 'no reason given' },
    ]);
    return {
      name: 'mdraft',
      version: 'this tree',
      families: [...new Set(documents.map(({ family }) => family))],
      conversions: new Map(conversions),
      wallMs: run.wallMs,
      peakMemoryMib: run.peakMemoryMib,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
