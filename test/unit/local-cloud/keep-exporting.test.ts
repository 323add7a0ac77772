import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type Exporter, keepExporting } from '../../../scripts/local-cloud/firestore-emulator/keep-exporting.ts';
import { createKeptExports, lastExportMs } from '../../../scripts/local-cloud/firestore-emulator/kept-exports.ts';

const open: Exporter[] = [];
afterEach(async () => {
  for (const exporter of open.splice(0)) await exporter.close().catch(() => undefined);
});

const setUp = (write: () => Promise<void> = async () => undefined) => {
  const seen = { exports: 0, changed: false, at: new Date(2026, 0, 2, 3, 4, 5) };
  const exporter = keepExporting({
    write: async () => {
      seen.exports += 1;
      await write();
    },
    mayHaveChanged() {
      const { changed } = seen;
      seen.changed = false;
      return changed;
    },
    now: () => seen.at,
    intervalMs: 5,
  });
  open.push(exporter);
  const untilExports = async (count: number): Promise<void> => {
    while (seen.exports < count) await sleep(2);
  };
  return { seen, exporter, untilExports };
};

test('What changes is exported soon, and when nothing changes nothing is exported', async () => {
  const { seen, untilExports } = setUp();
  await sleep(30);
  expect(seen.exports).toBe(0);
  seen.changed = true;
  await untilExports(1);
  await sleep(30);
  expect(seen.exports).toBe(1);
});

test('A change of which the export failed is exported with the next one', async () => {
  let fails = true;
  const { seen, untilExports } = setUp(async () => {
    if (fails) throw new Error('the disk is full');
  });
  seen.changed = true;
  await untilExports(1);
  fails = false;
  await untilExports(2);
  await sleep(30);
  expect(seen.exports).toBe(2);
});

test('When the last export fails, the error says since when everything is lost; when nothing changed, nothing is', async () => {
  let fails = false;
  const { seen, exporter } = setUp(async () => {
    if (fails) throw new Error('the emulator is gone');
  });
  seen.at = new Date(2026, 0, 2, 13, 14, 15);
  await exporter.exportNow();
  fails = true;
  seen.at = new Date(2026, 0, 2, 13, 15, 0);
  seen.changed = true;
  await expect(exporter.close()).rejects.toThrow(
    'The last export of the database failed; what was written since 13:14:15 is lost.',
  );
  const unchanged = setUp(() => Promise.reject(new Error('the emulator is gone')));
  await expect(unchanged.exporter.close()).resolves.toBeUndefined();
});

test('Of an export that took long it is known when it began: what came later may not be in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-exports-'));
  expect(lastExportMs(folder)).toBeNull();
  const beforeMs = Date.now();
  let writtenMs = 0;
  await createKeptExports(folder).add(async () => {
    await sleep(30);
    writtenMs = Date.now();
  });
  const keptMs = lastExportMs(folder) ?? 0;
  expect(keptMs).toBeGreaterThan(beforeMs - 1);
  expect(keptMs).toBeLessThan(writtenMs - 20);
  rmSync(folder, { recursive: true });
});
