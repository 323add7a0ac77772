import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AnalysisSchema } from '../../../../functions/src/contracts/analysis.ts';
import { AppError } from '../../../../functions/src/errors.ts';
import { runCli } from '../../../../scripts/cli/run.ts';
import { fakeWorld } from './fake-deps.ts';

const readAnalysis = async (folder: string) =>
  AnalysisSchema.parse(JSON.parse(await readFile(join(folder, 'out/analysis.json'), 'utf8')));

test('A package gives analysis.json, the matrix in each format and the Markdown of each document', async () => {
  const world = await fakeWorld({ 'rfp.txt': 'one', 'amendment.txt': 'two' });
  expect(await runCli(['analyze', 'rfp.txt', 'amendment.txt', '--out-dir', 'out'], world.deps)).toBe(0);
  expect((await world.list()).filter((path) => path.startsWith('out/'))).toEqual([
    'out/amendment.md',
    'out/analysis.json',
    'out/compliance-matrix.csv',
    'out/compliance-matrix.md',
    'out/compliance-matrix.xlsx',
    'out/rfp.md',
  ]);
  expect((await readAnalysis(world.folder)).documents.map(({ fileName }) => fileName)).toEqual([
    'rfp.txt',
    'amendment.txt',
  ]);
  expect(world.stdout()).toContain('2 requirements in 2 documents.\n');
  expect(world.stdout()).toContain('8 sentences: 2 in the matrix');
});

test('A document called like an export does not overwrite it', async () => {
  const world = await fakeWorld({ 'compliance-matrix.txt': 'one' });
  await runCli(['analyze', 'compliance-matrix.txt', '--out-dir', 'out', '--format', 'md'], world.deps);
  expect((await world.list()).filter((path) => path.startsWith('out/'))).toEqual([
    'out/analysis.json',
    'out/compliance-matrix-2.md',
    'out/compliance-matrix.md',
  ]);
});

test('A file that cannot be read keeps the matrix from calling itself complete', async () => {
  const world = await fakeWorld({ 'rfp.txt': 'one', 'b.txt': 'broken' });
  const analyze: typeof world.deps.analyze = async (documents, kinds, onProgress) => {
    const analysis = await world.deps.analyze(documents, kinds, onProgress);
    const matrix = analysis.complianceMatrix;
    if (matrix) matrix.coverage.complete = true;
    return analysis;
  };
  expect(await runCli(['analyze', 'rfp.txt', 'b.txt', '--out-dir', 'out'], { ...world.deps, analyze })).toBe(3);
  const coverage = (await readAnalysis(world.folder)).complianceMatrix?.coverage;
  expect(coverage?.complete).toBe(false);
  expect(coverage?.chunks).toEqual({ planned: 4, done: 3, failed: ['b.txt: FILE_DAMAGED'] });
});

test('A part that was not analysed makes the job partial', async () => {
  const world = await fakeWorld({ 'rfp.txt': 'one' });
  const analyze: typeof world.deps.analyze = async (documents, kinds, onProgress) => {
    const analysis = await world.deps.analyze(documents, kinds, onProgress);
    analysis.complianceMatrix?.coverage.chunks.failed.push('window 1');
    return analysis;
  };
  expect(await runCli(['analyze', 'rfp.txt', '--out-dir', 'out'], { ...world.deps, analyze })).toBe(3);
});

test('The same bytes under two names are analysed once, and the user is told', async () => {
  const world = await fakeWorld({ 'a.txt': 'one', 'b.txt': 'one' });
  expect(await runCli(['analyze', 'a.txt', 'b.txt', '--out-dir', 'out'], world.deps)).toBe(0);
  expect((await readAnalysis(world.folder)).documents).toHaveLength(1);
  expect(world.stderr()).toContain('b.txt has the same bytes as a.txt');
});

test('When every file fails nothing is written', async () => {
  const world = await fakeWorld({ 'a.txt': 'broken' });
  expect(await runCli(['analyze', 'a.txt', '--out-dir', 'out'], world.deps)).toBe(1);
  expect(await world.list()).toEqual(['a.txt']);
});

test('When the analysis refuses nothing is written', async () => {
  const world = await fakeWorld({ 'a.txt': 'one' });
  const analyze = async () => {
    throw new AppError('TOO_MANY_CHUNKS', { chunks: 900, limit: 500 });
  };
  expect(await runCli(['analyze', 'a.txt', '--out-dir', 'out'], { ...world.deps, analyze })).toBe(1);
  expect(world.stderr()).toContain('[TOO_MANY_CHUNKS]');
  expect(await world.list()).toEqual(['a.txt']);
});

test('A Ctrl-C during the analysis writes nothing', async () => {
  const world = await fakeWorld({ 'a.txt': 'one' });
  const analyze: typeof world.deps.analyze = async (...input) => {
    world.interrupt();
    return world.deps.analyze(...input);
  };
  expect(await runCli(['analyze', 'a.txt', '--out-dir', 'out'], { ...world.deps, analyze })).toBe(130);
  expect(await world.list()).toEqual(['a.txt']);
});

test('With --json the result names the files and sums up the coverage', async () => {
  const world = await fakeWorld({ 'a.txt': 'scan' });
  expect(await runCli(['analyze', 'a.txt', '--out-dir', 'out', '--format', 'csv', '--json'], world.deps)).toBe(3);
  expect(JSON.parse(world.stdout())).toMatchObject({
    ok: true,
    partial: true,
    outputs: [
      { format: 'json', path: join(world.folder, 'out/analysis.json') },
      { format: 'csv', path: join(world.folder, 'out/compliance-matrix.csv') },
    ],
    documents: [{ file: 'a.txt', markdown: join(world.folder, 'out/a.md'), pagesNeedingOcr: [1, 2] }],
    rows: 2,
    coverage: { sentences: 8, inMatrix: 2, excluded: 5, unresolved: 1, complete: false },
  });
});

test('The summary says what is left to a person and where it stands', async () => {
  const world = await fakeWorld({ 'a.txt': 'one' });
  await runCli(['analyze', 'a.txt', '--out-dir', 'out'], world.deps);
  expect(world.stdout()).toContain(
    'To check: 1 row needs review (sheet "Needs review"); 1 sentence is unresolved (sheet "Unresolved"). What was excluded, and why: sheet "Excluded".\n',
  );
});

test('Without the workbook the summary points into analysis.json', async () => {
  const world = await fakeWorld({ 'a.txt': 'one' });
  await runCli(['analyze', 'a.txt', '--out-dir', 'out', '--format', 'md'], world.deps);
  expect(world.stdout()).toContain('1 sentence is unresolved (coverage.unresolved in analysis.json)');
  expect(world.stdout()).not.toContain('sheet');
});

describe('running again into the same folder', () => {
  const again = async (...more: string[]) => {
    const world = await fakeWorld({ 'a.txt': 'one' });
    const run = (...words: string[]) => runCli(['analyze', 'a.txt', '--out-dir', 'out', ...words], world.deps);
    await run();
    for (const name of ['compliance-matrix.csv', 'compliance-matrix.md', 'analysis.json']) {
      await appendFile(join(world.folder, 'out', name), 'filled in');
    }
    const printedBefore = world.stdout().length;
    expect(await run(...more)).toBe(0);
    return { ...world, stdout: () => world.stdout().slice(printedBefore) };
  };

  test('A matrix that people filled in is kept, which one line says; what nobody fills in is overwritten', async () => {
    const world = await again();
    expect(await readFile(join(world.folder, 'out/compliance-matrix.previous.csv'), 'utf8')).toMatch(/filled in$/);
    expect((await world.list()).filter((path) => path.includes('previous'))).toHaveLength(1);
    expect(world.stderr()).toBe(
      'note: earlier results that differ were kept: compliance-matrix.csv as compliance-matrix.previous.csv\n',
    );
    await readAnalysis(world.folder);
  });

  test('With --json the result names what was kept, and stderr stays empty', async () => {
    const world = await again('--json');
    expect(JSON.parse(world.stdout()).kept).toEqual([
      {
        path: join(world.folder, 'out/compliance-matrix.csv'),
        keptAs: join(world.folder, 'out/compliance-matrix.previous.csv'),
      },
    ]);
    expect(world.stderr()).toBe('');
  });
});

test('A document that stands in the place of a result is not overwritten', async () => {
  const world = await fakeWorld({ 'compliance-matrix.csv': 'mine' });
  expect(await runCli(['analyze', 'compliance-matrix.csv', '--out-dir', '.'], world.deps)).toBe(2);
  expect(world.stderr()).toContain('Choose another folder');
  expect(await world.list()).toEqual(['compliance-matrix.csv']);
  expect(await readFile(join(world.folder, 'compliance-matrix.csv'), 'utf8')).toBe('mine');
});

test('A document without text makes the job partial and is named, also when quiet', async () => {
  const world = await fakeWorld({ 'a.txt': 'one', 'blank.md': '\n' });
  expect(await runCli(['analyze', 'a.txt', 'blank.md', '--out-dir', 'out', '-q'], world.deps)).toBe(3);
  expect(world.stderr()).toBe('warning: no text was found in blank.md. Check that it is the right file. [NO_TEXT]\n');
});

test('A document in which the analysis finds no sentence makes the job partial', async () => {
  const world = await fakeWorld({ 'a.txt': 'one' });
  const analyze: typeof world.deps.analyze = async (documents, kinds, onProgress) => {
    const analysis = await world.deps.analyze(documents, kinds, onProgress);
    const coverage = analysis.complianceMatrix?.coverage;
    if (coverage) coverage.documentsWithoutText = [documents[0]?.documentId ?? ''];
    return analysis;
  };
  expect(await runCli(['analyze', 'a.txt', '--out-dir', 'out'], { ...world.deps, analyze })).toBe(3);
});
