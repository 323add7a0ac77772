/** How long a user waits for the smallest things. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import type { Benchmark } from './benchmark.ts';
import { lastWords, type ProgramRun, runCli, succeeded } from './run-cli.ts';
import { textTable } from './text-table.ts';

const RUNS = 10;

interface StartupFigure {
  task: string;
  medianMs: number;
  fastestMs: number;
  slowestMs: number;
  peakMemoryMib: number | null;
}

const summarise = (task: string, runs: readonly ProgramRun[]): StartupFigure => {
  const times = runs.map(({ wallMs }) => wallMs).sort((a, b) => a - b);
  const middle = times.length / 2;
  const medianMs = ((times[Math.ceil(middle) - 1] ?? 0) + (times[Math.floor(middle)] ?? 0)) / 2;
  const peaks = runs.flatMap(({ peakMemoryMib }) => peakMemoryMib ?? []);
  return {
    task,
    medianMs,
    fastestMs: times[0] ?? 0,
    slowestMs: times.at(-1) ?? 0,
    peakMemoryMib: peaks.length > 0 ? Math.max(...peaks) : null,
  };
};

const row = ({ task, medianMs, fastestMs, slowestMs, peakMemoryMib }: StartupFigure): string[] => [
  task,
  ...[medianMs, fastestMs, slowestMs].map((ms) => ms.toFixed(0)),
  peakMemoryMib?.toFixed(0) ?? '?',
];

export const startup: Benchmark = {
  name: 'startup',
  run: async (print) => {
    const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-startup-'));
    try {
      const onePage = join(folder, 'one-page.pdf');
      writeFileSync(onePage, await generateSolicitation({ seed: 1, pages: 1 }).pdf);
      const tasks = {
        'mdraft --version': ['--version'],
        'convert a PDF of one page': ['convert', onePage, '-o', join(folder, 'one-page.md')],
      };
      const figures: StartupFigure[] = [];
      for (const [task, args] of Object.entries(tasks)) {
        const runs: ProgramRun[] = [];
        for (let count = 0; count < RUNS; count += 1) runs.push(await runCli(args));
        const failure = runs.find((run) => !succeeded(run));
        if (failure) {
          print(`${task} ended with ${lastWords(failure)}`);
          return { status: 'failed', figures };
        }
        figures.push(summarise(task, runs));
      }
      print(textTable([`task (${RUNS} runs)`, 'median ms', 'fastest', 'slowest', 'peak MiB'], figures.map(row)));
      return { status: 'measured', figures };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
