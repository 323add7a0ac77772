/** Runs the command line tool as a user's shell would, and measures it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const USAGE_REPORTER = pathToFileURL(join(import.meta.dirname, 'report-usage.ts')).href;

export interface ProgramRun {
  exitCode: number;
  stdout: string;
  stderr: string;
  wallMs: number;
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
    const settle = (exitCode: number): void => resolve({ exitCode, ...output, wallMs: performance.now() - startedAt });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.on('error', () => settle(127));
    child.on('close', (exitCode) => settle(exitCode ?? 1));
  });

export interface MeasuredRun extends ProgramRun {
  /** Peak resident memory in MiB; null when the program ended without leave. */
  peakMemoryMib: number | null;
}

/** Runs `mdraft` with these arguments. Give absolute paths. */
export const runCli = async (args: readonly string[]): Promise<MeasuredRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-bench-usage-'));
  const usageFile = join(folder, 'peak-kib');
  const run = await runProgram(
    process.execPath,
    ['--import', USAGE_REPORTER, join(ROOT, 'scripts/mdraft.ts'), ...args],
    { MDRAFT_BENCH_USAGE_FILE: usageFile, INIT_CWD: ROOT },
  );
  let peakMemoryMib: number | null = null;
  try {
    peakMemoryMib = Number(readFileSync(usageFile, 'utf8')) / 1024;
  } catch {
    // Killed before its exit handler could write: the figure is unknown, not zero.
  }
  rmSync(folder, { recursive: true, force: true });
  return { ...run, peakMemoryMib };
};

/** Exit code 3 says that pages need OCR: the result is there all the same. */
export const succeeded = ({ exitCode }: ProgramRun): boolean => exitCode === 0 || exitCode === 3;

/** The last lines of what a failed program said. */
export const lastWords = ({ stderr, stdout, exitCode }: ProgramRun): string =>
  `exit code ${exitCode}: ${(stderr || stdout).trim().split('\n').slice(-5).join('\n')}`;
