import { describe, expect, it } from '@jest/globals';
import { fingerprintWords, stepWords, trackOf } from '../../../../hosting/src/components/upload-list-track.ts';

const SIZE = 4 * 1024 * 1024;

describe('trackOf', () => {
  it('fills the pieces one after the other', () => {
    expect(trackOf({ sizeBytes: SIZE, step: { name: 'hashing', share: 0.25 } })).toEqual([0.25, 0, 0, 0]);
    const uploading = { name: 'uploading', sentBytes: SIZE / 2, interruptions: 0, isBroken: false } as const;
    expect(trackOf({ sizeBytes: SIZE, step: uploading })).toEqual([1, 0.5, 0, 0]);
    expect(trackOf({ sizeBytes: SIZE, step: { name: 'queued' } })).toEqual([1, 1, null, 0]);
    expect(trackOf({ sizeBytes: SIZE, step: { name: 'reading', phase: 'recognise' } })).toEqual([1, 1, 1, null]);
  });
});

describe('stepWords', () => {
  it('says how much of an upload has been sent, and never that all has been before it has', () => {
    const step = { name: 'uploading', sentBytes: SIZE - 1, interruptions: 0, isBroken: false } as const;
    expect(stepWords({ sizeBytes: SIZE, step })).toBe('Uploading 4 MB of 4 MB, 99 %');
  });

  it('says how often an upload was taken up again, and when it stands still', () => {
    const step = { name: 'uploading', sentBytes: SIZE / 4, interruptions: 2, isBroken: false } as const;
    expect(stepWords({ sizeBytes: SIZE, step })).toBe('Uploading 1 MB of 4 MB, 25 %, taken up again 2 times');
    expect(stepWords({ sizeBytes: SIZE, step: { ...step, isBroken: true } })).toContain('goes on by itself');
  });

  it('says of a scan that its text was recognised', () => {
    const step = { name: 'done', pages: 3, pagesWithoutText: 0, isRecognised: true, isReused: false } as const;
    expect(stepWords({ sizeBytes: SIZE, step })).toBe('Read by text recognition, 3 pages');
    expect(stepWords({ sizeBytes: SIZE, step: { ...step, isRecognised: false } })).toBe('Read, 3 pages');
  });

  it('says which file has the same bytes', () => {
    const step = { name: 'same', fileId: 'f', fileName: 'rfp.pdf' } as const;
    expect(stepWords({ sizeBytes: SIZE, step })).toBe('The same as rfp.pdf, byte for byte. It is read once.');
  });

  it('says of a failure what the service says', () => {
    const problem = { kind: 'refused', message: 'Split it.', reason: 'FILE_TOO_LARGE' } as const;
    expect(stepWords({ sizeBytes: SIZE, step: { name: 'failed', problem, mayRetry: false } })).toBe('Split it.');
  });
});

describe('fingerprintWords', () => {
  it('are the 16 digits by which the service names the document', () => {
    expect(fingerprintWords('0123456789abcdef'.repeat(4))).toBe('0123 4567 89ab cdef');
  });
});
