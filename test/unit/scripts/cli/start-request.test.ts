import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { filesOf, readStartRequest, resultFolder } from '../../../../scripts/cli/start-request.ts';

test('Files and options may come in any order, and none at all is the sample', () => {
  expect(readStartRequest([])).toEqual({ help: false, once: false, embedded: false, files: [] });
  expect(readStartRequest(['b.pdf', '--once', '--', 'a.pdf', '--embedded'])).toEqual({
    help: false,
    once: true,
    embedded: true,
    files: ['b.pdf', 'a.pdf'],
  });
  expect(readStartRequest(['-h']).help).toBe(true);
});

test('An option that does not exist is named', () => {
  expect(() => readStartRequest(['--onse'])).toThrow(expect.objectContaining({ reason: 'USAGE' }));
  expect(() => readStartRequest(['--onse'])).toThrow('--onse');
});

test('Results are named after the sample, the one file that was read, or the package', () => {
  const one = readStartRequest(['a.pdf', 'b.pdf']);
  expect(resultFolder(readStartRequest([]), ['x.pdf'])).toBe(join('out', 'sample'));
  expect(resultFolder(one, ['b.pdf'])).toBe(join('out', 'b'));
  expect(resultFolder(one, ['a.pdf', 'b.pdf'])).toBe(join('out', 'package'));
});

test('The sample is the PDFs of its folder by name; files that were typed are taken as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mdraft-start-'));
  for (const name of ['2.pdf', '1.PDF', 'notes.txt']) await writeFile(join(folder, name), 'x');
  expect(await filesOf(readStartRequest([]), folder)).toEqual([join(folder, '1.PDF'), join(folder, '2.pdf')]);
  expect(await filesOf(readStartRequest(['z.pdf']), folder)).toEqual(['z.pdf']);
  await rm(folder, { recursive: true });
});
