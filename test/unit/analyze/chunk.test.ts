import { expect, test } from '@jest/globals';
import { chunkDocument } from '../../../functions/src/analyze/chunk.ts';
import { buildDocument } from '../../support/build-document.ts';

const sentence = (at: number): string => `Sentence number ${at} says that the crew shall sweep the floor.`;
const paragraph = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => sentence(from + at)).join(' ');

test('Chunks follow each other without a gap from the first character to the last', () => {
  const document = buildDocument(['# Floors', ...Array.from({ length: 40 }, (_, at) => paragraph(at * 5, 5))]);
  const chunks = chunkDocument(document, 1000);
  expect(chunks.length).toBeGreaterThan(5);
  expect(chunks[0]?.charStart).toBe(0);
  expect(chunks.at(-1)?.charEnd).toBe(document.markdown.length);
  chunks.slice(1).forEach((chunk, at) => {
    expect(chunk.charStart).toBe(chunks[at]?.charEnd);
  });
});

test('A chunk begins where a block begins when blocks are short', () => {
  const document = buildDocument(Array.from({ length: 40 }, (_, at) => paragraph(at * 5, 5)));
  const starts = new Set(document.blocks.map(({ charStart }) => charStart));
  for (const { charStart } of chunkDocument(document, 1000)) expect(starts).toContain(charStart);
});

test('A block longer than a chunk is cut between sentences and nothing of it is lost', () => {
  const document = buildDocument([paragraph(0, 100)]);
  const chunks = chunkDocument(document, 500);
  expect(chunks.length).toBeGreaterThan(10);
  for (const { charStart } of chunks) expect(document.markdown.slice(charStart)).toMatch(/^Sentence number/);
  expect(chunks.map(({ charStart, charEnd }) => document.markdown.slice(charStart, charEnd)).join('')).toBe(
    document.markdown,
  );
});

test('A sentence longer than a chunk stays whole', () => {
  const document = buildDocument([`The plan lists ${'floors, '.repeat(200)}and doors.`]);
  expect(chunkDocument(document, 300)).toHaveLength(1);
});

test('A document without blocks has no chunks', () => {
  expect(chunkDocument(buildDocument([]), 3000)).toEqual([]);
});
