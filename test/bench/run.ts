/**
 * Runs the benchmarks.
 *
 *   npm run bench -- [conversion] [rfp] [speed] [startup] [--json FILE]
 *   npm run bench -- conversion [--manifest FILE] [--peers NAME,NAME] [--json FILE]
 *   npm run bench -- load [start-to-ready] [upload-to-matrix] [windows] [throughput] [imports] [--minutes N] [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { BenchmarkOutcome } from './benchmark.ts';
import { readArguments, USAGE, UsageError } from './read-arguments.ts';

const main = async (): Promise<number> => {
  const { benchmarks, json } = readArguments(process.argv.slice(2));
  const outcomes: Record<string, BenchmarkOutcome> = {};
  for (const { name, run } of benchmarks) {
    console.log(`\n== ${name}`);
    outcomes[name] = await run((text) => console.log(text));
  }
  if (json !== undefined) {
    const machine = {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
    };
    writeFileSync(json, `${JSON.stringify({ machine, outcomes }, null, 2)}\n`);
    console.log(`\nFigures: ${json}`);
  }
  return Object.values(outcomes).some(({ status }) => status === 'failed') ? 1 : 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
