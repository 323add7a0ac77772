import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { ensurePageIsBuilt } from '../../../scripts/page/build-page.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FIXTURES = join(ROOT, 'test/fixtures/solicitation/pdf');

let folder: string;
beforeAll(async () => {
  ({ folder } = await ensurePageIsBuilt({ root: ROOT }));
});

test('The page brings the sample solicitation along, byte for byte, with a list of names in order and sizes', () => {
  const list: { fileName: string; sizeBytes: number }[] = JSON.parse(
    readFileSync(join(folder, 'sample/index.json'), 'utf8'),
  );
  expect(list.map(({ fileName }) => fileName)).toEqual([
    '01-solicitation.pdf',
    '02-attachment-1-surveillance-plan.pdf',
    '03-attachment-2-price-schedule.pdf',
    '04-amendment-0001.pdf',
  ]);
  for (const { fileName, sizeBytes } of list) {
    const published = readFileSync(join(folder, 'sample', fileName));
    expect(published.byteLength).toBe(sizeBytes);
    expect(published.equals(readFileSync(join(FIXTURES, fileName)))).toBe(true);
  }
});

test('An address that does not exist is answered with the same page, which says so itself', () => {
  expect(readFileSync(join(folder, '404.html'))).toEqual(readFileSync(join(folder, 'index.html')));
});

test('The licences of what is built in come along', () => {
  const licences = readFileSync(join(folder, 'licences.md'), 'utf8');
  for (const name of ['react', 'react-dom', 'wouter', '@firebase/auth', '@firebase/firestore'])
    expect(licences).toContain(name);
});

test('Nothing in the page is written into the HTML that the policy would refuse: no inline script, no inline style', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|data:|blob:/);
  for (const [, attributes = '', body] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    expect([attributes.includes('src="/assets/'), body]).toEqual([true, '']);
  }
});
