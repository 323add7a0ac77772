/** From the start of the command to the moment when every part of the system answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFirestoreEmulator } from '../../scripts/local-cloud/firestore-emulator/index.ts';
import { startLocalCloud } from '../../scripts/local-cloud/start-local-cloud.ts';
import { mdraftProject } from '../../scripts/whole-system/mdraft-project.ts';
import type { Benchmark } from '../bench/benchmark.ts';
import { textTable } from '../bench/text-table.ts';
import { medianAndMax, seconds } from './median.ts';

const RUNS = 10;
const ROOT = join(import.meta.dirname, '../..');

/** Milliseconds from the start until each part was ready. */
type Readiness = Record<string, number>;
const ALL = 'all';

const startOnce = async (firestore: { java: string; jar: string }): Promise<Readiness> => {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-load-'));
  const ready: Readiness = {};
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  try {
    const cloud = await startLocalCloud({
      project: mdraftProject({}),
      root: ROOT,
      folder,
      ports: 'any',
      firestore,
      onState: (component) => {
        ready[component] = elapsedMs();
      },
    });
    ready[ALL] = elapsedMs();
    await cloud.close();
    return ready;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const startToReady: Benchmark = {
  name: 'start-to-ready',
  run: async (print) => {
    const firestore = findFirestoreEmulator();
    if ('missing' in firestore) throw new Error(firestore.hint);
    const runs: Readiness[] = [];
    for (let count = 0; count < RUNS; count += 1) runs.push(await startOnce(firestore));
    const parts = Object.keys(runs[0] ?? {});
    const rows = parts.map((part) => {
      const times = runs.flatMap((run) => run[part] ?? []);
      return [part, ...medianAndMax(times), seconds(runs[0]?.[part] ?? Number.NaN)];
    });
    print(textTable([`ready (${RUNS} starts)`, 'median s', 'max s', 'first s'], rows));
    return { status: 'measured', figures: runs };
  },
};
