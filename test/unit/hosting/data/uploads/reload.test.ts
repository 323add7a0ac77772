import { describe, expect, it } from '@jest/globals';
import type { Conversion } from '../../../../../functions/src/contracts/conversion.ts';
import type { Session } from '../../../../../hosting/src/data/session.ts';
import { createStore } from '../../../../../hosting/src/data/store.ts';
import { keepOverReload } from '../../../../../hosting/src/data/uploads/kept-packages.ts';
import { stateOf } from '../../../../../hosting/src/data/uploads/package.ts';
import {
  conversionOf,
  type FakeService,
  fakeService,
  fileOf,
  refusal,
  resultOf,
  runOf,
  settle,
} from './fake-service.ts';

const VISITOR: Session = { state: 'visitor', uid: 'u1' };
const DAY = 24 * 60 * 60 * 1000;

const fakeStorage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    text: () => [...kept.values()].join(),
  };
};

/** Every page is another service that knows nothing but what it is told. */
const startPage = (
  storage: ReturnType<typeof fakeStorage>,
  { session = VISITOR, now = 0, ...options }: FakeService & { session?: Session; now?: number } = {},
) => {
  const service = fakeService(options);
  const who = createStore<Session>({ state: 'restoring' });
  keepOverReload({ ...service.uploads, session: who, storage: () => storage, now: () => now });
  who.set(session);
  return service;
};

const two = [fileOf('base-plan.pdf', 'one'), fileOf('amendment.pdf', 'two')];
const waiting = (conversionId: string, fileName: string, part: Partial<Conversion> = {}): Conversion =>
  conversionOf({ conversionId, fileName, maxBytes: 3, state: 'awaiting_upload', ...part });
const hangs: FakeService['storage'] = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('a package over a reload', () => {
  it('is followed, and analysed once under the same key', async () => {
    const storage = fakeStorage();
    const before = startPage(storage);
    before.uploads.add(two);
    await settle();
    const known = [
      conversionOf({ conversionId: 'c1', fileName: 'base-plan.pdf', state: 'completed', result: resultOf('one') }),
      waiting('c2', 'amendment.pdf'),
    ];
    const after = startPage(storage, { known });
    await settle();
    expect(after.only().files.map(({ fileName, step }) => [fileName, step.name])).toEqual([
      ['base-plan.pdf', 'done'],
      ['amendment.pdf', 'queued'],
    ]);
    expect(after.named('startAnalysis')).toEqual([]);
    after.conversions.tell('c1', known[0] ?? null);
    after.conversions.tell(
      'c2',
      conversionOf({ fileName: 'amendment.pdf', state: 'completed', result: resultOf('two') }),
    );
    await settle();
    const [begun] = after.named('startAnalysis');
    expect(begun).toMatchObject({ conversionIds: ['c1', 'c2'] });

    after.runs.tell('r1', runOf({ runId: 'r1', state: 'analyzing' }));
    const third = startPage(storage);
    await settle();
    third.runs.tell('r1', runOf({ runId: 'r1', state: 'completed', rows: 4 }));
    await settle();
    expect(third.only().analysis).toMatchObject({ name: 'done', rows: 4 });
    expect(third.named('startAnalysis')).toEqual([]);
    third.uploads.dismiss(third.only().packageId);
    expect(storage.text()).toBe('');

    // As if the answer to startAnalysis had not come any more.
    before.conversions.tell('c1', known[0] ?? null);
    before.conversions.tell('c2', conversionOf({ state: 'completed', result: resultOf('two') }));
    await settle();
    expect(before.named('startAnalysis')[0]?.idempotencyKey).toBe(begun?.idempotencyKey);
  });

  it('waits for a file that had not arrived, and takes it in when it is dropped again', async () => {
    const storage = fakeStorage();
    startPage(storage, { storage: hangs }).uploads.add(two);
    await settle();
    const after = startPage(storage, { known: [waiting('c1', 'base-plan.pdf'), waiting('c2', 'amendment.pdf')] });
    await settle();
    expect(after.only().files.map(({ step }) => step.name)).toEqual(['lost', 'lost']);
    expect(stateOf(after.only())).toBe('attention');
    after.uploads.add(two);
    await settle();
    expect(after.only().files.map(({ step }) => step.name)).toEqual(['queued', 'queued']);
    expect(after.uploads.packages.get()).toHaveLength(1);
    expect(after.named('createUpload').map(({ kinds }) => kinds)).toEqual([[], []]);
  });

  it('takes all its files in when they are dropped again, also those that it has', async () => {
    const storage = fakeStorage();
    startPage(storage, { storage: hangs }).uploads.add(two);
    await settle();
    const read = conversionOf({
      conversionId: 'c2',
      fileName: 'amendment.pdf',
      state: 'completed',
      result: resultOf('two'),
    });
    const after = startPage(storage, { known: [waiting('c1', 'base-plan.pdf'), read] });
    await settle();
    after.uploads.add(two);
    await settle();
    expect(after.uploads.packages.get()).toHaveLength(1);
    expect(after.only().files.map(({ step }) => step.name)).toEqual(['queued', 'done']);
  });

  it('goes on without a file that was deleted', async () => {
    const storage = fakeStorage();
    startPage(storage).uploads.add(two);
    await settle();
    const after = startPage(storage);
    await settle();
    after.conversions.tell('c1', null);
    after.conversions.tell('c2', conversionOf({ state: 'completed', result: resultOf('two') }));
    await settle();
    expect(after.named('startAnalysis')).toMatchObject([{ conversionIds: ['c2'] }]);
  });

  it('keeps ids only: no name, no uid', async () => {
    const storage = fakeStorage();
    const refuseUploads = [null, refusal('FORMAT_UNSUPPORTED', 'invalid-argument')];
    startPage(storage, { refuseUploads, session: { state: 'visitor', uid: 'somebody-7' } }).uploads.add(two);
    await settle();
    expect(storage.text()).toContain('"c1"');
    expect(storage.text()).toContain('FORMAT_UNSUPPORTED');
    expect(storage.text()).not.toMatch(/base-plan|amendment|somebody-7/);
  });

  it.each([
    ['somebody else', { session: { state: 'visitor', uid: 'u2' } as const }],
    ['nobody', { session: { state: 'nobody' } as const }],
  ])('is nothing to %s, and is forgotten', async (_, options) => {
    const storage = fakeStorage();
    startPage(storage).uploads.add(two);
    await settle();
    expect(storage.text()).not.toBe('');
    const after = startPage(storage, options);
    await settle();
    expect(after.uploads.packages.get()).toEqual([]);
    expect(storage.text()).toBe('');
  });

  it.each(['not JSON', 'null', '{"packages":7}'])('does no harm where %s is kept in its place', async (damage) => {
    const storage = fakeStorage();
    startPage(storage).uploads.add(two);
    await settle();
    const { owner } = JSON.parse(storage.text());
    storage.setItem('mdraft.packages.1', damage.replace('{', `{"owner":"${owner}",`));
    const after = startPage(storage);
    await settle();
    expect(after.uploads.packages.get()).toEqual([]);
  });

  it('that is analysed is not shown for ever', async () => {
    const storage = fakeStorage();
    const before = startPage(storage);
    before.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    before.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('text'), runId: 'r9' }));
    await settle();
    before.runs.tell('r9', runOf({ runId: 'r9', state: 'analyzing' }));
    const later = startPage(storage, { now: DAY });
    await settle();
    expect(later.uploads.packages.get()).toEqual([]);
  });

  it('of another tab stays kept', async () => {
    const storage = fakeStorage();
    startPage(storage).uploads.add(two);
    const other = startPage(fakeStorage());
    other.uploads.add(two);
    await settle();
    const tab = startPage(storage, { session: VISITOR });
    tab.uploads.add([fileOf('other.pdf', 'three')]);
    await settle();
    expect(JSON.parse(storage.text()).packages).toHaveLength(2);
  });
});

describe('the key of an upload', () => {
  const keysOf = (service: ReturnType<typeof fakeService>) =>
    service.named('createUpload').map(({ idempotencyKey }) => idempotencyKey);

  it('is the same for the same file on another page, so that a broken upload is gone on with', async () => {
    const [before, after] = [fakeService({ storage: hangs }), fakeService()];
    for (const service of [before, after]) service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(keysOf(after)).toEqual(keysOf(before));
    expect(keysOf(after)[0]).toMatch(/^[\w-]{8,64}$/);
  });

  it('is another one for another name, and for a package of several', async () => {
    const [one, renamed, several] = [fakeService(), fakeService(), fakeService()];
    one.uploads.add([fileOf('rfp.pdf', 'text')]);
    renamed.uploads.add([fileOf('rfp-2.pdf', 'text')]);
    several.uploads.add([fileOf('rfp.pdf', 'text'), fileOf('more.pdf', 'more')]);
    await settle();
    expect(new Set([one, renamed, several].flatMap(keysOf)).size).toBe(4);
  });

  it.each(['UPLOAD_NOT_AWAITED', 'CONVERSION_NOT_FOUND'])('is a random one after %s: it is used up', async (reason) => {
    const service = fakeService({ refuseUploads: [refusal(reason, 'failed-precondition'), null] });
    service.uploads.add([fileOf('rfp.pdf', 'text')]);
    await settle();
    expect(service.only().files[0]?.step.name).toBe('queued');
    expect(keysOf(service)[1]).toMatch(/^key-/);
  });
});

describe('two files of the same bytes', () => {
  const twins = [fileOf('rfp.pdf', 'text'), fileOf('copy.pdf', 'text')];

  it('are read once, and the second says so', async () => {
    const service = fakeService();
    service.uploads.add(twins);
    await settle();
    expect(service.only().files.map(({ step }) => step)).toMatchObject([
      { name: 'queued' },
      { name: 'same', fileName: 'rfp.pdf' },
    ]);
    service.conversions.tell('c1', conversionOf({ state: 'completed', result: resultOf('text') }));
    await settle();
    expect(service.named('startAnalysis')).toMatchObject([{ conversionIds: ['c1'] }]);
    expect(service.named('startAnalysis')[0]).not.toHaveProperty('notRead');
  });

  it('are each on their own when the first is refused', async () => {
    const service = fakeService({ refuseUploads: [refusal('FORMAT_UNSUPPORTED', 'invalid-argument'), null] });
    service.uploads.add(twins);
    await settle();
    expect(service.only().files.map(({ step }) => step.name)).toEqual(['failed', 'queued']);
  });
});
