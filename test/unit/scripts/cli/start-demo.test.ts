import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runStart } from '../../../../scripts/cli/start-demo.ts';
import { fakeWorld } from './fake-deps.ts';

const settingsIn = (folder: string, columns = 80) => ({
  sampleFolder: join(folder, 'sample'),
  columns,
  bold: (text: string) => text,
});

const withSample = async () => {
  const world = await fakeWorld();
  await mkdir(join(world.folder, 'sample'));
  await writeFile(join(world.folder, 'sample/02-attachment.pdf'), 'two');
  await writeFile(join(world.folder, 'sample/01-base.pdf'), 'one');
  await writeFile(join(world.folder, 'sample/notes.txt'), 'not part of it');
  return world;
};

test('Without arguments all PDFs of the sample are one package, saved in out/sample', async () => {
  const world = await withSample();
  expect(await runStart([], settingsIn(world.folder), world.deps)).toBe(0);
  expect((await world.list()).filter((path) => path.startsWith('out/sample/'))).toEqual(
    [
      '01-base.md',
      '02-attachment.md',
      'analysis.json',
      'compliance-matrix.csv',
      'compliance-matrix.md',
      'compliance-matrix.xlsx',
    ].map((name) => `out/sample/${name}`),
  );
  expect(world.stdout()).toContain('2 documents, 4 pages');
  expect(world.stdout()).toContain('Saved in out/sample\n');
});

test.each([60, 80, 120])(
  'What is shown fits a terminal of %d columns, with section, page and coverage',
  async (columns) => {
    const world = await withSample();
    await runStart([], settingsIn(world.folder, columns), world.deps);
    expect(world.stdout()).toMatch(/^L-001 +L\.4\.2 +12 +The offeror shall/m);
    expect(world.stdout().replaceAll('\n', ' ')).toContain(
      '8 sentences: 2 in the matrix, 5 excluded with a reason, 1 unresolved.',
    );
    expect(world.stdout().replaceAll('\n', ' ')).toContain('1 row needs review (sheet "Needs review")');
    for (const line of world.stdout().split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  },
);

test.each([
  [{ 'bad.pdf': 'broken', 'ok.pdf': 'one' }, 'ok'],
  [{ 'a.pdf': 'one', 'b.pdf': 'two' }, 'package'],
  [{ 'a.pdf': 'one', 'copy of a.pdf': 'one' }, 'a'],
])('Of the files %j the folder is named after what could be read', async (files, name) => {
  const world = await fakeWorld(files);
  await runStart(Object.keys(files), settingsIn(world.folder), world.deps);
  expect((await world.list()).filter((path) => /^out\/[^/]+$/.test(path))).toEqual([`out/${name}`]);
  expect(world.stdout()).toContain(`Saved in out/${name}\n`);
});

test('One file of its own gives its name to the folder', async () => {
  const world = await fakeWorld({ 'my rfp.pdf': 'one' });
  expect(await runStart(['my rfp.pdf'], settingsIn(world.folder), world.deps)).toBe(0);
  expect(await world.list()).toContain('out/my rfp/analysis.json');
});

test('It fails as mdraft does: one error line, the same exit codes, nothing left', async () => {
  const world = await fakeWorld({ 'a.pdf': 'broken' });
  expect(await runStart(['a.pdf'], settingsIn(world.folder), world.deps)).toBe(1);
  expect(world.stderr()).toMatch(/^error: .*\[FILE_DAMAGED\]\n$/);
  expect(await world.list()).toEqual(['a.pdf']);
  expect(await runStart(['--fast'], settingsIn(world.folder), world.deps)).toBe(2);
});
