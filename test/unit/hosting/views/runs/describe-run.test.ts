import { describe, expect, test } from '@jest/globals';
import { RunStateSchema } from '../../../../../functions/src/contracts/run.ts';
import {
  coverageOf,
  hasMatrix,
  nameOf,
  progressOf,
  troublesOf,
} from '../../../../../hosting/src/views/runs/describe-run.ts';

const document = (fileName: string) => ({
  conversionId: 'c',
  documentId: 'd',
  fileName,
  markdown: { object: 'm', generation: '1', sizeBytes: 1 },
  blockIndex: { object: 'b', generation: '1', sizeBytes: 1 },
});
const coverage = { sentences: 741, inMatrix: 134, excluded: 607, unresolved: 0, complete: true };
const NO_PROGRESS = { planned: 0, done: 0, failed: 0 };

describe('the name of an analysis', () => {
  test('is its first document and how many more', () => {
    expect(nameOf({ documents: [document('a.pdf')], conversionIds: ['1'] })).toBe('a.pdf');
    const three = [document('a.pdf'), document('b.pdf'), document('c.pdf')];
    expect(nameOf({ documents: three, conversionIds: ['1', '2', '3'] })).toBe('a.pdf and 2 more');
  });

  test('is the number of documents as long as none is known', () => {
    expect(nameOf({ documents: [], conversionIds: ['1', '2'] })).toBe('2 documents');
  });
});

describe('how far an analysis is', () => {
  test('a failed window is settled, too', () => {
    expect(progressOf({ state: 'analyzing', progress: { planned: 4, done: 2, failed: 1 } })).toEqual({
      text: '3 of 4 windows',
      share: 0.75,
    });
  });

  test('nothing is told of one that has ended', () => {
    const ended = RunStateSchema.options.filter((state) => progressOf({ state, progress: NO_PROGRESS }) === null);
    expect(ended).toEqual(['completed', 'partial', 'failed', 'cancelled']);
  });

  test('only one that was merged has a matrix', () => {
    expect(RunStateSchema.options.filter((state) => hasMatrix({ state }))).toEqual(['completed', 'partial']);
  });
});

describe('coverage', () => {
  test('is closed only when it is complete', () => {
    expect(coverageOf({ coverage })).toEqual({ text: 'All 741, complete', isClosed: true });
    expect(coverageOf({ coverage: { ...coverage, complete: false } })?.isClosed).toBe(false);
  });

  test('names what is unresolved', () => {
    const told = coverageOf({ coverage: { ...coverage, unresolved: 12, complete: false } });
    expect(told).toEqual({ text: '12 of 741 unresolved', isClosed: false });
  });

  test('is not told before there is one', () => {
    expect(coverageOf({})).toBeNull();
  });
});

describe('what an analysis lacks', () => {
  test('windows, pages and documents are told apart by the form of their ids', () => {
    const missing = ['compliance-matrix-00003', 'a1b2:4', 'a1b2:5', 'c3d4'];
    const told = troublesOf({ state: 'partial', missing, progress: { planned: 9, done: 8, failed: 1 } });
    expect(told).toEqual([
      expect.stringMatching(/^1 window failed\..*it again/),
      '2 pages without text.',
      '1 document was not read in full.',
    ]);
  });

  test('files of the package that are not in it are told, and its coverage is not closed', () => {
    const notRead = [{ fileName: 'empty.pdf', reason: 'FILE_EMPTY' }];
    const run = { state: 'partial' as const, missing: [], notRead, progress: { planned: 2, done: 2, failed: 0 } };
    expect(troublesOf(run)).toEqual(['1 file of the package is not in it.']);
    const told = coverageOf({ coverage: { ...coverage, complete: false } });
    expect(told).toEqual({ text: 'All 741 of what was read', isClosed: false });
  });

  test('a window that failed is told while the others go on', () => {
    const told = troublesOf({ state: 'analyzing', progress: { planned: 9, done: 3, failed: 2 } });
    expect(told).toEqual([expect.stringMatching(/^2 windows failed\..*them again/)]);
  });

  test('a failed analysis says why in the words of the service', () => {
    const failure = { code: 'internal', reason: 'WORK_LOST', message: 'It was given up.', details: {} };
    expect(troublesOf({ state: 'failed', failure, progress: NO_PROGRESS })).toEqual(['It was given up.']);
  });

  test('nothing is told of one that is whole', () => {
    expect(troublesOf({ state: 'completed', missing: [], progress: { planned: 2, done: 2, failed: 0 } })).toEqual([]);
  });
});
