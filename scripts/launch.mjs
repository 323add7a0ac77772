/**
 * The door of the house, in plain JavaScript without dependencies: works on a fresh clone with any Node from 20.
 * Installs what is missing, then runs the asked-for program on the pinned Node.
 *
 *   node scripts/launch.mjs start|test|check|mdraft|bench|fuzz [arguments…]
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Ended by the user or the system, as shells count it; any other end by a signal is a failure. */
const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
/** How often it is looked whether npm is still there. */
const LOOK_MS = 500;
const OLDEST_NODE = 20;
const RUNTIME_NODE = 24;

const parent = process.ppid;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...parts) => join(root, ...parts);
const windows = process.platform === 'win32';

/** command → the arguments that Node gets before the user's own. */
const PROGRAMS = {
  start: [inRoot('scripts', 'start.ts')],
  mdraft: [inRoot('scripts', 'mdraft.ts')],
  check: [inRoot('scripts', 'check.ts')],
  bench: [inRoot('test', 'bench', 'run.ts')],
  fuzz: [inRoot('test', 'fuzz', 'run.ts')],
  test: ['--experimental-vm-modules', '--no-warnings', inRoot('node_modules', 'jest', 'bin', 'jest.js')],
};

const stop = (message, exitCode = 1) => {
  process.stderr.write(`mdraft: ${message}\n`);
  process.exit(exitCode);
};

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
const stampPath = inRoot('node_modules', '.mdraft-installed');
const isInstalled = () => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lockHash();

/** npm's number when a shell stands between npm and this process, else null. */
const npmBehindShell = () => {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], { encoding: 'utf8' });
  const [, npm, name] = /^\s*(\d+)\s+(.*?)\s*$/m.exec(stdout ?? '') ?? [];
  return /(^|[/-])(ba|da|z)?sh$/.test(name ?? '') ? Number(npm) : null;
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** npm that is killed takes nothing with it, and its orphan gets another parent. Answers what ends the looking. */
const whenNpmIsGone = (end) => {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const npm = npmBehindShell();
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || isAlive(npm))) return;
    clearInterval(timer);
    end();
  }, LOOK_MS);
  return () => clearInterval(timer);
};

/** Runs a program to its end. Resolves to exit code and, when it is piped, what it printed. */
const run = (file, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, ...options });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ exitCode: 1, output: String(error.message) }));
    // Ctrl-C reaches the child as well: this process waits for it to end in good order. Other signals it hands on.
    process.on('SIGINT', () => undefined);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    const stopLooking = whenNpmIsGone(() => child.kill('SIGTERM'));
    child.on('close', (exitCode, signal) => {
      stopLooking();
      resolve({ exitCode: exitCode ?? SIGNAL_EXIT_CODES[signal] ?? 1, output });
    });
  });

const showProgress = (what) => {
  const started = Date.now();
  const line = () => `${what} ${Math.round((Date.now() - started) / 1000)} s`;
  if (!process.stderr.isTTY) {
    process.stderr.write(`${what} …\n`);
    return () => process.stderr.write(`${line()}, done\n`);
  }
  const timer = setInterval(() => process.stderr.write(`\r${line()} `), 250);
  return () => {
    clearInterval(timer);
    process.stderr.write(`\r${line()}, done\n`);
  };
};

const install = async () => {
  const done = showProgress('Installing what mdraft needs (first run only, a minute or two)');
  const { exitCode, output } = await run('npm', ['ci', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  done();
  if (exitCode !== 0) stop(`the installation failed. npm said:\n${output.trim()}`);
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, lockHash());
};

/** The Node that package.json pins; its npm package fetches the binary in an install script. */
const pinnedNode = () => {
  const path = inRoot('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  if (Number(process.versions.node.split('.')[0]) >= RUNTIME_NODE) return process.execPath;
  return stop(
    `Node ${RUNTIME_NODE} is missing: install scripts are switched off here. Run "npm ci --ignore-scripts=false", or use Node ${RUNTIME_NODE} or newer.`,
  );
};

const [command = '', ...rest] = process.argv.slice(2);
const program = PROGRAMS[command];
if (!program) stop(`"${command}" is not one of ${Object.keys(PROGRAMS).join(', ')}.`, 2);
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
  stop(`needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`);

if (!isInstalled()) await install();

const { exitCode } = await run(pinnedNode(), [...program, ...rest], {
  stdio: 'inherit',
  env: {
    // Types are stripped and modules compiled once, not at every start (https://nodejs.org/api/module.html#module-compile-cache).
    NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'compiled'),
    ...process.env,
    INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
  },
});
process.exitCode = exitCode;
