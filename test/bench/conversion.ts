/** Converts the development corpus and scores the Markdown against its truth. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { locateCorpus, missing } from './locate-corpus.ts';
import { lastWords, runCli, runProgram } from './run-cli.ts';

/** What mdraft reads today. The corpus has more. */
const FAMILIES = ['pdf', 'docx', 'html', 'xlsx'];

interface CorpusDocument {
  id: string;
  path: string;
  family: string;
  pages?: number;
}

export const conversion: Benchmark = {
  name: 'conversion',
  run: async (print) => {
    const corpus = locateCorpus('conversion');
    if (!corpus) return missing('the conversion corpus is not here (set MDRAFT_CORPUS).', print);
    const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-conversion-'));
    try {
      const listed: CorpusDocument[] = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8'));
      const documents = listed.filter(({ family }) => FAMILIES.includes(family));
      const manifest = join(folder, 'manifest.json');
      const predictions = join(folder, 'predictions');
      const scores = join(folder, 'scores.json');
      const entries = documents.map(({ id, path }) => ({ id, path: join(corpus, path) }));
      writeFileSync(manifest, JSON.stringify(entries));
      const converted = await runCli(['convert', '--manifest', manifest, '--out-dir', predictions]);
      const pages = documents.reduce((sum, document) => sum + (document.pages ?? 1), 0);
      const peak = converted.peakMemoryMib?.toFixed(0) ?? 'unknown';
      print(
        `${documents.length} documents, ${pages} pages in ${(converted.wallMs / 1000).toFixed(1)} s; peak ${peak} MiB`,
      );
      if (converted.exitCode !== 0) print(`mdraft convert ended with ${lastWords(converted)}`);
      const scored = await runProgram(process.execPath, [
        join(corpus, 'score.mjs'),
        ...['--pred', predictions, '--family', FAMILIES.join(','), '--by', 'family,producer', '--json', scores],
      ]);
      print(scored.stdout.trimEnd());
      if (scored.exitCode !== 0) {
        print(`score.mjs ended with ${lastWords(scored)}`);
        return { status: 'failed', figures: null };
      }
      const figures: unknown = JSON.parse(readFileSync(scores, 'utf8'));
      return { status: 'measured', figures };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
