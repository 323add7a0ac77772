import { describe, expect, it } from '@jest/globals';
import { missingNames, needsThePage, stateOf } from '../../../../../hosting/src/data/uploads/package.ts';
import { conversionOf, fakeService, fileOf, refusal, resultOf, runOf, settle } from './fake-service.ts';
import { answer } from './fake-storage.ts';

const KINDS = ['compliance-matrix'];
const stepsOf = ({ only }: ReturnType<typeof fakeService>) => only().files.map(({ step }) => step.name);

describe('one file', () => {
  it('goes from the hash to the rows, and its analysis is asked for with the upload', async () => {
    const service = fakeService();
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    expect(stepsOf(service)).toEqual(['waiting']);
    expect(needsThePage(service.uploads.packages.get())).toBe(true);
    await settle();
    expect(service.calls.map(({ name }) => name)).toEqual(['ensureSomebody', 'createUpload']);
    expect(service.named('createUpload')[0]).toMatchObject({ fileName: 'rfp.pdf', sizeBytes: 4, kinds: KINDS });
    expect(stepsOf(service)).toEqual(['queued']);
    expect(needsThePage(service.uploads.packages.get())).toBe(false);

    service.conversions.tell('c1', conversionOf({ state: 'converting' }));
    expect(stepsOf(service)).toEqual(['reading']);
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('text'), runId: 'r9' }));
    await settle();
    expect(service.only().files[0]?.step).toEqual({
      name: 'done',
      pages: 3,
      pagesWithoutText: 0,
      isRecognised: false,
      isReused: false,
    });

    service.runs.tell('r9', runOf({ state: 'analyzing', progress: { planned: 4, done: 1, failed: 0 } }));
    expect(service.only().analysis).toMatchObject({ name: 'running', runId: 'r9', progress: { planned: 4, done: 1 } });
    service.runs.tell('r9', runOf({ runId: 'r9', state: 'completed', rows: 7 }));
    await settle();
    expect(service.only().analysis).toEqual({ name: 'done', runId: 'r9', isPartial: false, rows: 7 });
    expect(stateOf(service.only())).toBe('done');
    expect(service.named('startAnalysis')).toEqual([]);
    expect([...service.conversions.open(), ...service.runs.open()]).toEqual([]);
  });

  it('waits for a run that its conversion names before it is there', async () => {
    const service = fakeService();
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('text'), runId: 'r9' }));
    await settle();
    service.runs.tell('r9', null);
    await settle();
    expect(service.only().analysis.name).not.toBe('failed');
    service.runs.tell('r9', runOf({ state: 'planning' }));
    expect(service.only().analysis).toMatchObject({ name: 'running', state: 'planning' });
  });

  it('is a problem when what was read is not the file of this disk', async () => {
    const service = fakeService();
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('other') }));
    await settle();
    expect(service.only().files[0]?.step).toMatchObject({ name: 'failed', problem: { reason: 'DOCUMENT_DIFFERS' } });
  });

  it('says the refusal of the service and offers no retry where it cannot help', async () => {
    const service = fakeService({ refuseUploads: [refusal('FORMAT_UNSUPPORTED', 'invalid-argument')] });
    service.uploads.add([fileOf('setup.exe', 'text')]);
    await settle();
    expect(service.only().files[0]?.step).toMatchObject({
      name: 'failed',
      mayRetry: false,
      problem: { reason: 'FORMAT_UNSUPPORTED', message: 'Refused: FORMAT_UNSUPPORTED.' },
    });
    expect(stateOf(service.only())).toBe('failed');
  });

  it('is not computed when it is larger than any limit: the service refuses it by its own words', async () => {
    const service = fakeService({ refuseUploads: [refusal('FILE_TOO_LARGE', 'invalid-argument')] });
    service.uploads.add([fileOf('rfp.pdf', 'x'.repeat(101))]);
    await settle();
    expect(service.only().files[0]).not.toHaveProperty('hash');
    expect(service.only().files[0]?.step).toMatchObject({ name: 'failed', problem: { reason: 'FILE_TOO_LARGE' } });
  });

  it('waits for as long as a rate limit says, and goes on', async () => {
    const busy = refusal('RATE_LIMITED', 'resource-exhausted', 17);
    const service = fakeService({ refuseUploads: [busy, busy, null] });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(service.waits).toEqual([17, 17]);
    expect(new Set(service.named('createUpload').map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(stepsOf(service)).toEqual(['queued']);
  });

  it('does not wait for a limit by the day: it says so', async () => {
    const service = fakeService({ refuseUploads: [refusal('RATE_LIMITED', 'resource-exhausted', 3600)] });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(service.waits).toEqual([]);
    expect(service.only().files[0]?.step).toMatchObject({ name: 'failed', mayRetry: true, problem: { kind: 'busy' } });
  });

  it('is sent again under the same key after its line broke, and under another one after it was read in vain', async () => {
    const lines = [null, null, null, null];
    const service = fakeService({ storage: async () => (lines.length > 0 ? (lines.pop() ?? null) : answer(200)) });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(service.only().files[0]?.step).toMatchObject({ name: 'failed', mayRetry: true });
    const { packageId, files } = service.only();
    const fileId = files[0]?.fileId ?? '';
    service.uploads.retry(packageId, fileId);
    await settle();
    expect(stepsOf(service)).toEqual(['queued']);
    const failure = { code: 'internal', reason: 'WORK_LOST', message: 'Lost.', details: {} };
    service.conversions.tell('c1', conversionOf({ state: 'failed', failure }));
    await settle();
    expect(service.only().files[0]?.step).toMatchObject({
      name: 'failed',
      mayRetry: true,
      problem: { message: 'Lost.' },
    });
    service.uploads.retry(packageId, fileId);
    await settle();
    const [first, second, third] = service.named('createUpload').map(({ idempotencyKey }) => idempotencyKey);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('is broken off when it is taken out, and what had arrived is erased', async () => {
    const service = fakeService({
      storage: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(stepsOf(service)).toEqual(['uploading']);
    const { packageId, files } = service.only();
    service.uploads.remove(packageId, files[0]?.fileId ?? '');
    await settle();
    expect(service.uploads.packages.get()).toEqual([]);
    expect(service.named('deleteConversion')).toEqual([{ conversionId: 'c1' }]);
  });
});

describe('the same bytes again', () => {
  const known = conversionOf({
    conversionId: 'old',
    fileName: 'earlier.pdf',
    state: 'completed',
    result: resultOf('text'),
    runId: 'r0',
  });

  it('are not sent: what was made of them is offered', async () => {
    const service = fakeService({ known: [known] });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(service.only().files[0]?.step).toEqual({
      name: 'duplicate',
      known: { conversionId: 'old', fileName: 'earlier.pdf', runId: 'r0' },
    });
    expect(stateOf(service.only())).toBe('attention');
    expect(service.named('createUpload')).toEqual([]);
  });

  it('are read again when it is asked for', async () => {
    const service = fakeService({ known: [known] });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    const { packageId, files } = service.only();
    service.uploads.readAgain(packageId, files[0]?.fileId ?? '');
    await settle();
    expect(service.named('createUpload')).toHaveLength(1);
    expect(stepsOf(service)).toEqual(['queued']);
  });

  it('are taken from what is there in a package of several, and never erased with it', async () => {
    const service = fakeService({ known: [known] });
    service.uploads.add([fileOf('rfp.pdf', 'text'), fileOf('amendment.pdf', 'more')]);
    await settle();
    expect(service.only().files[0]?.step).toMatchObject({ name: 'done', isReused: true });
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('more') }));
    await settle();
    expect(service.named('startAnalysis')[0]).toMatchObject({ conversionIds: ['old', 'c1'] });
    service.uploads.dismiss(service.only().packageId);
    expect(service.named('deleteConversion')).toEqual([]);
  });
});

describe('a package of several files', () => {
  const three = [fileOf('base.pdf', 'one'), fileOf('setup.exe', 'two'), fileOf('amendment.pdf', 'three')];

  it('is analysed as one when all are read, without the one that was refused', async () => {
    const service = fakeService({ refuseUploads: [null, refusal('FORMAT_UNSUPPORTED', 'invalid-argument'), null] });
    service.uploads.add(three);
    await settle();
    expect(service.named('createUpload').map(({ kinds }) => kinds)).toEqual([[], [], []]);
    expect(stepsOf(service)).toEqual(['queued', 'failed', 'queued']);
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('one') }));
    await settle();
    expect(service.named('startAnalysis')).toEqual([]);
    service.conversions.tell('c2', conversionOf({ state: 'partial', result: resultOf('three') }));
    await settle();
    expect(service.named('startAnalysis')).toMatchObject([
      {
        conversionIds: ['c1', 'c2'],
        kinds: KINDS,
        notRead: [{ fileName: 'setup.exe', reason: 'FORMAT_UNSUPPORTED' }],
      },
    ]);
    expect(missingNames(service.only())).toEqual(['setup.exe']);
    service.runs.tell('r1', runOf({ runId: 'r1', state: 'partial', rows: 5 }));
    await settle();
    expect(service.only().analysis).toEqual({ name: 'done', runId: 'r1', isPartial: true, rows: 5 });
  });

  it('waits for a file that may still be read, and goes on without it when it is taken out', async () => {
    const lost = refusal('NO_ANSWER', 'internal');
    const service = fakeService({ refuseUploads: [lost, null] });
    service.uploads.add([fileOf('base.pdf', 'one'), fileOf('amendment.pdf', 'two')]);
    await settle();
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('two') }));
    await settle();
    expect(stepsOf(service)).toEqual(['failed', 'done']);
    expect(stateOf(service.only())).toBe('attention');
    expect(service.named('startAnalysis')).toEqual([]);
    const { packageId, files } = service.only();
    service.uploads.remove(packageId, files[0]?.fileId ?? '');
    await settle();
    expect(service.named('startAnalysis')).toMatchObject([{ conversionIds: ['c1'] }]);
  });

  it('sends at most three files at once', async () => {
    let open = 0;
    let most = 0;
    const service = fakeService({
      storage: async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        return answer(200);
      },
    });
    service.uploads.add(Array.from({ length: 8 }, (_, at) => fileOf(`${at}.pdf`, `${at}`)));
    for (let round = 0; round < 6; round += 1) await settle();
    expect(stepsOf(service)).toEqual(Array.from({ length: 8 }, () => 'queued'));
    expect(most).toBe(3);
  });

  it('is tried again as the run that failed, and not as another one', async () => {
    const service = fakeService();
    service.uploads.add([fileOf('base.pdf', 'one'), fileOf('amendment.pdf', 'two')]);
    await settle();
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('one') }));
    service.conversions.tell('c2', conversionOf({ state: 'completed', result: resultOf('two') }));
    await settle();
    service.runs.tell('r1', runOf({ runId: 'r1', state: 'failed' }));
    await settle();
    expect(service.only().analysis).toMatchObject({ name: 'failed', runId: 'r1' });
    service.uploads.retryAnalysis(service.only().packageId);
    await settle();
    expect(service.named('retryRun')).toEqual([{ runId: 'r1' }]);
    service.runs.tell('r1', runOf({ runId: 'r1', state: 'completed', rows: 2 }));
    await settle();
    expect(service.only().analysis).toMatchObject({ name: 'done', rows: 2 });
  });
});
