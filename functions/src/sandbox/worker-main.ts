/** The thread in which a document is read. Whatever a file does to its parser ends here. */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { ConvertInput } from '../convert/source-tree.ts';
import { AppError, toErrorBody } from '../errors.ts';
import type { ConverterModule, WorkerAnswer, WorkerSettings } from './messages.ts';
import { limitWasmMemory } from './wasm-memory-limit.ts';

const PROGRESS_INTERVAL_MS = 100;

const settings = workerData as WorkerSettings;
const wasmMemory = limitWasmMemory(settings.wasmMemoryMb);
const answer = (message: WorkerAnswer): void => parentPort?.postMessage(message);

if (settings.compileCacheFolder) enableCompileCache(settings.compileCacheFolder);

const { createConverter } = (await import(settings.converterUrl)) as ConverterModule;
const converter = createConverter({
  pdfiumWasm: readFileSync(fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'))),
});

const progressReporter = () => {
  let last = 0;
  return (done: number, total: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS && done < total) return;
    last = now;
    answer({ type: 'progress', done, total });
  };
};

const convert = async (input: ConvertInput): Promise<void> => {
  try {
    const document = await converter.convert(input, settings.limits, progressReporter());
    // A growth that was refused may have been survived with text missing: that is not a result.
    answer(wasmMemory.takeRefused() ? { type: 'out_of_memory' } : { type: 'converted', document });
  } catch (thrown) {
    if (wasmMemory.takeRefused()) answer({ type: 'out_of_memory' });
    else if (thrown instanceof AppError) answer({ type: 'refused', error: toErrorBody(thrown) });
    else answer({ type: 'crashed', problem: thrown instanceof Error ? (thrown.stack ?? thrown.name) : 'not an Error' });
  }
};

parentPort?.on('message', convert);
