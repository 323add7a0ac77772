import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { publishFiles } from '../../../../scripts/page/publish-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdraft-publish-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

test('The new files replace the old ones, and what only the old build had is removed', () => {
  write('to/index.html', 'old');
  write('to/assets/old.js', 'old');
  write('from/index.html', 'new');
  write('from/assets/new.js', 'new');
  publishFiles(join(folder, 'from'), join(folder, 'to'));
  expect(readFileSync(join(folder, 'to/index.html'), 'utf8')).toBe('new');
  expect(readdirSync(join(folder, 'to/assets'))).toEqual(['new.js']);
});

test('The scripts are there before the HTML that names them', () => {
  write('from/a.html', 'names z.js');
  write('from/z.js', '');
  // A folder in the place of a file: publishing stops at it.
  write('to/a.html/in-the-way', '');
  expect(() => publishFiles(join(folder, 'from'), join(folder, 'to'))).toThrow();
  expect(existsSync(join(folder, 'to/z.js'))).toBe(true);
});
