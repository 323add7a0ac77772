/** The measurements of the whole system. They take minutes, so they run only when they are asked for. */
import type { Benchmark } from '../bench/benchmark.ts';
import { imports } from './imports.ts';
import { startToReady } from './start-to-ready.ts';
import { throughputOver } from './throughput.ts';
import { uploadToMatrix } from './upload-to-matrix.ts';
import { windows } from './windows.ts';

/** `minutes`: how long documents are sent for `throughput`. */
export const loadBenchmarks = (minutes: number): Benchmark[] => [
  startToReady,
  uploadToMatrix,
  windows,
  throughputOver(minutes),
  imports,
];
