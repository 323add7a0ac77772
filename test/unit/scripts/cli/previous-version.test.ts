import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createOutputFiles } from '../../../../scripts/cli/output-files.ts';
import { fakeWorld } from './fake-deps.ts';

const withMatrix = async (files: Readonly<Record<string, string>>) => {
  const world = await fakeWorld(files);
  const path = join(world.folder, 'm.csv');
  const write = (content: string) =>
    createOutputFiles().writeTogether([{ path, content, keepsPrevious: true }], async () => undefined);
  const read = (name: string) => readFile(join(world.folder, name), 'utf8');
  return { ...world, path, write, read };
};

test('A different file is kept under a name of its own, which the result tells', async () => {
  const world = await withMatrix({ 'm.csv': 'filled in' });
  const keptAs = join(world.folder, 'm.previous.csv');
  expect(await world.write('new')).toEqual([{ path: world.path, keptAs, isNew: true }]);
  expect(await world.read('m.csv')).toBe('new');
  expect(await world.read('m.previous.csv')).toBe('filled in');
});

test('A kept file is never overwritten: the next one gets the next number', async () => {
  const world = await withMatrix({ 'm.csv': 'third', 'm.previous.csv': 'first', 'm.previous-2.csv': 'second' });
  await world.write('new');
  expect(await world.list()).toEqual(['m.csv', 'm.previous-2.csv', 'm.previous-3.csv', 'm.previous.csv']);
  expect(await world.read('m.previous.csv')).toBe('first');
  expect(await world.read('m.previous-2.csv')).toBe('second');
  expect(await world.read('m.previous-3.csv')).toBe('third');
});

test('Bytes that are kept already are not kept twice, and it is told where they are', async () => {
  const world = await withMatrix({ 'm.csv': 'same', 'm.previous.csv': 'same' });
  expect(await world.write('new')).toMatchObject([{ keptAs: join(world.folder, 'm.previous.csv'), isNew: false }]);
  expect(await world.list()).toEqual(['m.csv', 'm.previous.csv']);
});

test('Nothing is kept of the same bytes, or where there was no file', async () => {
  const world = await withMatrix({});
  expect(await world.write('new')).toEqual([]);
  expect(await world.write('new')).toEqual([]);
  expect(await world.list()).toEqual(['m.csv']);
});

test('Behind a link the bytes of the file it leads to are kept', async () => {
  const world = await withMatrix({ 'real.csv': 'filled in' });
  await symlink(join(world.folder, 'real.csv'), world.path);
  await world.write('new');
  expect(await world.read('real.csv')).toBe('new');
  expect(await world.read('m.previous.csv')).toBe('filled in');
});

test('A folder that has the name is passed over', async () => {
  const world = await withMatrix({ 'm.csv': 'filled in' });
  await mkdir(join(world.folder, 'm.previous.csv'));
  await world.write('new');
  expect(await world.read('m.previous-2.csv')).toBe('filled in');
});

test('Writing into the kept file later does not change the new one', async () => {
  const world = await withMatrix({ 'm.csv': 'filled in' });
  await world.write('new');
  await writeFile(join(world.folder, 'm.previous.csv'), 'edited');
  expect(await world.read('m.csv')).toBe('new');
});
