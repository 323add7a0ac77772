import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** Each `allow` with its condition. */
const rightsIn = (rules: string): string[] => rules.match(/\ballow\b[^;]*;/g) ?? [];

test('storage.rules lets nobody read or write: objects travel by signed URL', () => {
  const rules = readFileSync(join(import.meta.dirname, '../../storage.rules'), 'utf8');
  expect(rightsIn(rules)).toEqual(['allow read, write: if false;']);
  expect(rightsIn(rules.replace('if false', 'if true'))).not.toEqual(['allow read, write: if false;']);
});
