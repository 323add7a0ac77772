/** The process in which documents are read, one after the other. Whatever a file does to its parser ends here. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError, toErrorBody } from '../errors.ts';
import type { ChildAnswer, ChildRequest, ChildSettings, ConverterModule, Job } from './messages.ts';
import { limitWasmMemory, type WasmMemoryLimit } from './wasm-memory-limit.ts';

const PROGRESS_INTERVAL_MS = 100;
const parentPid = process.ppid;

const answer = (message: ChildAnswer): void => {
  process.send?.(message);
};

interface Reader {
  converter: ReturnType<ConverterModule['createConverter']>;
  wasmMemory: WasmMemoryLimit;
}

const createReader = async (settings: ChildSettings): Promise<Reader> => {
  const watch = new URL(`./memory-watch${extname(import.meta.url)}`, import.meta.url);
  new Worker(watch, { workerData: { residentMemoryMb: settings.residentMemoryMb, parentPid } }).unref();
  const wasmMemory = limitWasmMemory(settings.wasmMemoryMb);
  const { createConverter } = (await import(settings.converterUrl)) as ConverterModule;
  const pdfiumWasm = readFileSync(fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm')));
  return { converter: createConverter({ pdfiumWasm }), wasmMemory };
};

const progressReporter = () => {
  let last = 0;
  return (done: number, total: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS && done < total) return;
    last = now;
    answer({ type: 'progress', done, total });
  };
};

const perform = ({ converter }: Reader, job: Job, { limits }: ChildSettings) => {
  switch (job.kind) {
    case 'convert':
      return converter.convert(job.input, limits, progressReporter());
    case 'extract_pages':
      return converter.extractPages(job.input, limits);
    case 'unpack':
      return converter.unpack(job.input, limits);
  }
};

let reader: Promise<Reader> | undefined;

process.on('message', async ({ settings, job }: ChildRequest) => {
  reader ??= createReader(settings);
  const ready = await reader;
  const { wasmMemory } = ready;
  try {
    const result = await perform(ready, job, settings);
    // A growth that was refused may have been survived with text missing: that is not a result.
    answer(wasmMemory.takeRefused() ? { type: 'out_of_memory' } : { type: 'done', result });
  } catch (thrown) {
    if (wasmMemory.takeRefused()) answer({ type: 'out_of_memory' });
    else if (thrown instanceof AppError) answer({ type: 'refused', error: toErrorBody(thrown) });
    else answer({ type: 'crashed', problem: thrown instanceof Error ? (thrown.stack ?? thrown.name) : 'not an Error' });
  }
});

process.on('disconnect', () => process.exit());
