/** Starts programs that cannot outlive this process, however this process ends. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('./guard-process.ts', import.meta.url));
const KEPT_OUTPUT_CHARS = 4000;
const PATIENCE_MS = 10_000;
const hasGroups = process.platform !== 'win32';

export interface GuardedProcess {
  /** Of the Node process; what a guard runs is its child. */
  pid: number;
  /** The last 4,000 characters that it wrote, for errors. */
  output(): string;
  /** Resolves once it has ended, and with it what a guard runs. */
  ended: Promise<void>;
  /** Asks it to end, kills it after ten seconds, and waits for it. */
  stop(): Promise<void>;
}

const endGroup = (pid: number | undefined): void => {
  if (!hasGroups || pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
};

/**
 * Runs a Node program that ends when its standard input does (whenStarterIsGone), and so when this process is gone, killed or not.
 * It has a process group of its own: Ctrl-C reaches only this process, which ends what it started in order.
 */
export const startNodeProgram = (file: string, args: readonly string[]): GuardedProcess => {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, ['--no-warnings', file, ...args], {
    stdio: 'pipe',
    detached: hasGroups,
  });
  let output = '';
  const keep = (chunk: string): void => {
    output = (output + chunk).slice(-KEPT_OUTPUT_CHARS);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  // It may be gone before it is asked to end.
  child.stdin.on('error', () => undefined);
  // A guard that was killed leaves its program behind, in the group of both.
  child.once('exit', () => endGroup(child.pid));
  const ended = new Promise<void>((resolve) => {
    // 'close' comes after the last output, 'exit' before it.
    child.once('close', () => resolve());
    child.once('error', (error) => {
      keep(error.message);
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    async stop() {
      child.stdin.end();
      // Heard also by a program that is still loading its modules. On Windows it would end without a word.
      if (hasGroups) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
};

/** Runs any program behind a small Node process that ends it when standard input closes. */
export const startGuarded = (command: string, args: readonly string[]): GuardedProcess =>
  startNodeProgram(GUARD, [command, ...args]);

/** The port itself, or a free one for 0. Throws when somebody listens there: what answers on it later must be ours. */
export const findPort = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${wanted} of 127.0.0.1 is in use.`) : error),
    );
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export interface AnswerExpected {
  url: string;
  /** "The Auth emulator". */
  programName: string;
  /** What it writes once it listens. Before that, somebody else may answer on its port. */
  announcement: string;
  timeoutSeconds: number;
  signal?: AbortSignal;
}

/** Asks `url` until it answers with 2xx. Throws with what the program wrote when it ends before, or is too late, or the signal comes. */
export const untilAnswering = async (guarded: GuardedProcess, expected: AnswerExpected): Promise<void> => {
  const { url, programName, announcement, timeoutSeconds, signal } = expected;
  const untilMs = Date.now() + timeoutSeconds * 1000;
  let hasEnded = false;
  void guarded.ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded && !signal?.aborted && Date.now() < untilMs) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered && !hasEnded && guarded.output().includes(announcement)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await guarded.stop();
  signal?.throwIfAborted();
  throw new Error(
    `${programName} ${hasEnded ? 'ended at its start' : `did not answer within ${timeoutSeconds} s`}. It wrote:\n${guarded.output().trim()}`,
  );
};
