import { describe, expect, test } from '@jest/globals';
import { claimUpload } from '../../../functions/src/pipeline/2-claim-upload.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { askUpload, putUpload, SAMPLE, storedConversion, TRACE } from '../../support/upload-document.ts';

describe('the right to upload', () => {
  test('is a signed PUT for one object of the tenant, of the declared type and size', async () => {
    const deps = createTestDeps();
    const { conversionId, upload } = await askUpload(deps, {
      fileName: 'SOW final (2).pdf',
      contentType: 'application/pdf',
      sizeBytes: 1234,
    });
    expect(deps.memory.grants).toEqual([
      {
        bucket: 'uploads',
        object: `uploads/org1/${conversionId}/SOW-final-2-.pdf`,
        contentType: 'application/pdf',
        sizeBytes: 1234,
        expiresInSeconds: 900,
        resumable: false,
      },
    ]);
    expect(upload).toMatchObject({ method: 'PUT', resumable: false, expiresAt: '2026-11-20T09:15:00.000Z' });
    expect(upload.headers['content-type']).toBe('application/pdf');
  });

  test('leaves a conversion that waits for the upload, and that the sweep looks at ten minutes after the right has ended', async () => {
    const deps = createTestDeps();
    const { conversionId } = await askUpload(deps, { kinds: ['compliance-matrix', 'compliance-matrix'] });
    expect(storedConversion(deps, conversionId)).toMatchObject({
      orgId: 'org1',
      createdBy: 'user-org1',
      fileName: 'Statement of Work.md',
      state: 'awaiting_upload',
      phase: 'read',
      kinds: ['compliance-matrix'],
      attempt: 1,
      tries: 1,
      uploadUntilAt: '2026-11-20T09:15:00.000Z',
      dueAt: '2026-11-20T09:25:00.000Z',
      expiresAt: '2026-12-20T09:00:00.000Z',
      trace: TRACE,
    });
  });

  test('is a resumable session for more than 32 MB', async () => {
    const deps = createTestDeps({
      settings: { limits: { pdfBytes: 1e9, officeBytes: 1, textBytes: 1, otherBytes: 1 } },
    });
    const sizeBytes = 32 * 1024 * 1024 + 1;
    const { upload } = await askUpload(deps, { fileName: 'a.pdf', contentType: 'application/pdf', sizeBytes });
    expect(upload).toMatchObject({ method: 'POST', resumable: true });
    expect(upload.headers['x-goog-resumable']).toBe('start');
  });

  test('keeps the last part of a name that came with its folders', async () => {
    const deps = createTestDeps();
    const { conversionId } = await askUpload(deps, { fileName: 'C:\\Users\\me\\../rfp/notes.md' });
    expect(storedConversion(deps, conversionId).fileName).toBe('notes.md');
  });

  test('is refused, and nothing is stored, when the file is larger than its family may be', async () => {
    const deps = createTestDeps();
    const asked = askUpload(deps, { fileName: 'a.docx', contentType: 'application/octet-stream', sizeBytes: 80_001 });
    await expect(asked).rejects.toMatchObject({
      reason: 'FILE_TOO_LARGE',
      details: {
        fileName: 'a.docx',
        format: 'a Word document',
        sizeMb: 0.08,
        limitMb: 0.08,
        setting: 'MAX_UPLOAD_OFFICE_MB',
      },
    });
    expect(deps.stored.conversions()).toEqual([]);
  });

  test.each(['a.pdf', 'a.pptx'])('is refused for an empty file, whatever its kind: %s', async (fileName) => {
    const deps = createTestDeps();
    const asked = askUpload(deps, { fileName, contentType: 'application/octet-stream', sizeBytes: 0 });
    await expect(asked).rejects.toMatchObject({
      reason: 'FILE_EMPTY',
      publicMessage: `${fileName} is empty (0 bytes). Export or download it again.`,
    });
    expect(deps.stored.conversions()).toEqual([]);
  });

  test.each([
    [
      'an extension that is not read',
      { fileName: 'a.xyz', contentType: 'application/x-tar' },
      'it is a .xyz file; save it as PDF or .docx',
    ],
    [
      'a known kind that is not read',
      { fileName: 'a.ppt', contentType: 'application/octet-stream' },
      'it is a PowerPoint presentation of the format used before 2007; save it as PDF',
    ],
    [
      'a type that is not read',
      { fileName: 'archive', contentType: 'application/x-tar' },
      'it is sent as application/x-tar',
    ],
    [
      'a type that contradicts the name',
      { fileName: 'a.pdf', contentType: 'text/html' },
      'it is named as a PDF document but sent as text/html',
    ],
  ])('is refused for %s', async (_, input, problem) => {
    await expect(askUpload(createTestDeps(), input)).rejects.toMatchObject({
      reason: 'FORMAT_UNSUPPORTED',
      details: { problem },
    });
  });
});

describe('an idempotency key', () => {
  const key = { idempotencyKey: 'one-intent' };

  test('gives the same conversion again, with a fresh right to upload, while the upload has not come', async () => {
    const deps = createTestDeps();
    const first = await askUpload(deps, key);
    deps.clock.advance(600);
    const second = await askUpload(deps, key);
    expect(second.conversionId).toBe(first.conversionId);
    expect(second.upload.expiresAt).toBe('2026-11-20T09:25:00.000Z');
    expect(deps.stored.conversions()).toHaveLength(1);
    expect(storedConversion(deps)).toMatchObject({
      createdAt: '2026-11-20T09:00:00.000Z',
      dueAt: '2026-11-20T09:35:00.000Z',
    });
  });

  test('makes another conversion in another organisation', async () => {
    const deps = createTestDeps();
    const mine = await askUpload(deps, key);
    const theirs = await askUpload(deps, key, 'org2');
    expect(theirs.conversionId).not.toBe(mine.conversionId);
  });

  test('says so, and grants nothing, when the upload has come already', async () => {
    const deps = createTestDeps();
    const { conversionId } = await askUpload(deps, key);
    await claimUpload(deps, putUpload(deps, conversionId, SAMPLE));
    await expect(askUpload(deps, key)).rejects.toMatchObject({
      reason: 'UPLOAD_NOT_AWAITED',
      details: { conversionId, state: 'queued' },
    });
    expect(deps.memory.grants).toHaveLength(1);
  });

  test.each([{ fileName: 'other.md' }, { sizeBytes: 41 }])('is refused for another file: %j', async (other) => {
    const deps = createTestDeps();
    await askUpload(deps, key);
    await expect(askUpload(deps, { ...key, ...other })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
      details: { field: 'idempotencyKey' },
    });
  });
});
