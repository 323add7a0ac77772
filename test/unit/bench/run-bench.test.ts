import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ProgramRun, runProgram } from '../../bench/run-cli.ts';

const BENCH = join(import.meta.dirname, '../../bench/run.ts');
const bench = (...args: string[]): Promise<ProgramRun> => runProgram(process.execPath, [BENCH, ...args]);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdraft-run-bench-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('A peer that there is none of is a usage error that names the peers, and nothing is measured', async () => {
  const run = await bench('conversion', '--peers', 'mammoth,mamoth');
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('no such peer: mamoth. There are: liteparse');
  expect(run.stdout).toBe('');
});

test('Peers and a manifest are refused when the conversion benchmark is not asked for', async () => {
  const run = await bench('startup', '--peers', 'mammoth');
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('--peers are for the conversion benchmark');
});

test('A document that cannot be converted counts as zero and is named', async () => {
  writeFileSync(join(folder, 'truth.md'), '# Title\n\nThe text.\n');
  writeFileSync(join(folder, 'whole.html'), '<h1>Title</h1><p>The text.</p>');
  writeFileSync(join(folder, 'broken.docx'), 'no archive');
  const manifest = join(folder, 'manifest.json');
  const entry = (path: string, family: string) => ({ id: path.replace('.', '-'), path, truth: 'truth.md', family });
  writeFileSync(manifest, JSON.stringify([entry('whole.html', 'html'), entry('broken.docx', 'docx')]));
  const json = join(folder, 'figures.json');

  const run = await bench('conversion', '--manifest', manifest, '--json', json);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain('mdraft failed, counted as zero: broken-docx');
  const { outcomes } = JSON.parse(readFileSync(json, 'utf8'));
  const scores = outcomes.conversion.figures.documents;
  expect(scores).toMatchObject([
    { document: { id: 'whole-html' }, overall: 1, failure: null },
    { document: { id: 'broken-docx' }, overall: 0, nid: 0, mhs: 0, headingF1: 0, msPerPage: null },
  ]);
});
