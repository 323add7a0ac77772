/** Two organisations on the whole system: neither ever sees anything of the other. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiError } from '../../functions/src/contracts/client.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../functions/src/contracts/operations.ts';
import { PROJECT_ID } from '../../scripts/whole-system/mdraft-project.ts';
import { SAMPLE_REQUESTS } from '../support/operation-samples.ts';
import {
  type FinishedUpload,
  type Operator,
  openOperator,
  type SystemVisitor,
  uploadFile,
  visit,
} from '../support/system-uploads.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

const ROWS = ['The Contractor shall deliver the report.', 'The Offeror shall submit one volume.'];
const markdown = (title: string) =>
  new TextEncoder().encode(`# C.1 ${title}\n\n${ROWS.map((row) => `${row}\n\n`).join('')}`);

/** Of a request: what names somebody's item. */
const ID_FIELDS = ['conversionId', 'conversionIds', 'runId'];
const isAboutAnItem = (name: OperationName): boolean =>
  Object.keys(OPERATIONS[name].request.shape).some((field) => ID_FIELDS.includes(field));
const ITEM_OPERATIONS = OPERATION_NAMES.filter(isAboutAnItem);

interface Ids {
  conversionId: string;
  runId: string;
}
const MISSING: Ids = { conversionId: 'nobodysconversion000', runId: 'nobodysrun0000000000' };

const requestWith = (name: OperationName, { conversionId, runId }: Ids): Record<string, unknown> => {
  const ids: Record<string, unknown> = { conversionId, runId, conversionIds: [conversionId] };
  return Object.fromEntries(
    Object.entries(SAMPLE_REQUESTS[name]).map(([field, value]) => [field, ids[field] ?? value]),
  );
};

describeWithWholeSystem('two organisations', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let operator: Operator;
  let owner: SystemVisitor;
  let stranger: SystemVisitor;
  let owners: FinishedUpload[];
  let strangers: FinishedUpload[];
  let ownersIds: Ids;
  let strangersIds: Ids;

  const uploadTwo = async ({ client }: SystemVisitor): Promise<FinishedUpload[]> => [
    await uploadFile(client, { fileName: 'plan.md', bytes: markdown('Plan') }),
    await uploadFile(client, { fileName: 'work.md', bytes: markdown('Work'), kinds: ['compliance-matrix'] }),
  ];

  /** Of the last upload, once its run is over. */
  const idsOf = async (uploads: readonly FinishedUpload[]): Promise<Ids> => {
    const settled = await Promise.all(uploads.map((upload) => operator.settledConversion(upload)));
    const { orgId, conversionId, runId = '' } = settled.at(-1) ?? { orgId: '', conversionId: '' };
    expect(await operator.settledRun({ orgId, runId })).toMatchObject({ state: 'completed', rows: ROWS.length });
    return { conversionId, runId };
  };

  beforeAll(async () => {
    system = await startWholeSystem({ folder: folder.path });
    operator = openOperator(system.cloud);
    owner = await visit(system.cloud, folder.path, 'owner');
    stranger = await visit(system.cloud, folder.path, 'stranger');
    [owners, strangers] = await Promise.all([uploadTwo(owner), uploadTwo(stranger)]);
    [ownersIds, strangersIds] = await Promise.all([idsOf(owners), idsOf(strangers)]);
    expect(owners[0]?.orgId).not.toBe(strangers[0]?.orgId);
  });
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  /** Each asks for itself, so that no limit of requests is met. */
  const passerBy = (name: string): Promise<SystemVisitor> => visit(system.cloud, folder.path, name);

  const restAnswer = async ({ client }: SystemVisitor, name: OperationName, ids: Ids): Promise<unknown> => {
    try {
      return await client[name](requestWith(name, ids) as never);
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      const { status, code, reason, message, details } = thrown;
      return { status, code, reason, message, details };
    }
  };

  const callableAnswer = async ({ token }: SystemVisitor, name: OperationName, ids: Ids): Promise<unknown> => {
    const answer = await fetch(`${system.cloud.hostingUrl}/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ data: requestWith(name, ids) }),
    });
    return { status: answer.status, body: await answer.json() };
  };

  test('Every operation that takes an id answers a foreign one as it answers a missing one: 404', async () => {
    expect(ITEM_OPERATIONS.length).toBeGreaterThanOrEqual(10);
    for (const ask of [restAnswer, callableAnswer]) {
      const visitor = await passerBy(`passer-by of ${ask.name}`);
      for (const name of ITEM_OPERATIONS) {
        const foreign = await ask(visitor, name, ownersIds);
        expect([name, foreign]).toEqual([name, await ask(visitor, name, MISSING)]);
        expect(foreign).toMatchObject({ status: 404 });
      }
    }
  });

  test('The owner gets answers to the same requests, and nothing was deleted, cancelled or begun by the others', async () => {
    for (const name of ITEM_OPERATIONS) {
      if (name === 'deleteConversion' || name === 'retryRun') continue;
      expect([name, await callableAnswer(owner, name, ownersIds)]).toMatchObject([name, { status: 200 }]);
    }
    const { run } = await owner.client.getRun({ runId: ownersIds.runId });
    expect(run.state).toBe('completed');
  });

  test('A package with one document of another organisation does not begin', async () => {
    const conversionIds = [strangersIds.conversionId, ownersIds.conversionId];
    const began = stranger.client.startAnalysis({ conversionIds, kinds: ['compliance-matrix'] });
    await expect(began).rejects.toMatchObject({ status: 404, reason: 'CONVERSION_NOT_FOUND' });
  });

  test('The same idempotency key names another conversion in each organisation', async () => {
    const request = { fileName: 'a.md', contentType: 'text/markdown', sizeBytes: 10, idempotencyKey: 'the-same-key' };
    const [first, second] = await Promise.all([owner, stranger].map(({ client }) => client.createUpload(request)));
    expect(first?.conversionId).not.toBe(second?.conversionId);
  });

  test('A list shows the own documents only, and the cursor of one organisation is none in another', async () => {
    const { conversions, nextCursor } = await owner.client.listConversions({ pageSize: 1 });
    expect(nextCursor).toBeDefined();
    const next = await owner.client.listConversions({ pageSize: 1, cursor: nextCursor });
    expect(next.conversions).toHaveLength(1);
    const refused = stranger.client.listConversions({ pageSize: 1, cursor: nextCursor });
    await expect(refused).rejects.toMatchObject({ status: 400, reason: 'CURSOR_INVALID' });

    const all = await stranger.client.listConversions({ pageSize: 100 });
    const shown = all.conversions.map(({ conversionId }) => conversionId);
    expect(shown).toEqual(expect.arrayContaining(strangers.map(({ conversionId }) => conversionId)));
    expect(shown).not.toContain(conversions[0]?.conversionId);
    for (const { conversionId } of owners) expect(shown).not.toContain(conversionId);
  });

  test('A list of runs shows the own ones only', async () => {
    const [mine, theirs] = await Promise.all([owner, stranger].map(({ client }) => client.listRuns({ pageSize: 100 })));
    const shown = theirs?.runs.map(({ runId }) => runId);
    expect(shown).toContain(strangersIds.runId);
    for (const { runId } of mine?.runs ?? []) expect(shown).not.toContain(runId);
    expect(mine?.runs.map(({ runId }) => runId)).toContain(ownersIds.runId);
  });

  test('The account names the organisation of the one who asks', async () => {
    for (const [who, uploads] of [
      [owner, owners],
      [stranger, strangers],
    ] as const) {
      expect((await who.client.getAccount({})).account).toMatchObject({ orgId: uploads[0]?.orgId, role: 'owner' });
    }
  });

  test('The cursor of the rows of one run is none for the rows of another organisation', async () => {
    const { nextCursor: cursor } = await owner.client.listRows({ runId: ownersIds.runId, pageSize: 1 });
    expect(cursor).toBeDefined();
    const next = await owner.client.listRows({ runId: ownersIds.runId, pageSize: 1, cursor });
    expect(next.rows).toHaveLength(1);
    const refused = stranger.client.listRows({ runId: strangersIds.runId, pageSize: 1, cursor });
    await expect(refused).rejects.toMatchObject({ status: 400, reason: 'CURSOR_INVALID' });
  });

  describe('Firestore itself, asked with an ID token', () => {
    const base = () => `http://${system.cloud.firestore.host}/v1/projects/${PROJECT_ID}/databases/(default)/documents`;

    const askFirestore = async (who: SystemVisitor | null, path: string, query?: object): Promise<number> => {
      const headers = new Headers({ 'content-type': 'application/json' });
      if (who !== null) headers.set('authorization', `Bearer ${await who.token()}`);
      const answer = await fetch(`${base()}/${path}`, {
        headers,
        ...(query === undefined ? {} : { method: 'POST', body: JSON.stringify(query) }),
      });
      await answer.text();
      return answer.status;
    };

    const kept = (collectionId: string) => ({
      structuredQuery: {
        from: [{ collectionId }],
        where: { unaryFilter: { field: { fieldPath: 'deletedAt' }, op: 'IS_NULL' } },
        orderBy: [{ field: { fieldPath: 'createdAt' }, direction: 'DESCENDING' }],
        limit: 20,
      },
    });

    /** [path, query] of all that a page may read of its own organisation. */
    const readable = async (): Promise<[string, object?][]> => {
      const { conversionId, runId } = ownersIds;
      const org = `orgs/${owners[0]?.orgId}`;
      const { rows } = await owner.client.listRows({ runId, pageSize: 1 });
      return [
        [`${org}/conversions/${conversionId}`],
        [`${org}/runs/${runId}`],
        [`${org}/runs/${runId}/windows/compliance-matrix-00000`],
        [`${org}/runs/${runId}/rows/${rows[0]?.rowId}`],
        [`${org}/runs/${runId}/windows`],
        [`${org}/runs/${runId}/rows`],
        [`${org}:runQuery`, kept('conversions')],
        [`${org}:runQuery`, kept('runs')],
      ];
    };

    test('shows the owner her conversions, runs, windows and rows, and nobody else', async () => {
      for (const [path, query] of await readable()) {
        expect([path, await askFirestore(owner, path, query)]).toEqual([path, 200]);
        expect([path, await askFirestore(stranger, path, query)]).toEqual([path, 403]);
        expect([path, await askFirestore(null, path, query)]).toEqual([path, 403]);
      }
    });

    test('refuses the owner too what she has no business with: members, usage, leases of shards, the audit, writing', async () => {
      const org = `orgs/${owners[0]?.orgId}`;
      const paths = ['members', 'usage', `conversions/${ownersIds.conversionId}/shards`].map(
        (path) => `${org}/${path}`,
      );
      for (const path of [org, ...paths, 'audit', 'deadLetters', 'users']) {
        expect([path, await askFirestore(owner, path)]).toEqual([path, 403]);
      }
      const fields = { name: { stringValue: 'mine' } };
      expect(await askFirestore(owner, `${org}/conversions`, { fields })).toBe(403);
    });
  });

  test('A visitor who is remembered nowhere starts with nothing', async () => {
    const visitor = await visit(system.cloud, folder.path, 'newcomer');
    expect(await visitor.client.listConversions({})).toEqual({ conversions: [] });
  });
});
