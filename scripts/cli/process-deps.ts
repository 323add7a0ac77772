/** The real world behind a command: this process, the converters in processes of their own, the rules engine. */
import type { CliDeps } from './deps.ts';
import { EXIT } from './exit-codes.ts';
import { writeProblem } from './write-problems.ts';

/** The reason of the signal when whoever read the output has seen enough. */
export const READER_GONE = Symbol('the reader of the output is gone');

/**
 * First Ctrl-C: stop in good order. Second: at once. Other requests to end may come from several sides (the terminal, npm, the launcher)
 * and count once, however often they come.
 */
const hearRequestsToEnd = (controller: AbortController): void => {
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
};

const failAtExit = (): void => {
  process.on('exit', () => {
    process.exitCode = EXIT.failed;
  });
};

/**
 * A reader that has seen enough (`| head`) is no error. Anything else is, and it comes at any time after the words were
 * written: files that the command writes are not touched by it. Trouble with standard error has nowhere to be told.
 */
const hearOutputErrors = (ending: AbortSignal, whenReaderIsGone: () => void): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A terminal that was closed answers nothing but errors.
    if (ending.aborted) return;
    if (error.code === 'EPIPE') {
      whenReaderIsGone();
      return;
    }
    const problem = writeProblem(error.code ?? '');
    process.stderr.write(`error: Standard output cannot be written: ${problem}. [OUTPUT_UNWRITABLE]\n`);
    failAtExit();
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (ending.aborted) return;
    if (error.code === 'EPIPE') whenReaderIsGone();
    else failAtExit();
  });
};

interface ProcessOptions {
  /** Whether a reader that is gone aborts the signal, with READER_GONE. Otherwise the process ends at once: nothing has to be put away. */
  stopsInOrder?: boolean;
}

export const processDeps = ({ stopsInOrder = false }: ProcessOptions = {}): CliDeps => {
  const controller = new AbortController();
  hearRequestsToEnd(controller);
  hearOutputErrors(controller.signal, () => {
    if (!stopsInOrder) process.exit(process.exitCode ?? EXIT.done);
    controller.abort(READER_GONE);
  });
  const drawsProgress = process.stderr.isTTY && process.env.TERM !== 'dumb';
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    terminalColumns: drawsProgress ? (process.stderr.columns ?? 80) : null,
    workingFolder: process.env.INIT_CWD ?? process.cwd(),
    signal: controller.signal,
    elapsedMs: () => performance.now(),
    async readConfig() {
      const { readConfig } = await import('../../functions/src/config.ts');
      return readConfig();
    },
    async createConverter(config, size) {
      const { createConverterPool } = await import('../../functions/src/sandbox/pool.ts');
      return createConverterPool({
        size,
        timeoutSeconds: config.conversionTimeoutSeconds,
        memoryMb: config.conversionMemoryMb,
        limits: config.limits,
      });
    },
    async analyze(documents, kinds, onProgress) {
      const { analyzePackage } = await import('../../functions/src/analyze/index.ts');
      return analyzePackage(documents, kinds, { onProgress });
    },
  };
};
