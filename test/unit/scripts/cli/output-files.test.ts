import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createOutputFiles } from '../../../../scripts/cli/output-files.ts';
import { fakeWorld } from './fake-deps.ts';

test('A file is written whole under its own name, in folders made for it', async () => {
  const { folder, list } = await fakeWorld();
  const output = createOutputFiles();
  await output.write(join(folder, 'a/b/x.md'), 'text');
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
  await expect(output.writeTogether(files)).rejects.toMatchObject({ reason: 'OUTPUT_UNWRITABLE' });
  await output.cleanUp();
  expect(await list()).toEqual(['file']);
});

test('A folder in the place of the file is refused', async () => {
  const { folder } = await fakeWorld();
  await mkdir(join(folder, 'x.md'));
  await expect(createOutputFiles().write(join(folder, 'x.md'), 'a')).rejects.toMatchObject({
    details: { problem: 'it is a folder' },
  });
});

test('An earlier result is replaced', async () => {
  const { folder } = await fakeWorld({ 'x.md': 'old' });
  await createOutputFiles().write(join(folder, 'x.md'), 'new');
  expect(await readFile(join(folder, 'x.md'), 'utf8')).toBe('new');
});

test('A link is followed, not replaced by a file', async () => {
  const { folder } = await fakeWorld({ 'real.md': 'old' });
  await symlink(join(folder, 'real.md'), join(folder, 'link.md'));
  await createOutputFiles().write(join(folder, 'link.md'), 'new');
  expect(await readFile(join(folder, 'real.md'), 'utf8')).toBe('new');
});

test('A folder that was there before is kept, also when it is empty', async () => {
  const { folder, list } = await fakeWorld();
  await mkdir(join(folder, 'mine'));
  const output = createOutputFiles();
  await output.makeFolder(join(folder, 'mine/new'));
  await output.cleanUp();
  expect(await list()).toEqual(['mine']);
});

test('What somebody else put into a new folder is kept', async () => {
  const { folder, list } = await fakeWorld();
  const output = createOutputFiles();
  await output.makeFolder(join(folder, 'new'));
  await writeFile(join(folder, 'new/theirs.txt'), 'x');
  await output.cleanUp();
  expect(await list()).toEqual(['new', 'new/theirs.txt']);
});
