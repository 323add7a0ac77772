import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../../functions/src/config.ts';
import { createConverter } from '../../../../functions/src/convert/index.ts';
import { runCli } from '../../../../scripts/cli/run.ts';
import { buildZip } from '../../convert/archive/build-zip.ts';
import { fakeWorld } from './fake-deps.ts';

const BOX = 'box sow.txt=one|notes.txt=two';

describe('mdraft convert into a folder also converts what is in a file', () => {
  test('In a folder beside its own result', async () => {
    const world = await fakeWorld({ 'package.zip': BOX, 'a.txt': 'three' });
    expect(await runCli(['convert', 'package.zip', 'a.txt', '--out-dir', 'out'], world.deps)).toBe(0);
    const results = (await world.list()).filter((path) => path.startsWith('out/'));
    expect(results).toEqual([
      'out/a.md',
      'out/package',
      'out/package.md',
      'out/package/notes.md',
      'out/package/sow.md',
    ]);
    expect(await readFile(join(world.folder, 'out/package/sow.md'), 'utf8')).toBe('# one\n');
    expect(world.stderr()).toMatch(
      /^out\/package\.md: .*\nout\/package\/sow\.md: .*\nout\/package\/notes\.md: .*\nout\/a\.md/,
    );
  });

  test('But not on standard output, in a named file or from a manifest: one document gives one result', async () => {
    const world = await fakeWorld({ 'package.zip': BOX, 'list.json': '[{"id":"p","path":"package.zip"}]' });
    expect(await runCli(['convert', 'package.zip'], world.deps)).toBe(0);
    expect(world.stdout()).toBe(`# ${BOX}\n`);
    expect(await runCli(['convert', 'package.zip', '-o', 'p.md'], world.deps)).toBe(0);
    expect(await runCli(['convert', '--manifest', 'list.json', '--out-dir', 'out'], world.deps)).toBe(0);
    expect((await world.list()).filter((path) => path.endsWith('.md'))).toEqual(['out/p.md', 'p.md']);
  });

  test('Names never collide, and no document that was given is written over', async () => {
    const files = {
      'a.md.zip': 'box x.txt=1|x.html=2|sow.txt=3',
      'a.txt': 'other',
      'a.md-files.zip': 'box x.txt=4',
    };
    const world = await fakeWorld(files);
    expect(await runCli(['convert', ...Object.keys(files), '--out-dir', '.', '-q'], world.deps)).toBe(0);
    expect((await world.list()).filter((path) => path.endsWith('.md'))).toEqual([
      'a.md',
      'a.md-files-files/x.md',
      'a.md-files.md',
      'a.md-files/sow.md',
      'a.md-files/x-2.md',
      'a.md-files/x.md',
      'a.md.md',
    ]);
    await writeFile(join(world.folder, 'a.md-files/sow.md'), 'mine');
    expect(await runCli(['convert', 'a.md.zip', 'a.md-files/sow.md', '--out-dir', '.', '-q'], world.deps)).toBe(0);
    expect(await readFile(join(world.folder, 'a.md-files/sow.md'), 'utf8')).toBe('mine');
    expect(await readFile(join(world.folder, 'a.md-files/sow-2.md'), 'utf8')).toBe('# 3\n');
  });

  test('A file in it that fails is told like any other, by the whole way to it', async () => {
    const world = await fakeWorld({ 'package.zip': 'box sow.txt=one|bad.txt=broken' });
    expect(await runCli(['convert', 'package.zip', '--out-dir', 'out', '--json'], world.deps)).toBe(3);
    const { documents, failed, partial } = JSON.parse(world.stdout());
    expect(partial).toBe(true);
    expect(documents.map(({ file }: { file: string }) => file)).toEqual(['package.zip', 'package.zip/sow.txt']);
    expect(failed).toMatchObject([{ file: 'package.zip/bad.txt', error: { reason: 'FILE_DAMAGED' } }]);
  });

  test('A container that does not open is told, and the others go on', async () => {
    const world = await fakeWorld({ 'package.zip': 'box torn', 'a.txt': 'one' });
    expect(await runCli(['convert', 'package.zip', 'a.txt', '--out-dir', 'out', '-q'], world.deps)).toBe(3);
    expect(world.stderr()).toMatch(/^error: package\.zip is damaged .*\n$/);
  });

  test('Containers in containers are opened two deep; what is deeper is told', async () => {
    const world = await fakeWorld({ 'a.zip': 'box b.zip=box c.zip<box d.txt<deep' });
    const nested = 'box b.zip=box c.zip<box d.txt';
    await writeFile(join(world.folder, 'b.zip'), nested);
    expect(await runCli(['convert', 'b.zip', '--out-dir', 'out', '-q'], world.deps)).toBe(3);
    expect((await world.list()).filter((path) => path.endsWith('.md'))).toEqual([
      'out/b.md',
      'out/b/b.md',
      'out/b/b/c.md',
    ]);
    expect(world.stderr()).toMatch(/^error: c\.zip: it stands in other files 2 deep.*\[FORMAT_UNSUPPORTED\]\n$/);
  });

  test('Files without end in one file are refused', async () => {
    const inner = Array.from({ length: 600 }, (_, at) => `${at}.txt<x`).join('>');
    const world = await fakeWorld({ 'a.zip': `box b.zip=box ${inner}|c.zip=box ${inner}` });
    expect(await runCli(['convert', 'a.zip', '--out-dir', 'out', '-q'], world.deps)).toBe(3);
    expect(world.stderr()).toMatch(/^error: c\.zip: more than 1000 files in one.*\n$/);
  });
});

describe('mdraft analyze takes the documents in a file as documents of the package', () => {
  test('An archive is its documents; a message counts as one beside what is attached to it', async () => {
    const world = await fakeWorld({ 'package.zip': BOX, 'a.txt': 'two' });
    expect(await runCli(['analyze', 'package.zip', 'a.txt', '--out-dir', 'out'], world.deps)).toBe(0);
    const { documents } = JSON.parse(await readFile(join(world.folder, 'out/analysis.json'), 'utf8'));
    expect(documents.map(({ fileName }: { fileName: string }) => fileName)).toEqual(['sow.txt', 'notes.txt']);
    expect((await world.list()).filter((path) => path.endsWith('.md'))).toContain('out/sow.md');
    expect(world.stderr()).toContain('a.txt has the same bytes as package.zip/notes.txt');
  });

  test('A file in it that fails keeps the matrix from calling itself complete', async () => {
    const world = await fakeWorld({ 'package.zip': 'box sow.txt=one|bad.txt=broken' });
    expect(await runCli(['analyze', 'package.zip', '--out-dir', 'out'], world.deps)).toBe(3);
    const { complianceMatrix } = JSON.parse(await readFile(join(world.folder, 'out/analysis.json'), 'utf8'));
    expect(complianceMatrix.coverage.chunks.failed).toEqual(['bad.txt: FILE_DAMAGED']);
  });

  test('An archive without a document to read is a failure', async () => {
    const world = await fakeWorld({ 'package.zip': 'box ' });
    expect(await runCli(['analyze', 'package.zip', '--out-dir', 'out'], world.deps)).toBe(1);
  });
});

test('A real archive gives what is in it', async () => {
  const { limits } = readConfig({});
  const { convert, unpack } = createConverter({ pdfiumWasm: new Uint8Array() });
  const world = await fakeWorld(
    {},
    {
      createConverter: async () => ({
        convert: (request) => convert(request, limits),
        unpack: (request) => unpack(request, limits),
        close: async () => undefined,
      }),
    },
  );
  const bytes = buildZip([
    { name: '../x/sow.md', content: '# Scope\n' },
    { name: 'y/sow.txt', content: 'Text' },
  ]);
  await writeFile(join(world.folder, 'package.zip'), bytes);
  expect(await runCli(['convert', 'package.zip', '--out-dir', 'out', '-q'], world.deps)).toBe(0);
  expect((await world.list()).filter((path) => path.endsWith('.md'))).toEqual([
    'out/package.md',
    'out/package/sow-2.md',
    'out/package/sow.md',
  ]);
  expect(await readFile(join(world.folder, 'out/package/sow.md'), 'utf8')).toBe('# Scope\n');
});
