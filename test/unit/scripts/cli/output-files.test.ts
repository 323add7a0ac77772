import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createOutputFiles } from '../../../../scripts/cli/output-files.ts';
import { fakeWorld } from './fake-deps.ts';

test('A file is written whole under its own name, in folders made for it', async () => {
  const { folder, list } = await fakeWorld();
  const output = createOutputFiles();
  await output.writeTogether([{ path: join(folder, 'a/b/x.md'), content: 'text' }], async () => undefined);
  await output.cleanUp();
  expect(await list()).toEqual(['a', 'a/b', 'a/b/x.md']);
});

test('When one of several files cannot be written, none is there and the folder made for them is gone', async () => {
  const { folder, list } = await fakeWorld({ file: 'x' });
  const output = createOutputFiles();
  const files = [
    { path: join(folder, 'new/a.md'), content: 'a' },
    { path: join(folder, 'file/b.md'), content: 'b' },
  ];
  await expect(output.writeTogether(files, async () => undefined)).rejects.toMatchObject({
    reason: 'OUTPUT_UNWRITABLE',
  });
  await output.cleanUp();
  expect(await list()).toEqual(['file']);
});

test('A folder in the place of the file is refused', async () => {
  const { folder } = await fakeWorld();
  await mkdir(join(folder, 'x.md'));
  await expect(
    createOutputFiles().writeTogether([{ path: join(folder, 'x.md'), content: 'a' }], async () => undefined),
  ).rejects.toMatchObject({
    details: { problem: 'it is a folder' },
  });
});

test('An earlier result is replaced', async () => {
  const { folder } = await fakeWorld({ 'x.md': 'old' });
  await createOutputFiles().writeTogether([{ path: join(folder, 'x.md'), content: 'new' }], async () => undefined);
  expect(await readFile(join(folder, 'x.md'), 'utf8')).toBe('new');
});

test('A link is followed, not replaced by a file', async () => {
  const { folder } = await fakeWorld({ 'real.md': 'old' });
  await symlink(join(folder, 'real.md'), join(folder, 'link.md'));
  await createOutputFiles().writeTogether([{ path: join(folder, 'link.md'), content: 'new' }], async () => undefined);
  expect(await readFile(join(folder, 'real.md'), 'utf8')).toBe('new');
});

describe('stopped before the files get their names', () => {
  const stop = async () => {
    throw new Error('stop');
  };

  test('No file is there, and a folder that was there before is kept, also when it is empty', async () => {
    const { folder, list } = await fakeWorld();
    await mkdir(join(folder, 'mine'));
    const output = createOutputFiles();
    await expect(output.writeTogether([{ path: join(folder, 'mine/new/a.md'), content: 'a' }], stop)).rejects.toThrow(
      'stop',
    );
    await output.cleanUp();
    expect(await list()).toEqual(['mine']);
  });

  test('An earlier result stays as it is and nothing is kept beside it', async () => {
    const { folder, list } = await fakeWorld({ 'x.csv': 'filled in' });
    const output = createOutputFiles();
    const file = { path: join(folder, 'x.csv'), content: 'new', keepsPrevious: true };
    await expect(output.writeTogether([file], stop)).rejects.toThrow('stop');
    await output.cleanUp();
    expect(await list()).toEqual(['x.csv']);
    expect(await readFile(join(folder, 'x.csv'), 'utf8')).toBe('filled in');
  });

  test('What somebody else put into a new folder is kept', async () => {
    const { folder, list } = await fakeWorld();
    const output = createOutputFiles();
    const meanwhile = async () => {
      await writeFile(join(folder, 'new/theirs.txt'), 'x');
      await stop();
    };
    const files = [{ path: join(folder, 'new/a.md'), content: 'a' }];
    await expect(output.writeTogether(files, meanwhile)).rejects.toThrow('stop');
    await output.cleanUp();
    expect(await list()).toEqual(['new', 'new/theirs.txt']);
  });
});

test('A log is made with its folder and grows; a folder in its place is refused with its path', async () => {
  const { folder } = await fakeWorld();
  const output = createOutputFiles();
  await output.append(join(folder, 'new/log'), 'a');
  await output.append(join(folder, 'new/log'), 'b');
  await output.cleanUp();
  expect(await readFile(join(folder, 'new/log'), 'utf8')).toBe('ab');
  await expect(output.append(join(folder, 'new'), 'c')).rejects.toMatchObject({
    reason: 'OUTPUT_UNWRITABLE',
    details: { path: join(folder, 'new') },
  });
});
