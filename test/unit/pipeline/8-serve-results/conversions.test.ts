import { describe, expect, test } from '@jest/globals';
import { ConversionViewSchema } from '../../../../functions/src/contracts/conversion.ts';
import {
  deleteConversion,
  getConversion,
  getDownloadUrl,
  listConversions,
  openDocument,
} from '../../../../functions/src/pipeline/8-serve-results/conversions.ts';
import { createTestDeps } from '../../../support/pipeline-deps.ts';
import {
  askUpload,
  callerOf,
  convertedConversion,
  queuedConversion,
  SAMPLE,
} from '../../../support/upload-document.ts';

const MINE = callerOf('org1');
const THEIRS = callerOf('org2');

describe('a conversion as the API shows it', () => {
  test('has state and result, and neither leases nor paths', async () => {
    const deps = createTestDeps();
    const { conversionId } = await convertedConversion(deps);
    const { conversion } = await getConversion(deps, MINE, { conversionId });
    expect(conversion).toMatchObject({
      conversionId,
      state: 'completed',
      sizeBytes: SAMPLE.length,
      result: { engine: 'markdown' },
    });
    expect(ConversionViewSchema.strict().safeParse(conversion).success).toBe(true);
    expect(JSON.stringify(conversion)).not.toMatch(/processed\/|uploads\/|attempt|dueAt|trace/);
  });

  test('is the same error when it is missing, another tenant’s, or deleted', async () => {
    const deps = createTestDeps();
    const { conversionId } = await convertedConversion(deps);
    const deleted = await convertedConversion(deps);
    await deps.conversions.update(deleted, (current) => ({ next: { ...current, deletedAt: current.updatedAt } }));
    const bodies = [];
    for (const [caller, id] of [
      [MINE, 'unknown'],
      [THEIRS, conversionId],
      [MINE, deleted.conversionId],
    ] as const) {
      const request = { conversionId: id };
      for (const answer of [
        () => getConversion(deps, caller, request),
        () => openDocument(deps, caller, request),
        () => getDownloadUrl(deps, caller, { ...request, name: 'original' }),
        () => deleteConversion(deps, caller, request),
      ]) {
        const { reason, details } = await answer().catch((thrown) => thrown);
        bodies.push(JSON.stringify({ reason, details }));
      }
    }
    expect(new Set(bodies)).toEqual(new Set(['{"reason":"CONVERSION_NOT_FOUND","details":{}}']));
    expect(deps.stored.conversions()).toHaveLength(2);
  });
});

describe('the list of conversions', () => {
  const five = async () => {
    const deps = createTestDeps();
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      ids.unshift((await askUpload(deps)).conversionId);
      deps.clock.advance(1);
    }
    return { deps, ids };
  };

  test('goes page by page from the newest on, each once', async () => {
    const { deps, ids } = await five();
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await listConversions(deps, MINE, { pageSize: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.conversions.map(({ conversionId }) => conversionId));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids);
    expect(pages).toBe(3);
  });

  test('shows nothing of another organisation', async () => {
    const { deps } = await five();
    await expect(listConversions(deps, THEIRS, { pageSize: 10 })).resolves.toEqual({ conversions: [] });
  });

  test.each([
    ['another organisation', THEIRS, {}],
    ['another filter', MINE, { state: 'failed' as const }],
  ])('refuses a cursor of %s', async (_, caller, filter) => {
    const { deps } = await five();
    const { nextCursor } = await listConversions(deps, MINE, { pageSize: 2 });
    await expect(
      listConversions(deps, caller, { pageSize: 2, ...filter, cursor: String(nextCursor) }),
    ).rejects.toMatchObject({ reason: 'CURSOR_INVALID' });
  });

  test('refuses a cursor whose place in the list is no place', async () => {
    const { deps } = await five();
    const { nextCursor } = await listConversions(deps, MINE, { pageSize: 2 });
    const [seal] = JSON.parse(Buffer.from(String(nextCursor), 'base64url').toString());
    for (const position of [[], ['yesterday', 'id'], ['2026-11-20T09:00:00.000Z', 7]]) {
      const cursor = Buffer.from(JSON.stringify([seal, ...position])).toString('base64url');
      await expect(listConversions(deps, MINE, { pageSize: 2, cursor })).rejects.toMatchObject({
        reason: 'CURSOR_INVALID',
      });
    }
  });

  test.each(['', 'x', Buffer.from('[]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url')])(
    'refuses the made-up cursor %j',
    async (cursor) => {
      const { deps } = await five();
      await expect(listConversions(deps, MINE, { pageSize: 2, cursor })).rejects.toMatchObject({
        reason: 'CURSOR_INVALID',
      });
    },
  );
});

describe('the files of a conversion', () => {
  test.each([
    ['markdown', 'Statement of Work.md', 'processed'],
    ['blocks', 'Statement of Work.blocks.json', 'processed'],
    ['original', 'Statement of Work.md', 'uploads'],
  ] as const)('are signed for an hour under a name of their own: %s', async (name, fileName, bucket) => {
    const deps = createTestDeps();
    const { conversionId, source, result } = await convertedConversion(deps);
    const { download } = await getDownloadUrl(deps, MINE, { conversionId, name });
    const stored = { markdown: result?.markdown, blocks: result?.blockIndex, original: source }[name];
    expect(download).toMatchObject({ fileName, expiresAt: '2026-11-20T10:00:00.000Z' });
    const url = new URL(download.url);
    expect(url.pathname).toBe(`/${bucket}/${stored?.object}`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      generation: stored?.generation,
      fileName,
      expires: '3600',
    });
  });

  test('come together when a document is opened', async () => {
    const deps = createTestDeps();
    const { conversionId } = await convertedConversion(deps);
    const { conversion, markdown, blocks, original } = await openDocument(deps, MINE, { conversionId });
    expect(conversion.conversionId).toBe(conversionId);
    expect([markdown, blocks, original].map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual([
      'document.md',
      'blocks.json',
      'Statement-of-Work.md',
    ]);
  });

  test('are not there before the conversion is completed; the original is, as soon as it has come', async () => {
    const deps = createTestDeps();
    const { conversionId } = await queuedConversion(deps);
    const notReady = { reason: 'CONVERSION_NOT_READY', details: { conversionId, state: 'queued' } };
    await expect(openDocument(deps, MINE, { conversionId })).rejects.toMatchObject(notReady);
    await expect(getDownloadUrl(deps, MINE, { conversionId, name: 'markdown' })).rejects.toMatchObject(notReady);
    await expect(getDownloadUrl(deps, MINE, { conversionId, name: 'original' })).resolves.toBeDefined();
  });
});

describe('deleting a document', () => {
  const kinds = ['compliance-matrix' as const];

  test('erases its upload, its results, the runs that read it and itself, and nothing else', async () => {
    const deps = createTestDeps();
    const other = await convertedConversion(deps, { kinds });
    const kept = { uploads: deps.memory.names('uploads'), processed: deps.memory.names('processed') };
    const { conversionId, runId } = await convertedConversion(deps, { kinds });
    deps.memory.put({
      bucket: 'processed',
      object: `processed/org1/runs/${runId}/1/plan.json`,
      bytes: new Uint8Array(1),
    });
    await expect(deleteConversion(deps, MINE, { conversionId })).resolves.toEqual({ conversionId });
    expect({ uploads: deps.memory.names('uploads'), processed: deps.memory.names('processed') }).toEqual(kept);
    expect(deps.stored.conversions().map((each) => each.conversionId)).toEqual([other.conversionId]);
    expect(deps.stored.runs().map((run) => run.runId)).toEqual([other.runId]);
  });

  test('hides it from everyone at once when erasing is cut short', async () => {
    const deps = createTestDeps();
    const { conversionId } = await convertedConversion(deps);
    const objects = { ...deps.objects, deleteAll: () => Promise.reject(new Error('killed')) };
    await expect(deleteConversion({ ...deps, objects }, MINE, { conversionId })).rejects.toThrow('killed');
    await expect(getConversion(deps, MINE, { conversionId })).rejects.toMatchObject({ reason: 'CONVERSION_NOT_FOUND' });
    await expect(listConversions(deps, MINE, { pageSize: 10 })).resolves.toEqual({ conversions: [] });
    expect(deps.stored.conversions()).toEqual([expect.objectContaining({ dueAt: '2026-11-20T09:02:00.000Z' })]);
  });
});
