import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ConversionPhaseSchema, ConversionStateSchema } from '../../../../../functions/src/contracts/conversion.ts';
import {
  engineInWords,
  expiryOf,
  isReadable,
  newestRuns,
  pagesInWords,
  progressHint,
  troubleOf,
} from '../../../../../hosting/src/views/documents/describe-document.ts';

const UNTIL = '2026-11-20T12:15:00.000Z';
const result = {
  documentId: 'd',
  mediaType: 'application/pdf',
  engine: 'pdf',
  pages: 3,
  blocks: 1,
  characters: 1,
  pagesWithoutText: [] as number[],
  warnings: 0,
  markdown: { object: 'm', generation: '1', sizeBytes: 1 },
  blockIndex: { object: 'b', generation: '1', sizeBytes: 1 },
};

describe('what read a document', () => {
  test.each([
    ['pdf', 'PDF'],
    ['docx', 'Word'],
    ['pdf+ocr', 'PDF with text recognition'],
    ['tiff+ocr', 'TIFF image with text recognition'],
    ['rtf', 'RTF'],
  ])('%s is told as %s', (engine, words) => {
    expect(engineInWords(engine)).toBe(words);
  });

  test('every format that can be uploaded has a name of its own', () => {
    const path = new URL('../../../../../functions/src/pipeline/upload-formats.json', import.meta.url);
    const formats = Object.keys(JSON.parse(readFileSync(path, 'utf8')));
    const nameless = formats.filter(
      (format) => engineInWords(format) === format.toUpperCase() && !/^(pdf|html|csv|rtf|epub)$/.test(format),
    );
    expect(formats.length).toBeGreaterThan(5);
    expect(nameless).toEqual([]);
  });

  test('a format without pages, and what was not read yet, have a dash and no zero', () => {
    expect(pagesInWords({ result: { ...result, pages: 0 } })).toBe('–');
    expect(pagesInWords({})).toBe('–');
    expect(pagesInWords({ result: { ...result, pages: 1200 } })).toBe('1,200');
  });
});

describe('how long a document is kept', () => {
  const NOW = Date.parse('2026-11-20T12:00:00Z');
  test.each([
    ['2026-11-23T12:00:00.000Z', { days: 3, isSoon: false }],
    ['2026-11-23T11:59:59.000Z', { days: 2, isSoon: true }],
    ['2026-11-20T13:00:00.000Z', { days: 0, isSoon: true }],
    ['2026-11-19T12:00:00.000Z', { days: 0, isSoon: true }],
  ])('%s', (expiresAt, told) => {
    expect(expiryOf(expiresAt, NOW)).toEqual(told);
  });
});

describe('what a row says of the work', () => {
  test('every state and phase has either a hint, a trouble or neither, and never an empty text', () => {
    for (const state of ConversionStateSchema.options) {
      for (const phase of ConversionPhaseSchema.options) {
        const texts = [progressHint({ state, phase, uploadUntilAt: UNTIL }), troubleOf({ state })];
        expect(texts).not.toContain('');
        expect(texts.filter((text) => text !== null).length).toBe(state === 'completed' ? 0 : 1);
      }
    }
  });

  test('text recognition tells its number of parts', () => {
    const ocr = { attempt: 1, shards: 4 };
    const told = progressHint({ state: 'converting', phase: 'recognise', ocr, uploadUntilAt: UNTIL });
    expect(told).toBe('Recognising text in 4 parts');
  });

  test('a failure is told in the words of the service', () => {
    const failure = { code: 'invalid-argument', reason: 'FILE_ENCRYPTED', message: 'It is protected.', details: {} };
    expect(troubleOf({ state: 'failed', failure })).toBe('It is protected.');
  });

  test('a partial document names its pages without text, at most eight of them', () => {
    const partial = (pagesWithoutText: number[]) =>
      troubleOf({ state: 'partial', result: { ...result, pagesWithoutText } });
    expect(partial([2])).toMatch(/^Page 2 has no text/);
    expect(partial([2, 5])).toMatch(/^Pages 2 and 5 have no text/);
    expect(partial([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toMatch(/^Pages 1, 2, 3, 4, 5, 6, 7, 8, and 2 more have no text/);
  });

  test('only what has Markdown can be analysed', () => {
    const readable = ConversionStateSchema.options.filter((state) => isReadable({ state }));
    expect(readable).toEqual(['completed', 'partial']);
  });
});

test('a document is linked to the newest of the analyses that read it', () => {
  const runs = newestRuns([
    { runId: 'new', conversionIds: ['a'] },
    { runId: 'old', conversionIds: ['a', 'b'] },
  ]);
  expect([runs.get('a'), runs.get('b'), runs.get('c')]).toEqual(['new', 'old', undefined]);
});
