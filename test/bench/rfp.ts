/** Analyses real RFPs and our own, and compares the matrices with what they have to hold. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Analysis, AnalysisSchema } from '../../functions/src/contracts/analysis.ts';
import type { ExpectedDocument } from '../fixtures/solicitation/expected-truth.ts';
import type { Benchmark, BenchmarkOutcome } from './benchmark.ts';
import { locateCorpus, missing } from './locate-corpus.ts';
import { measureRecall } from './measure-recall.ts';
import { lastWords, runCli, runProgram, succeeded } from './run-cli.ts';
import { percent, textTable } from './text-table.ts';
import { toPrediction } from './to-prediction.ts';

type Print = (text: string) => void;

const FIXTURE = join(import.meta.dirname, '../fixtures/solicitation');

/** null when the analysis failed, which is printed. */
const analyze = async (files: readonly string[], outDir: string, print: Print): Promise<Analysis | null> => {
  const run = await runCli(['analyze', ...files, '--out-dir', outDir]);
  if (!succeeded(run)) {
    print(`mdraft analyze ended with ${lastWords(run)}`);
    return null;
  }
  return AnalysisSchema.parse(JSON.parse(readFileSync(join(outDir, 'analysis.json'), 'utf8')));
};

/** The truth files are those that name their sources. */
const truthFiles = (corpus: string): { path: string; sources: string[] }[] =>
  readdirSync(corpus)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const path = join(corpus, name);
      const { source_files: sources }: { source_files?: { local_copy: string }[] } = JSON.parse(
        readFileSync(path, 'utf8'),
      );
      return sources ? [{ path, sources: sources.map(({ local_copy }) => join(corpus, local_copy)) }] : [];
    });

const scoreCorpus = async (folder: string, print: Print): Promise<BenchmarkOutcome> => {
  const corpus = locateCorpus('rfp');
  if (!corpus) return missing('the RFP corpus is not here (set MDRAFT_CORPUS).', print);
  if ((await runProgram('python3', ['--version'])).exitCode !== 0) {
    return missing('score.py needs python3, which is not installed.', print);
  }
  const figures: Record<string, unknown> = {};
  let status: BenchmarkOutcome['status'] = 'measured';
  for (const { path, sources } of truthFiles(corpus)) {
    const name = basename(path, '.json');
    const analysis = await analyze(sources, join(folder, name), print);
    const prediction = join(folder, `${name}-prediction.json`);
    if (!analysis) {
      status = 'failed';
      continue;
    }
    writeFileSync(prediction, JSON.stringify(toPrediction(analysis)));
    const score = (...options: string[]) =>
      runProgram('python3', [join(corpus, 'score.py'), path, prediction, ...options]);
    const [readable, machine] = [await score(), await score('--json')];
    print(readable.exitCode === 0 ? readable.stdout.trimEnd() : `score.py ended with ${lastWords(readable)}`);
    if (machine.exitCode === 0) figures[name] = JSON.parse(machine.stdout);
    else status = 'failed';
  }
  return { status, figures };
};

const FORMATS = { markdown: '.md', docx: '.docx', pdf: '.pdf' } as const;

const scoreOwn = async (folder: string, print: Print): Promise<BenchmarkOutcome> => {
  const truth: { documents: ExpectedDocument[] } = JSON.parse(
    readFileSync(join(FIXTURE, 'expected-requirements.json'), 'utf8'),
  );
  const figures: Record<string, unknown> = {};
  const rows: string[][] = [];
  for (const [format, extension] of Object.entries(FORMATS)) {
    const files = truth.documents.map(({ fileStem }) => join(FIXTURE, format, fileStem + extension));
    const analysis = await analyze(files, join(folder, `own-${format}`), print);
    if (!analysis) continue;
    const recall = measureRecall(analysis, truth.documents);
    figures[format] = recall;
    const { expected, found, extraRows, rightSection, rightActor, rightObligation } = recall;
    rows.push([
      format,
      `${found}/${expected}`,
      percent(found, expected),
      String(extraRows),
      percent(rightSection, found),
      percent(rightActor, found),
      percent(rightObligation, found),
      String(analysis.complianceMatrix?.coverage.unresolved.length ?? '-'),
    ]);
  }
  const header = ['format', 'found', 'recall', 'extra rows', 'section', 'actor', 'obligation', 'unresolved'];
  print(`\nOur own solicitation (test/fixtures/solicitation)\n${textTable(header, rows)}`);
  return { status: rows.length === Object.keys(FORMATS).length ? 'measured' : 'failed', figures };
};

export const rfp: Benchmark = {
  name: 'rfp',
  run: async (print) => {
    const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-rfp-'));
    try {
      const corpus = await scoreCorpus(folder, print);
      const own = await scoreOwn(folder, print);
      const statuses = [corpus.status, own.status];
      return {
        status: statuses.includes('failed') ? 'failed' : 'measured',
        figures: { corpus: corpus.figures, own: own.figures },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
