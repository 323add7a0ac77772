/**
 * Runs the benchmarks.
 *
 *   npm run bench -- [conversion] [rfp] [speed] [startup] [--json FILE]
 *   npm run bench -- load [start-to-ready] [upload-to-matrix] [windows] [throughput] [imports] [--minutes N] [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBenchmarks } from '../load/load-benchmarks.ts';
import type { Benchmark, BenchmarkOutcome } from './benchmark.ts';
import { conversion } from './conversion.ts';
import { rfp } from './rfp.ts';
import { speed } from './speed.ts';
import { startup } from './startup.ts';

const BENCHMARKS = [conversion, rfp, speed, startup];
const LOAD = 'load';
const DEFAULT_MINUTES = 5;

const namesOf = (benchmarks: readonly Benchmark[]): string => `[${benchmarks.map(({ name }) => name).join('] [')}]`;
const USAGE = `usage: npm run bench -- ${namesOf(BENCHMARKS)} [--json FILE]
       npm run bench -- ${LOAD} ${namesOf(loadBenchmarks(DEFAULT_MINUTES))} [--minutes N] [--json FILE]`;

const main = async (): Promise<number> => {
  const { values, positionals: words } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, minutes: { type: 'string', default: String(DEFAULT_MINUTES) } },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) {
    console.error(`--minutes has to be a number above 0\n${USAGE}`);
    return 2;
  }
  const isLoad = words[0] === LOAD;
  const benchmarks = isLoad ? loadBenchmarks(minutes) : BENCHMARKS;
  const positionals = isLoad ? words.slice(1) : words;
  const unknown = positionals.filter((wanted) => !benchmarks.some(({ name }) => name === wanted));
  if (unknown.length > 0) {
    console.error(`no such benchmark: ${unknown.join(', ')}\n${USAGE}`);
    return 2;
  }
  const outcomes: Record<string, BenchmarkOutcome> = {};
  for (const { name, run } of benchmarks) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.log(`\n== ${name}`);
    outcomes[name] = await run((text) => console.log(text));
  }
  if (values.json) {
    const machine = {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
    };
    const target = resolve(process.env.INIT_CWD ?? '.', values.json);
    writeFileSync(target, `${JSON.stringify({ machine, outcomes }, null, 2)}\n`);
    console.log(`\nFigures: ${target}`);
  }
  return Object.values(outcomes).some(({ status }) => status === 'failed') ? 1 : 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  const isUsageError = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!isUsageError) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
