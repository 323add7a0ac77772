import { describe, expect, test } from '@jest/globals';
import { containedId } from '../../../../functions/src/pipeline/3-convert-document/contained-files.ts';
import { convertDocument } from '../../../../functions/src/pipeline/3-convert-document.ts';
import { startAnalysis } from '../../../../functions/src/pipeline/5-start-analysis.ts';
import { deleteConversion, getConversion } from '../../../../functions/src/pipeline/8-serve-results/conversions.ts';
import { sweep } from '../../../../functions/src/pipeline/sweep/index.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import {
  callerOf,
  queuedConversion,
  runConversionTask,
  storedConversion,
  TRACE,
} from '../../../support/upload-document.ts';

const DUTY = 'The Contractor shall deliver the report.';
const kinds = ['compliance-matrix' as const];

const upload = (deps: TestDeps, content: object, more: { kinds?: typeof kinds; fileName?: string } = {}) =>
  queuedConversion(
    deps,
    { fileName: 'package.zip', contentType: 'application/octet-stream', ...more },
    `List.\n\n${JSON.stringify(content)}`,
  );

/** Every conversion that waits, until none does. */
const convertAll = async (deps: TestDeps): Promise<void> => {
  while (deps.tasks.tasks('convert-document').length > 0) {
    try {
      await runConversionTask(deps);
    } catch {
      throw new Error('a conversion failed that was not meant to');
    }
  }
};

const childrenOf = (deps: TestDeps, conversionId: string) =>
  (storedConversion(deps, conversionId).children ?? []).map((id) => storedConversion(deps, id));

describe('The files in an upload', () => {
  test('become conversions of their own, under ids that follow from their places', async () => {
    const deps = createTestDeps();
    const parent = await upload(deps, { 'sow.md': DUTY, 'price list.csv': 'a,b' });
    await runConversionTask(deps);
    const children = childrenOf(deps, parent.conversionId);
    expect(children.map(({ conversionId }) => conversionId)).toEqual([containedId(parent, 0), containedId(parent, 1)]);
    expect(children).toMatchObject([
      { orgId: parent.orgId, createdBy: parent.createdBy, fileName: 'sow.md', state: 'queued', kinds: [] },
      { fileName: 'price list.csv', container: { conversionId: parent.conversionId, depth: 1 } },
    ]);
    expect(children.map(({ expiresAt }) => expiresAt)).toEqual([parent.expiresAt, parent.expiresAt]);
    await convertAll(deps);
    expect(childrenOf(deps, parent.conversionId).map(({ state }) => state)).toEqual(['completed', 'completed']);
    const { conversion } = await getConversion(deps, callerOf(), { conversionId: parent.conversionId });
    expect(conversion).toMatchObject({
      state: 'completed',
      children: children.map(({ conversionId }) => conversionId),
    });
  });

  test('are opened in turn where they hold files', async () => {
    const deps = createTestDeps();
    const parent = await upload(deps, { 'mail.zip': { 'note.md': DUTY } });
    await convertAll(deps);
    const [mail] = childrenOf(deps, parent.conversionId);
    const [note] = childrenOf(deps, mail?.conversionId ?? '');
    expect(note).toMatchObject({ fileName: 'note.md', state: 'completed', container: { depth: 2 } });
  });

  test('that nobody could read are settled at once, with the reason', async () => {
    const deps = createTestDeps();
    const parent = await upload(deps, { 'tool.exe': 'MZ', 'empty.md': '', 'large.md': 'x'.repeat(60_000) });
    await convertAll(deps);
    expect(childrenOf(deps, parent.conversionId).map(({ state, failure }) => [state, failure?.reason])).toEqual([
      ['failed', 'FORMAT_UNSUPPORTED'],
      ['failed', 'FILE_EMPTY'],
      ['failed', 'FILE_TOO_LARGE'],
    ]);
    expect(deps.memory.names('uploads')).toHaveLength(1);
    expect(deps.stored.deadLetters()).toEqual([]);
  });

  test('are refused with their upload when there are more than fifty, or when they stand three deep', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`${at}.md`, DUTY]));
    for (const content of [many, { 'a.zip': Object.fromEntries(Object.entries(many).slice(0, 11)) }]) {
      const deps = createTestDeps();
      await upload(deps, content);
      const outcomes: unknown[] = [];
      while (deps.tasks.tasks('convert-document').length > 0) {
        outcomes.push(await runConversionTask(deps).catch((thrown: unknown) => thrown));
      }
      expect(outcomes.at(-1)).toMatchObject({ reason: 'FORMAT_UNSUPPORTED', retry: 'never' });
    }
    const deps = createTestDeps();
    await upload(deps, { 'a.zip': { 'b.zip': { 'c.md': DUTY } } });
    await runConversionTask(deps);
    await runConversionTask(deps);
    await expect(runConversionTask(deps)).rejects.toMatchObject({ reason: 'FORMAT_UNSUPPORTED' });
  });

  test('are begun once, however often the task is delivered', async () => {
    const deps = createTestDeps();
    const { conversionId, attempt } = await upload(deps, { 'sow.md': DUTY });
    const payload = { orgId: 'org1', conversionId, phase: 'read' as const, attempt, trace: TRACE };
    const usage: TestDeps['usage'] = {
      record: async () => {
        throw new Error('the process died');
      },
    };
    await expect(convertDocument({ ...deps, usage }, payload)).rejects.toThrow();
    await convertDocument(deps, payload, 2);
    await convertAll(deps);
    expect(deps.stored.conversions()).toHaveLength(2);
    expect(deps.memory.names('uploads')).toHaveLength(2);
    expect(deps.stored.usage()).toHaveLength(2);
  });
});

describe('A run of an upload that holds files', () => {
  test('takes in what could be read, and names what could not; the list itself is no document', async () => {
    const deps = createTestDeps();
    const { conversionId } = await upload(deps, {
      'sow.md': DUTY,
      'mail.eml': `Due on Friday.\n\n{"a.md":"${DUTY} "}`,
      'x.exe': 'MZ',
    });
    await convertAll(deps);
    const { run } = await startAnalysis(deps, callerOf(), { conversionIds: [conversionId], kinds });
    expect(run.documents.map(({ fileName }) => fileName)).toEqual(['sow.md', 'mail.eml', 'a.md']);
    expect(run.notRead).toEqual([{ fileName: 'x.exe', reason: 'FORMAT_UNSUPPORTED' }]);
    expect(run.conversionIds).toHaveLength(4);
  });

  test('is refused while a file in it is not converted, and does not miss one that was deleted', async () => {
    const deps = createTestDeps();
    const { conversionId } = await upload(deps, { 'sow.md': DUTY, 'b.md': 'B' });
    await runConversionTask(deps);
    const begin = () => startAnalysis(deps, callerOf(), { conversionIds: [conversionId], kinds });
    await expect(begin()).rejects.toMatchObject({
      reason: 'CONTENTS_NOT_READY',
      retry: 'later',
      details: { fileName: 'package.zip', retryAfterSeconds: 5 },
    });
    await convertAll(deps);
    const [, second] = childrenOf(deps, conversionId);
    await deleteConversion(deps, callerOf(), { conversionId: second?.conversionId ?? '' });
    expect((await begin()).run.documents.map(({ fileName }) => fileName)).toEqual(['sow.md']);
  });

  test('that was asked for with the upload begins when the last file in it is settled', async () => {
    const deps = createTestDeps();
    const { conversionId } = await upload(deps, { 'sow.md': DUTY, 'b.md': 'B' }, { kinds });
    await runConversionTask(deps);
    await runConversionTask(deps);
    expect(deps.stored.runs()).toEqual([]);
    deps.clock.advance(1200);
    const [, last] = childrenOf(deps, conversionId);
    await sweep(deps);
    expect(deps.stored.runs()).toEqual([]);
    expect(storedConversion(deps, last?.conversionId).state).toBe('queued');
    await convertAll(deps);
    expect(deps.stored.runs().map(({ documents }) => documents.length)).toEqual([2]);
    expect(storedConversion(deps, conversionId).dueAt).toBeNull();
  });
});

describe('An upload that is deleted', () => {
  test('takes the files in it along, and the runs that read them', async () => {
    const deps = createTestDeps();
    const { conversionId } = await upload(deps, { 'a.zip': { 'sow.md': DUTY } });
    await convertAll(deps);
    await startAnalysis(deps, callerOf(), { conversionIds: [conversionId], kinds });
    await deleteConversion(deps, callerOf(), { conversionId });
    expect(deps.stored.conversions()).toEqual([]);
    expect(deps.stored.runs()).toEqual([]);
    expect([...deps.memory.names('uploads'), ...deps.memory.names('processed')]).toEqual([]);
  });

  test('leaves none behind when it is deleted while they are begun', async () => {
    const deps = createTestDeps();
    const { conversionId } = await upload(deps, { 'sow.md': DUTY, 'b.md': 'B' });
    const objects: TestDeps['objects'] = {
      ...deps.objects,
      write: async (request) => {
        if (request.bucket === 'uploads')
          await deleteConversion(deps, callerOf(), { conversionId }).catch(() => undefined);
        return deps.objects.write(request);
      },
    };
    const task = deps.tasks.take((tasks) => tasks[0]);
    await expect(convertDocument({ ...deps, objects }, task?.payload as never)).resolves.toBe('stale');
    await convertAll(deps);
    expect(deps.stored.conversions()).toEqual([]);
    expect([...deps.memory.names('uploads'), ...deps.memory.names('processed')]).toEqual([]);
  });
});
