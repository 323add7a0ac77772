/** Runs the command line tool as a user's shell would, and measures it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { watchMemory } from './watch-memory.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface ProgramRun {
  exitCode: number;
  stdout: string;
  stderr: string;
  wallMs: number;
  /** Peak of the program and the processes it starts; null where the system does not tell. */
  peakMemoryMib: number | null;
}

/** Resolves when the program has ended, whatever its exit code; a program that cannot be started has exit code 127. */
export const runProgram = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProgramRun> =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const output = { stdout: '', stderr: '' };
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const memory = watchMemory(child.pid ?? 0);
    const settle = (exitCode: number): void =>
      resolve({ exitCode, ...output, wallMs: performance.now() - startedAt, peakMemoryMib: memory.stop() });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.on('error', () => settle(127));
    child.on('close', (exitCode) => settle(exitCode ?? 1));
  });

/** Runs `mdraft` with these arguments. Give absolute paths. */
export const runCli = (args: readonly string[]): Promise<ProgramRun> =>
  runProgram(process.execPath, [join(ROOT, 'scripts/mdraft.ts'), ...args], { INIT_CWD: ROOT });

/** Exit code 3 says that pages need OCR: the result is there all the same. */
export const succeeded = ({ exitCode }: ProgramRun): boolean => exitCode === 0 || exitCode === 3;

/** The last lines of what a failed program said. */
export const lastWords = ({ stderr, stdout, exitCode }: ProgramRun): string =>
  `exit code ${exitCode}: ${(stderr || stdout).trim().split('\n').slice(-5).join('\n')}`;
