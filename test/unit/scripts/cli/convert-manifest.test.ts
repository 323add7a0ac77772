import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli } from '../../../../scripts/cli/run.ts';
import { fakeWorld } from './fake-deps.ts';

const withManifest = async (entries: unknown, files: Readonly<Record<string, string>> = {}) => {
  const world = await fakeWorld(files);
  await mkdir(join(world.folder, 'lists'));
  await writeFile(join(world.folder, 'lists/m.json'), typeof entries === 'string' ? entries : JSON.stringify(entries));
  const run = (...more: string[]) =>
    runCli(['convert', '--manifest', 'lists/m.json', '--out-dir', 'out', ...more], world.deps);
  const log = async (): Promise<object[]> =>
    (await readFile(join(world.folder, 'out/_log.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { ...world, run, log };
};

test('Each document is named by its id, with paths relative to the manifest, and the log tells begin and end', async () => {
  const world = await withManifest(
    [
      { id: 'one', path: '../a.txt' },
      { id: 'two', path: '../b.txt' },
    ],
    { 'a.txt': 'hello', 'b.txt': 'broken' },
  );
  expect(await world.run()).toBe(3);
  expect(await readFile(join(world.folder, 'out/one.md'), 'utf8')).toBe('# hello\n');
  expect(await world.log()).toEqual([
    { startup_ms: expect.any(Number) },
    { begin: 'one' },
    { id: 'one', ms: expect.any(Number), ok: true },
    { begin: 'two' },
    { id: 'two', ms: expect.any(Number), ok: false, error: expect.objectContaining({ reason: 'FILE_DAMAGED' }) },
  ]);
  expect((await world.list()).filter((path) => path.startsWith('out/'))).toEqual(['out/_log.jsonl', 'out/one.md']);
});

test('One converter serves the whole list', async () => {
  const world = await withManifest(
    [
      { id: 'one', path: '../a.txt' },
      { id: 'two', path: '../a.txt' },
    ],
    { 'a.txt': 'hello' },
  );
  expect(await world.run()).toBe(0);
  expect(world.poolSizes).toEqual([1]);
  expect(world.closedConverters()).toBe(1);
});

test('A second run goes on in the same log', async () => {
  const world = await withManifest([{ id: 'one', path: '../a.txt' }], { 'a.txt': 'hello' });
  await world.run();
  await world.run();
  expect(await world.log()).toHaveLength(6);
});

test.each([
  ['not json', 'is not JSON'],
  [{ id: 'a' }, 'at the top'],
  [[{ id: 'a' }], 'at 0.path'],
  [[{ id: '../a', path: 'a' }], 'at 0.id'],
  [[{ id: 'a/b', path: 'a' }], 'at 0.id'],
  [[{ id: '..', path: 'a' }], 'at 0.id'],
  [[{ id: '', path: 'a' }], 'at 0.id'],
  [[{ id: 'nul', path: 'a' }], 'reserved'],
  [[{ id: 'COM1.part', path: 'a' }], 'reserved'],
  [[{ id: 'a'.repeat(300), path: 'a' }], 'at most 252 bytes'],
  [[{ id: 'ä'.repeat(127), path: 'a' }], 'at most 252 bytes'],
  [
    [
      { id: 'Form', path: 'x' },
      { id: 'form', path: 'y' },
    ],
    'twice',
  ],
  [
    [
      { id: 'a', path: 'x' },
      { id: 'a', path: 'y' },
    ],
    'twice',
  ],
])('The manifest %j is refused before anything is written', async (entries, problem) => {
  const world = await withManifest(entries);
  expect(await world.run()).toBe(2);
  expect(world.stderr()).toContain(problem);
  expect(await world.list()).toEqual(['lists', 'lists/m.json']);
});

test('A manifest that is not there is an error of its own', async () => {
  const world = await fakeWorld();
  expect(await runCli(['convert', '--manifest', 'm.json', '--out-dir', 'out'], world.deps)).toBe(1);
  expect(world.stderr()).toContain('[FILE_NOT_FOUND]');
});

test('The longest id is a file name', async () => {
  const id = 'a'.repeat(252);
  const world = await withManifest([{ id, path: '../a.txt' }], { 'a.txt': 'hello' });
  expect(await world.run()).toBe(0);
  expect(await world.list()).toContain(`out/${id}.md`);
});

const TWO = [
  { id: 'one', path: '../a.txt' },
  { id: 'two', path: '../b.txt' },
];

test('With --json a list done in part says so, names what failed, and leaves stderr empty', async () => {
  const world = await withManifest(TWO, { 'a.txt': 'hello', 'b.txt': 'broken' });
  expect(await world.run('--json')).toBe(3);
  expect(JSON.parse(world.stdout())).toMatchObject({
    ok: true,
    partial: true,
    documents: [{ id: 'one', file: '../a.txt', output: join(world.folder, 'out/one.md'), pages: 2 }],
    failed: [{ id: 'two', file: '../b.txt', error: { reason: 'FILE_DAMAGED' } }],
  });
  expect(world.stderr()).toBe('');
});

test('With --json a list of which all failed is not ok', async () => {
  const world = await withManifest(TWO, { 'a.txt': 'broken', 'b.txt': 'broken' });
  expect(await world.run('--json')).toBe(1);
  expect(JSON.parse(world.stdout())).toMatchObject({ ok: false, error: { reason: 'FILE_DAMAGED' } });
});

test('Each error of a list is one line on stderr', async () => {
  const world = await withManifest(TWO, { 'a.txt': 'hello', 'b.txt': 'broken' });
  await world.run();
  expect(world.stderr()).toMatch(/^error: [^\n]*\[FILE_DAMAGED\]\n$/);
});

test('A document without text or with pages for OCR makes the list partial', async () => {
  const blank = await withManifest(TWO, { 'a.txt': 'hello', 'b.txt': ' ' });
  expect(await blank.run()).toBe(3);
  expect(blank.stderr()).toContain('no text was found in b.txt');
  const scan = await withManifest(TWO, { 'a.txt': 'hello', 'b.txt': 'scan' });
  expect(await scan.run('--json')).toBe(3);
  expect(JSON.parse(scan.stdout())).toMatchObject({ ok: true, partial: true, failed: [] });
});

test('A log that cannot be written is an error with its path, and no document is written', async () => {
  const world = await withManifest(TWO, { 'a.txt': 'hello', 'b.txt': 'hello' });
  await mkdir(join(world.folder, 'out/_log.jsonl'), { recursive: true });
  expect(await world.run()).toBe(1);
  expect(world.stderr()).toMatch(/^error: .*_log\.jsonl cannot be written: it is a folder.*\[OUTPUT_UNWRITABLE\]\n$/);
  expect((await world.list()).filter((path) => path.endsWith('.md'))).toEqual([]);
});

test('With --blocks the blocks of each document stand beside its Markdown, and the JSON result names them', async () => {
  const world = await withManifest([{ id: 'one', path: '../a.txt' }], { 'a.txt': 'hello' });
  expect(await world.run('--blocks', '--json')).toBe(0);
  const path = join(world.folder, 'out/one.blocks.json');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ fileName: 'a.txt', blocks: [] });
  expect(JSON.parse(world.stdout()).documents).toMatchObject([{ id: 'one', blocks: path }]);
});
