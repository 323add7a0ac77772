/** The real world behind a command: this process, the converters in processes of their own, the rules engine. */
import type { CliDeps } from './deps.ts';
import { EXIT } from './exit-codes.ts';
import { writeProblem } from './write-problems.ts';

/** First Ctrl-C: stop in good order. Second: at once. */
const interruptSignal = (): AbortSignal => {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return controller.signal;
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
const hearOutputErrors = (): void => {
  const endQuietly = (): never => process.exit(process.exitCode ?? EXIT.done);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') endQuietly();
    const problem = writeProblem(error.code ?? '');
    process.stderr.write(`error: Standard output cannot be written: ${problem}. [OUTPUT_UNWRITABLE]\n`);
    failAtExit();
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') endQuietly();
    failAtExit();
  });
};

export const processDeps = (): CliDeps => {
  hearOutputErrors();
  const drawsProgress = process.stderr.isTTY && process.env.TERM !== 'dumb';
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    terminalColumns: drawsProgress ? (process.stderr.columns ?? 80) : null,
    workingFolder: process.env.INIT_CWD ?? process.cwd(),
    signal: interruptSignal(),
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
