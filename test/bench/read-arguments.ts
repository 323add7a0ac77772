/** The words after `npm run bench --`, as benchmarks to run. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBenchmarks } from '../load/load-benchmarks.ts';
import type { Benchmark } from './benchmark.ts';
import { type ConversionOptions, conversionBenchmark } from './conversion.ts';
import { parsePeerNames } from './peers/peer-list.ts';
import { rfp } from './rfp.ts';
import { speed } from './speed.ts';
import { startup } from './startup.ts';

const LOAD = 'load';
const DEFAULT_MINUTES = 5;

const qualityBenchmarks = (options: ConversionOptions): Benchmark[] => [
  conversionBenchmark(options),
  rfp,
  speed,
  startup,
];

const namesOf = (benchmarks: readonly Benchmark[]): string => `[${benchmarks.map(({ name }) => name).join('] [')}]`;

export const USAGE = `usage: npm run bench -- ${namesOf(qualityBenchmarks({ peers: [] }))} [--json FILE]
       npm run bench -- conversion [--manifest FILE] [--peers NAME,NAME] [--json FILE]
       npm run bench -- ${LOAD} ${namesOf(loadBenchmarks(DEFAULT_MINUTES))} [--minutes N] [--json FILE]`;

/** What was asked for cannot be done; the message says why. */
export class UsageError extends Error {}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        manifest: { type: 'string' },
        peers: { type: 'string', default: '' },
        minutes: { type: 'string', default: String(DEFAULT_MINUTES) },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const peersOf = (list: string): ConversionOptions['peers'] => {
  try {
    return parsePeerNames(list);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
};

export interface BenchRequest {
  benchmarks: Benchmark[];
  /** Absolute path of the file for the figures. */
  json: string | undefined;
}

/** Paths are relative to the folder in which npm was called. Throws a UsageError. */
export const readArguments = (args: readonly string[]): BenchRequest => {
  const { values, positionals } = parse(args);
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', path);
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new UsageError('--minutes has to be a number above 0');
  const isLoad = positionals[0] === LOAD;
  const peers = peersOf(values.peers);
  const known = isLoad ? loadBenchmarks(minutes) : qualityBenchmarks({ manifest: absolute(values.manifest), peers });
  const wanted = isLoad ? positionals.slice(1) : positionals;
  const unknown = wanted.filter((name) => !known.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) throw new UsageError(`no such benchmark: ${unknown.join(', ')}`);
  const benchmarks = wanted.length === 0 ? known : known.filter(({ name }) => wanted.includes(name));
  const isForConversion = values.manifest !== undefined || peers.length > 0;
  if (isForConversion && !benchmarks.some(({ name }) => name === 'conversion')) {
    throw new UsageError('--manifest and --peers are for the conversion benchmark, which is not asked for');
  }
  return { benchmarks, json: absolute(values.json) };
};
