import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../../functions/src/config.ts';
import { createConverter } from '../../../../functions/src/convert/index.ts';
import { runCli } from '../../../../scripts/cli/run.ts';
import { pngFile } from '../../../support/image-files.ts';
import { fakeConvert, fakeWorld } from './fake-deps.ts';

test('One file goes to standard output and nothing else does', async () => {
  const world = await fakeWorld({ 'a.txt': 'hello' });
  expect(await runCli(['convert', 'a.txt'], world.deps)).toBe(0);
  expect(world.stdout()).toBe('# hello\n');
  expect(world.stderr()).toBe('');
  expect(await world.list()).toEqual(['a.txt']);
});

test('With -o the Markdown is in the file and a line on stderr says so', async () => {
  const world = await fakeWorld({ 'a.txt': 'hello' });
  expect(await runCli(['convert', 'a.txt', '-o', 'sub/b.md'], world.deps)).toBe(0);
  expect(await readFile(join(world.folder, 'sub/b.md'), 'utf8')).toBe('# hello\n');
  expect(world.stdout()).toBe('');
  expect(world.stderr()).toBe('sub/b.md: 2 pages, 8 characters\n');
});

test('Several files get one Markdown file each, and the pool is closed', async () => {
  const world = await fakeWorld({ 'a.txt': 'one', 'a.html': 'two', 'b.txt': 'three' });
  expect(await runCli(['convert', 'a.txt', 'a.html', 'b.txt', '--out-dir', 'out', '-q'], world.deps)).toBe(0);
  expect(await readFile(join(world.folder, 'out/a.md'), 'utf8')).toBe('# one\n');
  expect(await readFile(join(world.folder, 'out/a-2.md'), 'utf8')).toBe('# two\n');
  expect(await readFile(join(world.folder, 'out/b.md'), 'utf8')).toBe('# three\n');
  expect(world.stderr()).toBe('');
  expect(world.closedConverters()).toBe(1);
});

test('A result never overwrites a document that was given', async () => {
  const world = await fakeWorld({ 'a.md': 'hello' });
  expect(await runCli(['convert', 'a.md', '-o', './a.md'], world.deps)).toBe(2);
  expect(await runCli(['convert', 'a.md', '--out-dir', '.'], world.deps)).toBe(0);
  expect(await readFile(join(world.folder, 'a.md'), 'utf8')).toBe('hello');
  expect(await readFile(join(world.folder, 'a-2.md'), 'utf8')).toBe('# hello\n');
});

describe('when something fails', () => {
  test('A refused file gives one error line, exit code 1, and leaves no file and no folder', async () => {
    const world = await fakeWorld({ 'a.txt': 'broken' });
    expect(await runCli(['convert', 'a.txt', '--out-dir', 'out/deep'], world.deps)).toBe(1);
    expect(world.stderr()).toMatch(/^error: a\.txt is damaged .*\[FILE_DAMAGED\]\n$/);
    expect(await world.list()).toEqual(['a.txt']);
  });

  test('One bad file among good ones makes the job partial', async () => {
    const world = await fakeWorld({ 'a.txt': 'broken', 'b.txt': 'fine' });
    expect(await runCli(['convert', 'a.txt', 'b.txt', '--out-dir', 'out', '-q'], world.deps)).toBe(3);
    expect(await world.list()).toEqual(['a.txt', 'b.txt', 'out', 'out/b.md']);
  });

  test('Pages that need OCR make the job partial, and are named even when quiet', async () => {
    const world = await fakeWorld({ 'a.txt': 'scan' });
    expect(await runCli(['convert', 'a.txt', '-q', '-o', 'b.md'], world.deps)).toBe(3);
    expect(world.stderr()).toBe('warning: a.txt: no text on pages 1–2; OCR is needed. [PAGE_NEEDS_OCR]\n');
  });

  test('A picture is read as a page that needs OCR, and is not refused', async () => {
    const { limits } = readConfig({});
    const { convert } = createConverter({ pdfiumWasm: new Uint8Array() });
    const world = await fakeWorld(
      {},
      {
        createConverter: async () => ({
          convert: (request) => convert(request, limits),
          unpack: async () => [],
          close: async () => undefined,
        }),
      },
    );
    await writeFile(join(world.folder, 'photo.png'), pngFile({}));
    expect(await runCli(['convert', 'photo.png', '-q', '-o', 'photo.md'], world.deps)).toBe(3);
    expect(world.stderr()).toBe('warning: photo.png: no text on page 1; OCR is needed. [PAGE_NEEDS_OCR]\n');
  });

  test('A file without any text makes the job partial, and is named once, even when quiet', async () => {
    for (const quiet of [[], ['-q']]) {
      const world = await fakeWorld({ 'blank.md': '\n\n' });
      expect(await runCli(['convert', 'blank.md', '-o', 'out.md', ...quiet], world.deps)).toBe(3);
      expect(world.stderr().match(/no text/gi)).toHaveLength(1);
      expect(world.stderr()).toContain('warning: no text was found in blank.md.');
    }
  });

  test('A missing file and a folder are told apart', async () => {
    const world = await fakeWorld();
    expect(await runCli(['convert', 'no.pdf'], world.deps)).toBe(1);
    expect(await runCli(['convert', '.'], world.deps)).toBe(1);
    expect(world.stderr()).toMatch(
      /no\.pdf: no such file.*\[FILE_NOT_FOUND\]\nerror: \. cannot be read.*\[FILE_UNREADABLE\]\n$/,
    );
  });

  test('A file beyond every limit is refused before it is read', async () => {
    const world = await fakeWorld({ 'a.txt': 'x'.repeat(100) });
    const config = await world.deps.readConfig();
    const limits = { ...config.limits, pdfBytes: 50, officeBytes: 50, textBytes: 50, otherBytes: 50 };
    expect(await runCli(['convert', 'a.txt'], { ...world.deps, readConfig: async () => ({ ...config, limits }) })).toBe(
      1,
    );
    expect(world.stderr()).toContain('MAX_UPLOAD_TEXT_MB');
    expect(world.stderr()).toContain('[FILE_TOO_LARGE]');
  });

  test('A bug of ours shows no stack trace', async () => {
    const world = await fakeWorld({ 'a.txt': 'bug' });
    expect(await runCli(['convert', 'a.txt'], world.deps)).toBe(1);
    expect(world.stderr()).toBe('error: Something went wrong on our side. Nothing of yours was changed. [INTERNAL]\n');
  });

  test('Warnings of a conversion are shown, unless quiet', async () => {
    const world = await fakeWorld({ 'a.txt': 'noisy' });
    await runCli(['convert', 'a.txt'], world.deps);
    expect(world.stderr()).toContain('[FONT_UNMAPPED]');
    const quiet = await fakeWorld({ 'a.txt': 'noisy' });
    await runCli(['convert', 'a.txt', '-q'], quiet.deps);
    expect(quiet.stderr()).toBe('');
  });
});

describe('with --json', () => {
  test('The result is one JSON object, with the Markdown when it has no file', async () => {
    const world = await fakeWorld({ 'a.txt': 'hello' });
    await runCli(['convert', 'a.txt', '--json'], world.deps);
    expect(JSON.parse(world.stdout())).toMatchObject({
      ok: true,
      partial: false,
      documents: [{ file: 'a.txt', markdown: '# hello\n', pages: 2 }],
      failed: [],
    });
  });

  test('A refusal is an object with code, reason, message and details, and stderr stays empty', async () => {
    const world = await fakeWorld({ 'a.txt': 'broken' });
    expect(await runCli(['convert', 'a.txt', '--json'], world.deps)).toBe(1);
    expect(JSON.parse(world.stdout())).toMatchObject({
      ok: false,
      error: { code: 'invalid-argument', reason: 'FILE_DAMAGED', details: { fileName: 'a.txt' } },
    });
    expect(world.stderr()).toBe('');
  });

  test('A wrong command line is JSON too', async () => {
    const world = await fakeWorld();
    expect(await runCli(['convert', '--json'], world.deps)).toBe(2);
    expect(JSON.parse(world.stdout())).toMatchObject({ ok: false, error: { reason: 'USAGE' } });
  });

  test('A job done in part names what failed', async () => {
    const world = await fakeWorld({ 'a.txt': 'broken', 'b.txt': 'fine' });
    expect(await runCli(['convert', 'a.txt', 'b.txt', '--out-dir', 'out', '--json'], world.deps)).toBe(3);
    expect(JSON.parse(world.stdout())).toMatchObject({
      ok: true,
      partial: true,
      documents: [{ file: 'b.txt', output: join(world.folder, 'out/b.md') }],
      failed: [{ file: 'a.txt', error: { reason: 'FILE_DAMAGED' } }],
    });
  });
});

test('Ctrl-C ends a conversion at once with 130, closes the pool and leaves nothing', async () => {
  const world = await fakeWorld({ 'a.txt': 'hello' });
  let closed = false;
  const createConverter = async () => ({
    convert: () => new Promise<never>(() => queueMicrotask(world.interrupt)),
    unpack: async () => [],
    close: async () => {
      closed = true;
    },
  });
  expect(await runCli(['convert', 'a.txt', '-o', 'out/a.md'], { ...world.deps, createConverter })).toBe(130);
  expect(closed).toBe(true);
  expect(world.stderr()).toBe('');
  expect(await world.list()).toEqual(['a.txt']);
});

test('A bar is drawn on a terminal and gone at the end', async () => {
  const world = await fakeWorld({ 'a.txt': 'hello' }, { terminalColumns: 80 });
  await runCli(['convert', 'a.txt', '-o', 'a.md'], world.deps);
  expect(world.stderr()).toContain('2/2 pages');
  expect(world.stderr().endsWith('\r\u001b[Ka.md: 2 pages, 8 characters\n')).toBe(true);
});

describe('With --blocks the blocks of each document stand beside its Markdown, as the service stores them', () => {
  const blocksIn = async (folder: string, path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, path), 'utf8'));

  test('Beside the file that -o names', async () => {
    const world = await fakeWorld({ 'a.txt': 'hello' });
    expect(await runCli(['convert', 'a.txt', '-o', 'sub/b.md', '--blocks', '-q'], world.deps)).toBe(0);
    const request = { bytes: new TextEncoder().encode('hello'), fileName: 'a.txt' };
    const { markdown, ...index } = await fakeConvert(request);
    expect(await readFile(join(world.folder, 'sub/b.md'), 'utf8')).toBe(markdown);
    expect(await readFile(join(world.folder, 'sub/b.blocks.json'), 'utf8')).toBe(JSON.stringify(index));
  });

  test('In a folder, also of what is in a file; the JSON result names them', async () => {
    const world = await fakeWorld({ 'package.zip': 'box sow.txt=one', 'a.txt': 'two' });
    expect(
      await runCli(['convert', 'package.zip', 'a.txt', '--out-dir', 'out', '--blocks', '--json'], world.deps),
    ).toBe(0);
    expect((await world.list()).filter((path) => path.endsWith('.json'))).toEqual([
      'out/a.blocks.json',
      'out/package.blocks.json',
      'out/package/sow.blocks.json',
    ]);
    expect(await blocksIn(world.folder, 'out/package/sow.blocks.json')).toMatchObject({ fileName: 'sow.txt' });
    const { documents } = JSON.parse(world.stdout());
    expect(documents.map(({ blocks }: { blocks: string }) => blocks)).toEqual([
      join(world.folder, 'out/package.blocks.json'),
      join(world.folder, 'out/package/sow.blocks.json'),
      join(world.folder, 'out/a.blocks.json'),
    ]);
  });

  test('They write over no document that was given, and need a place to stand', async () => {
    const world = await fakeWorld({ 'a.txt': 'one', 'a.blocks.json': 'mine' });
    expect(await runCli(['convert', 'a.txt', 'a.blocks.json', '--out-dir', '.', '--blocks', '-q'], world.deps)).toBe(0);
    expect(await readFile(join(world.folder, 'a.blocks.json'), 'utf8')).toBe('mine');
    expect(await blocksIn(world.folder, 'a-2.blocks.json')).toMatchObject({ fileName: 'a.txt' });
    expect(await runCli(['convert', 'a.blocks.json', '-o', 'a.md', '--blocks'], world.deps)).toBe(2);
    expect(await runCli(['convert', 'a.txt', '--blocks'], world.deps)).toBe(2);
    expect(world.stderr()).toMatch(
      /--blocks writes a file beside the Markdown: use it with -o FILE or --out-dir DIR\./,
    );
  });
});
