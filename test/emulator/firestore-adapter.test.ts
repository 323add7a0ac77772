import { type DocumentData, type DocumentReference, Timestamp } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection, Session } from '../../functions/src/adapters/firestore/connection.ts';
import { createConnection } from '../../functions/src/adapters/firestore/connection.ts';
import { createRuns } from '../../functions/src/adapters/firestore/runs.ts';
import { describeWithFirestore } from '../support/firestore-emulator.ts';
import { type OpenFirestore, openFirestore } from '../support/open-firestore.ts';
import {
  sampleAuditEntry,
  sampleComplianceRow,
  sampleConversion,
  sampleDeadLetter,
  sampleRow,
  sampleRun,
  sampleShard,
  sampleUsage,
  sampleWindow,
} from '../support/sample-items.ts';

describeWithFirestore('Repositories on Firestore', (firestore) => {
  const unreadable: string[][] = [];
  let opened: OpenFirestore;
  beforeAll(() => {
    opened = openFirestore(firestore(), { onUnreadable: (...told) => void unreadable.push(told) });
  });
  afterAll(() => opened.close());
  const repositories = () => opened.repositories;
  const dataAt = async (path: string) => (await opened.db.doc(path).get()).data();

  describe('What is stored', () => {
    test('stands below its organisation, where the rules and the page look for it', async () => {
      const { conversions, runs, accounts, usage, audit } = repositories();
      const orgId = 'paths';
      const key = { orgId, runId: 'run-1' };
      const createdAt = '2026-11-20T09:00:00.000Z';
      await conversions.create(sampleConversion({ orgId }));
      await conversions.createShards([sampleShard({ orgId })]);
      await runs.create(sampleRun({ orgId }));
      await runs.createWindows([sampleWindow(0, { orgId })]);
      await runs.replaceRows(key, [sampleRow(0, { orgId })]);
      await runs.update(key, (run) => ({ next: run, deadLetter: sampleDeadLetter({ orgId }) }));
      await usage.record(sampleUsage({ orgId }));
      await audit.record(sampleAuditEntry({ orgId }));
      await accounts.createPersonal(
        { uid: 'u', orgId: 'paths-personal', createdAt },
        { orgId: 'paths-personal', name: 'Personal', personal: true, createdAt },
        { uid: 'u', role: 'owner', joinedAt: createdAt },
      );
      for (const path of [
        'orgs/paths/conversions/conversion-1',
        'orgs/paths/conversions/conversion-1/shards/1-0',
        'orgs/paths/runs/run-1',
        'orgs/paths/runs/run-1/windows/compliance-matrix-00000',
        'orgs/paths/runs/run-1/rows/row-0',
        'orgs/paths/usage/usage-1',
        'deadLetters/letter-1',
        'audit/audit-1',
        'users/u',
        'orgs/paths-personal',
        'orgs/paths-personal/members/u',
      ]) {
        expect([path, typeof (await dataAt(path))]).toEqual([path, 'object']);
      }
    });

    test('has a Timestamp in every field of its own that ends in At, and no field that is undefined', async () => {
      const orgId = 'stored';
      await repositories().conversions.create(sampleConversion({ orgId, runId: undefined, deletedAt: undefined }));
      const data = (await dataAt('orgs/stored/conversions/conversion-1')) ?? {};
      const times = Object.entries(data).filter(([, value]) => value instanceof Timestamp);
      expect(times.map(([field]) => field).sort()).toEqual([
        'createdAt',
        'dueAt',
        'expiresAt',
        'updatedAt',
        'uploadUntilAt',
      ]);
      expect(data.dueAt.toMillis()).toBe(Date.parse('2026-11-20T09:02:00.001Z'));
      expect(Object.keys(data)).not.toContain('runId');
    });

    test('counts a request under a name that tells nothing of the key, and is erased in a while', async () => {
      await repositories().rateLimiter.count('ip:203.0.113.9', 60, new Date('2026-11-20T09:00:30.000Z'));
      const { docs } = await opened.db.collection('rateLimits').get();
      expect(docs.map(({ id }) => id).join()).not.toContain('203');
      expect(docs[0]?.get('expiresAt').toDate().toISOString()).toBe('2026-11-20T09:03:00.000Z');
    });
  });

  test('A change leaves the fields alone that this release does not know', async () => {
    const key = { orgId: 'newer', conversionId: 'conversion-1' };
    await repositories().conversions.create(sampleConversion(key));
    const ref = opened.db.doc('orgs/newer/conversions/conversion-1');
    await ref.update({ addedLater: { kept: true } });
    await repositories().conversions.update(key, (current) => ({ next: { ...current, state: 'converting' } }));
    expect((await ref.get()).data()).toMatchObject({ addedLater: { kept: true }, state: 'converting' });
  });

  test('What does not fit its schema is refused before it is written', async () => {
    const { conversions } = repositories();
    const key = { orgId: 'unfit', conversionId: 'conversion-1' };
    await expect(conversions.create(sampleConversion({ ...key, attempt: 0 }))).rejects.toMatchObject({
      reason: 'INTERNAL',
    });
    expect(await conversions.get(key)).toBeNull();
    await conversions.create(sampleConversion(key));
    await expect(conversions.update(key, (current) => ({ next: { ...current, attempt: 0.5 } }))).rejects.toMatchObject({
      reason: 'INTERNAL',
    });
    expect(await conversions.get(key)).toMatchObject({ attempt: 1 });
  });

  test('A document that nobody can read is an error of its own, and keeps the sweep from no other', async () => {
    const { conversions } = repositories();
    const dueAt = '2001-01-01T00:00:00.000Z';
    await opened.db.doc('orgs/broken/conversions/c0').set({ dueAt: Timestamp.fromMillis(0), fileName: 'secret.pdf' });
    await conversions.create(sampleConversion({ orgId: 'broken', conversionId: 'c1', dueAt }));
    const due = await conversions.due(dueAt, 10);
    expect(due.map(({ conversionId }) => conversionId)).toEqual(['c1']);
    expect(unreadable).toEqual([['orgs/broken/conversions/c0', 'conversionId: invalid_type']]);
    const thrown = await conversions.get({ orgId: 'broken', conversionId: 'c0' }).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ reason: 'INTERNAL', cause: { message: expect.stringContaining('orgs/broken') } });
    expect(String((thrown as Error).cause)).not.toContain('secret');
  });

  test.each([
    ['a slash', 'a/b'],
    ['a way to another document', 'a/shards/b'],
    ['nothing', ''],
    ['a dot', '.'],
    ['two dots', '..'],
    ['a reserved name', '__id__'],
    ['1,501 bytes', 'x'.repeat(1501)],
  ])('An id of %s names nothing: it is missing, like any other that is not there', async (_, id) => {
    const { conversions, runs, accounts } = repositories();
    const key = { orgId: 'org-1', conversionId: id };
    expect(await conversions.get(key)).toBeNull();
    expect(await conversions.update(key, () => null)).toEqual({ outcome: 'missing' });
    expect(await conversions.listShards(key, 1)).toEqual([]);
    expect(await conversions.countOpenShards(key, 1)).toBe(0);
    await conversions.remove(key);
    expect(await runs.listRows({ orgId: id, runId: 'r' }, { limit: 1, filter: {} })).toEqual([]);
    await runs.noteProgress({ orgId: 'org-1', runId: id }, { planned: 0, done: 0, failed: 0 });
    expect(await accounts.getMember('org-1', id)).toBeNull();
    await expect(conversions.create(sampleConversion(key))).rejects.toMatchObject({ reason: 'INTERNAL' });
  });

  test('A note of progress that meets a change is dropped: the run keeps its state and its last figures', async () => {
    const key = { orgId: 'overtaken', runId: 'run-1' };
    const settled = { planned: 9, done: 9, failed: 0 };
    await repositories().runs.create(sampleRun({ ...key, state: 'analyzing' }));
    const real = createConnection({ projectId: firestore().projectId });
    const settleAfterRead = (db: Session['db']) => ({
      doc: (path: string) => ({
        get: async () => {
          const read = await db.doc(path).get();
          await repositories().runs.update(key, (run) => ({
            next: { ...run, state: 'completed', progress: settled },
          }));
          return read;
        },
      }),
    });
    const overtaken: Connection = {
      ...real,
      call: (work) => real.call((session) => work({ ...session, db: settleAfterRead(session.db) as Session['db'] })),
    };
    await createRuns(overtaken, {}).noteProgress(key, { planned: 9, done: 8, failed: 0 });
    expect(await repositories().runs.get(key)).toMatchObject({ state: 'completed', progress: settled });
    await real.close();
  });

  test('The item is removed last, so that a removal that broke off can be found and finished', async () => {
    const key = { orgId: 'halfway', runId: 'run-1' };
    await repositories().runs.create(sampleRun(key));
    await repositories().runs.createWindows([0, 1].map((ordinal) => sampleWindow(ordinal, key)));
    const real = createConnection({ projectId: firestore().projectId });
    const breaking: Connection = {
      ...real,
      callBulk: (work) =>
        real.callBulk((session) => {
          const db: Session['db'] = Object.create(session.db);
          db.doc = (path: string) => {
            if (path === 'orgs/halfway/runs/run-1') throw new Error('killed');
            return session.db.doc(path);
          };
          return work({ ...session, db });
        }),
    };
    await expect(createRuns(breaking, {}).remove(key)).rejects.toMatchObject({ reason: 'INTERNAL' });
    expect(await repositories().runs.listWindows(key)).toEqual([]);
    expect(await repositories().runs.get(key)).not.toBeNull();
    await real.close();
  });

  describe('Rows are committed many at a time', () => {
    /** Writes of each commit, and the bytes of its rows as JSON; `refuse` is asked before each. */
    const watchCommits = (refuse: () => Error | null = () => null) => {
      const real = createConnection({ projectId: firestore().projectId });
      const commits: { writes: number; bytes: number }[] = [];
      const batch = (db: Session['db']) => () => {
        const made = db.batch();
        const commit = { writes: 0, bytes: 0 };
        const note = (data: object = {}): void => {
          commit.writes += 1;
          commit.bytes += JSON.stringify(data).length;
        };
        return {
          set(ref: DocumentReference, data: DocumentData) {
            note(data);
            made.set(ref, data);
          },
          delete(ref: DocumentReference) {
            note();
            made.delete(ref);
          },
          commit: async () => {
            commits.push(commit);
            const refusal = refuse();
            if (refusal) throw refusal;
            return made.commit();
          },
        };
      };
      const watched: Connection = {
        ...real,
        callBulk: (work) =>
          real.callBulk((session) => {
            const db = Object.assign(Object.create(session.db), { batch: batch(session.db) }) as Session['db'];
            return work({ ...session, db });
          }),
      };
      return { runs: createRuns(watched, {}), commits, close: () => real.close() };
    };
    const refusal = (code: number): Error => Object.assign(new Error('refused'), { code });

    test('but never so many or so large that Firestore would refuse them', async () => {
      const { runs, commits, close } = watchCommits();
      const key = { orgId: 'batches', runId: 'run-1' };
      const text = 'x'.repeat(700_000);
      const large = Array.from({ length: 20 }, (_, at) =>
        sampleRow(at, { ...key, body: sampleComplianceRow({ requirementText: text }) }),
      );
      await runs.replaceRows(key, large);
      expect(commits.reduce((sum, { writes }) => sum + writes, 0)).toBe(20);
      expect(Math.max(...commits.map(({ bytes }) => bytes))).toBeLessThan(4_000_000);
      const small = Array.from({ length: 1001 }, (_, at) => sampleRow(at, key));
      commits.length = 0;
      await runs.replaceRows(key, small);
      expect(commits.length).toBeLessThan(20);
      expect(Math.max(...commits.map(({ writes }) => writes))).toBeLessThanOrEqual(400);
      expect(await runs.listRows(key, { limit: 2000, filter: {} })).toEqual(small);
      await close();
    });

    test('and again when a commit is refused for the moment', async () => {
      let refusals = 2;
      const { runs, close } = watchCommits(() => (refusals-- > 0 ? refusal(14) : null));
      const key = { orgId: 'batches-again', runId: 'run-1' };
      const rows = Array.from({ length: 700 }, (_, at) => sampleRow(at, key));
      await runs.replaceRows(key, rows);
      expect(await runs.listRows(key, { limit: 2000, filter: {} })).toEqual(rows);
      await close();
    });

    test.each([
      ['for good', 3, 'INTERNAL'],
      ['because the database has too much to do', 8, 'STATE_UNAVAILABLE'],
    ])('until one is refused %s: nothing more is begun, and the error is told', async (_, code, reason) => {
      const { runs, commits, close } = watchCommits(() => refusal(code));
      const key = { orgId: 'batches-refused', runId: 'run-1' };
      const rows = Array.from({ length: 2000 }, (_, at) => sampleRow(at, key));
      await expect(runs.replaceRows(key, rows)).rejects.toMatchObject({ reason });
      expect(commits.length).toBeLessThanOrEqual(4);
      await close();
    });
  });
});
