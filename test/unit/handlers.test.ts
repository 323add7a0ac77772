import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiError, type Client, createClient } from '../../functions/src/contracts/client.ts';
import {
  OPERATION_NAMES,
  OPERATIONS,
  type OperationInput,
  type OperationName,
} from '../../functions/src/contracts/operations.ts';
import { QUEUE_NAMES } from '../../functions/src/contracts/tasks.ts';
import { createHandlers, createTaskSteps } from '../../functions/src/handlers.ts';
import { claimUpload } from '../../functions/src/pipeline/2-claim-upload.ts';
import { type ApiLab, idTokenOf, startApiLab } from '../support/api-lab.ts';
import { createTestDeps, type TestDeps } from '../support/pipeline-deps.ts';

const TEXT = '# C.1 Scope\n\nThe Contractor shall deliver a monthly report to the Contracting Officer.';

let lab: ApiLab;
let deps: TestDeps;
let owner: Client;
let stranger: Client;
let conversionId: string;
let runId: string;

const clientOf = (uid: string): Client =>
  createClient({ baseUrl: lab.origin, fetch: (url, init) => fetch(url, init), token: async () => idTokenOf(uid) });

const upload = async (client: Client): Promise<string> => {
  const { conversionId: id } = await client.createUpload({
    fileName: 'Statement of Work.md',
    contentType: 'text/markdown',
    sizeBytes: TEXT.length,
    kinds: ['compliance-matrix'],
  });
  const conversion = lab.repositories.stored.conversions().find((each) => each.conversionId === id);
  const object = conversion?.uploadObject ?? '';
  const bytes = new TextEncoder().encode(TEXT);
  await claimUpload(deps, deps.memory.put({ bucket: 'uploads', object, bytes, contentType: 'text/markdown' }));
  return id;
};

const runQueueDry = async (): Promise<string[]> => {
  const steps = createTaskSteps(deps);
  const queues: string[] = [];
  for (let task = deps.tasks.take(); task; task = deps.tasks.take()) {
    queues.push(task.queue);
    await steps[task.queue].run(task.payload as never, 1);
  }
  return queues;
};

beforeAll(async () => {
  lab = await startApiLab({
    handlers: ({ conversions, runs, usage }) => {
      deps = createTestDeps({ conversions, runs, usage });
      return createHandlers({ ...deps, version: '1.2.3' });
    },
  });
  owner = clientOf('owner');
  stranger = clientOf('stranger');
  conversionId = await upload(owner);
  await runQueueDry();
  runId = (await owner.getConversion({ conversionId })).conversion.runId ?? '';
});
afterAll(() => lab.stop());

const errorOf = async (asking: Promise<unknown>) => {
  const thrown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ApiError)) return thrown;
  const { status, code, reason, message, details } = thrown;
  return { status, code, reason, message, details };
};

describe('one upload that names a kind', () => {
  test('goes all the way to a matrix, which every operation of reading then shows', async () => {
    const { conversion } = await owner.getConversion({ conversionId });
    expect(conversion).toMatchObject({ state: 'completed', fileName: 'Statement of Work.md' });
    const { run } = await owner.getRun({ runId });
    expect(run).toMatchObject({ state: 'completed', conversionIds: [conversionId] });
    const { rows } = await owner.listRows({ runId });
    expect(rows.map(({ requirementText }) => requirementText)).toEqual([
      'The Contractor shall deliver a monthly report to the Contracting Officer.',
    ]);
    expect((await owner.exportRun({ runId, format: 'csv' })).download.fileName).toMatch(/\.csv$/);
    expect((await owner.openDocument({ conversionId })).markdown.fileName).toBe('Statement of Work.md');
    expect((await owner.listConversions({})).conversions).toHaveLength(1);
    expect((await owner.listRuns({})).runs).toEqual([run]);
    const { windows } = await owner.listFindings({ runId, windowIds: ['compliance-matrix-00000'] });
    expect(windows.flatMap(({ findings }) => findings.map(({ text }) => text))).toEqual([rows[0]?.requirementText]);
    expect((await owner.getLedger({ runId })).download.fileName).toBe('ledger.json');
  });

  test('passes through the queues in the order of the steps', async () => {
    const again = await upload(clientOf('another'));
    expect(await runQueueDry()).toEqual(['convert-document', 'plan-run', 'analyze-window', 'merge-analysis']);
    expect(again).not.toBe(conversionId);
  });
});

test('Every queue has its step, every operation its handler.', () => {
  expect(Object.keys(createTaskSteps(deps)).sort()).toEqual([...QUEUE_NAMES].sort());
  expect(Object.keys(createHandlers({ ...deps, version: '1' })).sort()).toEqual([...OPERATION_NAMES].sort());
});

test('Health says which version answers.', async () => {
  expect(await owner.health({})).toEqual({ status: 'ok', version: '1.2.3' });
});

test('The account says who asks, and the limits that hold, as the service is set.', async () => {
  const { account } = await owner.getAccount({});
  const [conversion] = lab.repositories.stored.conversions();
  expect(account).toMatchObject({ uid: 'owner', orgId: conversion?.orgId, role: 'owner' });
  expect(account).toMatchObject({ retentionDays: 30, uploadLimits: deps.settings.limits });
  expect((await stranger.getAccount({})).account.orgId).not.toBe(account.orgId);
});

describe('of another organisation', () => {
  type ByConversion = 'getConversion' | 'openDocument' | 'getDownloadUrl' | 'deleteConversion' | 'startAnalysis';
  type ByRun = 'getRun' | 'listRows' | 'listFindings' | 'getLedger' | 'retryRun' | 'cancelRun' | 'exportRun';

  const conversionRequests: { [N in ByConversion]: (id: string) => OperationInput<N> } = {
    getConversion: (id) => ({ conversionId: id }),
    openDocument: (id) => ({ conversionId: id }),
    getDownloadUrl: (id) => ({ conversionId: id }),
    deleteConversion: (id) => ({ conversionId: id }),
    startAnalysis: (id) => ({ conversionIds: [id], kinds: ['compliance-matrix'] }),
  };
  const runRequests: { [N in ByRun]: (id: string) => OperationInput<N> } = {
    getRun: (id) => ({ runId: id }),
    listRows: (id) => ({ runId: id }),
    listFindings: (id) => ({ runId: id, windowIds: ['compliance-matrix-00000'] }),
    getLedger: (id) => ({ runId: id }),
    retryRun: (id) => ({ runId: id }),
    cancelRun: (id) => ({ runId: id }),
    exportRun: (id) => ({ runId: id, format: 'json' }),
  };
  const requests: Partial<Record<OperationName, (id: string) => unknown>> = { ...conversionRequests, ...runRequests };

  test('every operation that names an item is in the table below', () => {
    const naming = OPERATION_NAMES.filter((name) =>
      Object.keys(OPERATIONS[name].request.shape).some((field) => /^(conversion|run)Ids?$/.test(field)),
    );
    expect(Object.keys(requests).sort()).toEqual([...naming].sort());
  });

  test.each(Object.keys(requests) as (ByConversion | ByRun)[])(
    '%s answers the same 404 as for an item that never was, and changes nothing',
    async (name) => {
      const id = name in runRequests ? runId : conversionId;
      const call = stranger[name] as (input: unknown) => Promise<unknown>;
      const before = [lab.repositories.stored.conversions(), lab.repositories.stored.runs()];
      const foreign = await errorOf(call(requests[name]?.(id)));
      expect(foreign).toEqual(await errorOf(call(requests[name]?.('never-was'))));
      expect(foreign).toMatchObject({
        status: 404,
        reason: name in runRequests ? 'RUN_NOT_FOUND' : 'CONVERSION_NOT_FOUND',
      });
      expect(JSON.stringify(foreign)).not.toContain(id);
      expect([lab.repositories.stored.conversions(), lab.repositories.stored.runs()]).toEqual(before);
    },
  );

  test('lists show nothing, and take no cursor from elsewhere', async () => {
    expect(await stranger.listConversions({})).toEqual({ conversions: [] });
    expect(await stranger.listRuns({})).toEqual({ runs: [] });
    await upload(owner);
    const { nextCursor } = await owner.listConversions({ pageSize: 1 });
    expect(nextCursor).toBeDefined();
    const asking = stranger.listConversions({ pageSize: 1, ...(nextCursor !== undefined && { cursor: nextCursor }) });
    expect(await errorOf(asking)).toMatchObject({ status: 400, reason: 'CURSOR_INVALID' });
  });

  test('the same idempotency key is another intent', async () => {
    const input = {
      fileName: 'a.md',
      contentType: 'text/markdown',
      sizeBytes: 10,
      idempotencyKey: 'one-intent',
    };
    const [mine, again, theirs] = [
      await owner.createUpload(input),
      await owner.createUpload(input),
      await stranger.createUpload(input),
    ];
    expect(again.conversionId).toBe(mine.conversionId);
    expect(theirs.conversionId).not.toBe(mine.conversionId);
  });
});

test('What is logged of all this holds no text of a document and no name of a file.', () => {
  expect(lab.log.length).toBeGreaterThan(20);
  expect(JSON.stringify(lab.log)).not.toMatch(/Contractor|Statement of Work/);
});
