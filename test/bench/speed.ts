/** Pages per second and peak memory on long solicitations, whose number of sentences is known. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Analysis, AnalysisSchema } from '../../functions/src/contracts/analysis.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import type { Benchmark } from './benchmark.ts';
import { lastWords, type ProgramRun, runCli, succeeded } from './run-cli.ts';
import { textTable } from './text-table.ts';

const PAGES = [300, 900];
const SEED = 1;

interface SpeedFigure {
  pages: number;
  task: string;
  seconds: number;
  pagesPerSecond: number;
  peakMemoryMib: number | null;
  /** Of the coverage ledger, beside the number known by construction. */
  sentences?: { counted: number | null; expected: number };
}

const figure = (pages: number, task: string, { wallMs, peakMemoryMib }: ProgramRun): SpeedFigure => ({
  pages,
  task,
  seconds: wallMs / 1000,
  pagesPerSecond: (pages * 1000) / wallMs,
  peakMemoryMib,
});

const countedSentences = (outDir: string): number | null => {
  const path = join(outDir, 'analysis.json');
  if (!existsSync(path)) return null;
  const analysis: Analysis = AnalysisSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return analysis.complianceMatrix?.coverage.sentences ?? null;
};

const row = ({ pages, task, seconds, pagesPerSecond, peakMemoryMib, sentences }: SpeedFigure): string[] => [
  `${pages} pages, ${task}`,
  seconds.toFixed(1),
  pagesPerSecond.toFixed(0),
  peakMemoryMib?.toFixed(0) ?? '?',
  sentences ? `${sentences.counted ?? '?'} of ${sentences.expected}` : '-',
];

const measurePages = async (pages: number, folder: string): Promise<SpeedFigure[]> => {
  const generated = generateSolicitation({ seed: SEED, pages });
  const pdf = join(folder, `generated-${pages}.pdf`);
  const markdown = join(folder, `generated-${pages}.md`);
  writeFileSync(pdf, await generated.pdf);
  writeFileSync(markdown, generated.markdown);
  const outDir = (task: string): string => join(folder, `${task}-${pages}`);
  const run = async (task: string, args: readonly string[]): Promise<ProgramRun> => {
    const done = await runCli(args);
    if (!succeeded(done)) throw new Error(`${task} of ${pages} pages ended with ${lastWords(done)}`);
    return done;
  };
  const converted = await run('convert', ['convert', pdf, '-o', join(folder, `converted-${pages}.md`)]);
  const fromMarkdown = await run('analyze', ['analyze', markdown, '--out-dir', outDir('markdown')]);
  const fromPdf = await run('analyze', ['analyze', pdf, '--out-dir', outDir('pdf')]);
  const inPdf = generated.sentences + generated.runningLines;
  return [
    figure(pages, 'convert PDF', converted),
    {
      ...figure(pages, 'analyze Markdown', fromMarkdown),
      sentences: { counted: countedSentences(outDir('markdown')), expected: generated.sentences },
    },
    {
      ...figure(pages, 'analyze PDF (conversion included)', fromPdf),
      sentences: { counted: countedSentences(outDir('pdf')), expected: inPdf },
    },
  ];
};

export const speed: Benchmark = {
  name: 'speed',
  run: async (print) => {
    const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-speed-'));
    const figures: SpeedFigure[] = [];
    let failed = false;
    try {
      for (const pages of PAGES) figures.push(...(await measurePages(pages, folder)));
    } catch (error) {
      failed = true;
      print(error instanceof Error ? error.message : String(error));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    print(textTable(['task', 'seconds', 'pages/s', 'peak MiB', 'sentences in the ledger'], figures.map(row)));
    return { status: failed ? 'failed' : 'measured', figures };
  },
};
