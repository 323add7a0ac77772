/** What each function imports until its first request is answered: compiled JavaScript, a fresh process each time, no compile cache. */
import { fork, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Benchmark } from '../bench/benchmark.ts';
import { textTable } from '../bench/text-table.ts';
import { median } from './median.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Below the repository, where the packages are found. */
const BUILD = join(ROOT, 'out/load-build');
const RUNS = 5;

/** What a function calls: the modules in which an SDK is loaded with its first use. */
const STATE = 'adapters/firestore/connection';
const [OBJECTS, QUEUE] = ['adapters/gcs', 'adapters/cloud-tasks'];
const LOADS: Readonly<Record<string, readonly string[]>> = {
  'index alone': [],
  api: ['adapters/firebase-auth', 'entry/callable', STATE, OBJECTS],
  'on-upload': [STATE, QUEUE],
  'convert-document': [STATE, OBJECTS, QUEUE],
  'ocr-shard': [STATE, OBJECTS, 'adapters/document-ai', QUEUE],
  'plan-run': [STATE, OBJECTS, QUEUE],
  'analyze-window': [STATE, OBJECTS, QUEUE],
  'analyze-window, with a model': [STATE, OBJECTS, 'adapters/vertex-ai', QUEUE],
  'merge-analysis': [STATE, OBJECTS],
  sweep: [STATE],
};

interface ImportRun {
  ms: number;
  /** By the imports. */
  grownMib: number;
  rssMib: number;
  steps: { module: string; ms: number; rssMib: number }[];
}

const ENVIRONMENT = {
  GOOGLE_CLOUD_PROJECT: 'demo-mdraft',
  PROJECT_NUMBER: '123456789012',
  REGION: 'us-central1',
  UPLOADS_BUCKET: 'demo-mdraft-uploads',
  PROCESSED_BUCKET: 'demo-mdraft-processed',
  TASKS_SERVICE_ACCOUNT: 'tasks@demo-mdraft.iam.gserviceaccount.com',
};

const build = (): void => {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', BUILD],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The build failed: ${stdout}`);
};

/** Those that the source imports with `await import('…')`. */
const lazyImports = (module: string): string[] => {
  const source = readFileSync(join(ROOT, 'functions/src', `${module}.ts`), 'utf8');
  const found = [...source.matchAll(/await import\('([^']+)'\)/g)].flatMap(([, name]) => name ?? []);
  if (found.length === 0) throw new Error(`${module} loads nothing on first use.`);
  return found;
};

const importOnce = (modules: readonly string[]): Promise<ImportRun> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./import-once.ts', import.meta.url)), modules, {
      execArgv: ['--no-warnings'],
      env: ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let run: ImportRun | undefined;
    child.on('message', (message) => {
      run = message as ImportRun;
    });
    child.on('error', reject);
    child.on('exit', (code) => (run ? resolve(run) : reject(new Error(`The process ended with ${code}.`))));
  });

const row = (name: string, runs: readonly ImportRun[]): string[] => [
  name,
  ...(['ms', 'grownMib', 'rssMib'] as const).map((field) => median(runs.map((run) => run[field])).toFixed(0)),
];

/** Once each, after `index`: what of the whole is whose. */
const stepRows = (runs: Readonly<Record<string, ImportRun[]>>): string[][] => {
  const times = new Map<string, number[]>();
  for (const { steps } of Object.values(runs).flat()) {
    for (const { module, ms } of steps) times.set(module, [...(times.get(module) ?? []), ms]);
  }
  return [...times].map(([module, ms]) => [module.startsWith('file:') ? 'index' : module, median(ms).toFixed(0)]);
};

export const imports: Benchmark = {
  name: 'imports',
  run: async (print) => {
    try {
      build();
      const index = pathToFileURL(join(BUILD, 'functions/src/index.js')).href;
      const figures: Record<string, ImportRun[]> = {};
      for (const [name, loaders] of Object.entries(LOADS)) {
        const modules = [index, ...loaders.flatMap(lazyImports)];
        figures[name] = [];
        for (let count = 0; count < RUNS; count += 1) figures[name].push(await importOnce(modules));
      }
      const rows = Object.entries(figures).map(([name, runs]) => row(name, runs));
      print(textTable([`function (${RUNS} runs)`, 'ms', 'MiB more', 'MiB in all'], rows));
      print(`\n${textTable(['module, in this order', 'ms'], stepRows(figures))}`);
      return { status: 'measured', figures };
    } finally {
      rmSync(BUILD, { recursive: true, force: true });
    }
  },
};
