import { expect, test } from '@jest/globals';
import { generateSolicitation } from '../../support/generate-solicitation.ts';

test('The same seed writes the same document, and another seed another one', async () => {
  const [first, second, other] = [7, 7, 8].map((seed) => generateSolicitation({ seed, pages: 5 }));
  expect(second?.markdown).toBe(first?.markdown);
  expect(other?.markdown).not.toBe(first?.markdown);
  expect(Buffer.from((await second?.pdf) ?? []).equals((await first?.pdf) ?? Buffer.alloc(0))).toBe(true);
});

test.each([1, 2, 13, 60])('A document of %i pages has exactly that many', async (pages) => {
  const { pdf, pageCount, runningLines } = generateSolicitation({ seed: 3, pages });
  const pageObjects = Buffer.from(await pdf)
    .toString('latin1')
    .match(/\/Type \/Page\n/g);
  expect({ pageCount, runningLines, pageObjects: pageObjects?.length }).toEqual({
    pageCount: pages,
    runningLines: 2 * pages,
    pageObjects: pages,
  });
});

test('Headings and table cells are counted once each, besides the sentences of running text', () => {
  const { markdown, sentences, bindingSentences } = generateSolicitation({ seed: 1, pages: 20 });
  const lines = markdown.split('\n').filter((line) => line !== '' && !line.startsWith('| ---'));
  const headings = lines.filter((line) => line.startsWith('#')).length;
  const cells = lines.filter((line) => line.startsWith('|')).reduce((sum, line) => sum + line.split(' | ').length, 0);
  const running = lines.filter((line) => !/^[#|]/.test(line));
  // Each template ends in one full stop, semicolon or colon that is not part of an abbreviation.
  const ends = running.reduce((sum, line) => {
    const plain = line.replace(
      /U\.S\.C?\.?|No\.|[ap]\.m\.|e\.g\.|i\.e\.|Dr\.|^\s*\d+\. |\d+\.\d|[A-Z](?:\.\d+)+(?:\([a-c]\))?|https:\S+/g,
      '',
    );
    return sum + Math.max(1, (plain.match(/[.;:](?= [A-Z]|$)/g) ?? []).length);
  }, 0);
  expect(sentences).toBe(headings + cells + ends);
  expect(bindingSentences).toBeGreaterThan(100);
  expect(bindingSentences).toBeLessThan(ends);
});

test.each([
  'U.S. Government',
  'No. ',
  'e.g., ',
  'p.m. Eastern',
  'percent',
  '552a',
  'Dr. ',
  'https://',
  '| --- |',
  '- (a) ',
  '1. ',
  '  - (1) ',
])('A long document holds the trap "%s"', (trap) => {
  expect(generateSolicitation({ seed: 1, pages: 60 }).markdown).toContain(trap);
});
