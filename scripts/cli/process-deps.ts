/** The real world behind a command: this process, the converters in worker threads, the rules engine. */
import type { CliDeps } from './deps.ts';

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

/** A reader that has seen enough (`| head`) is no error. */
const endQuietlyOnBrokenPipe = (): void => {
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
};

export const processDeps = (): CliDeps => {
  endQuietlyOnBrokenPipe();
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
