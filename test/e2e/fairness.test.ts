/** What one tenant's large work costs another tenant, who has a page or two. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ConversionKey, RunKey } from '../../functions/src/repositories.ts';
import { answer, late } from '../../scripts/local-cloud/vertex-ai/replies.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import { type Operator, openOperator, type SystemVisitor, uploadFile, visit } from '../support/system-uploads.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

const MODEL_SECONDS = 2;
/** Each becomes about 31 windows. */
const DOCUMENTS = 8;
const PAGES = 300;
const FEWEST_WINDOWS = 200;
/** About 40 s of work for the converter. */
const POISON = '# a\n'.repeat(500_000);
const POISON_SECONDS = 12;
const LONGEST_DELAY_SECONDS = 8;
const TEST_MS = 120_000;

const KINDS = ['compliance-matrix' as const];
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describeWithWholeSystem('one tenant keeps the system busy', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let operator: Operator;
  let busy: SystemVisitor;
  let other: SystemVisitor;
  let twoPages: Uint8Array;

  beforeAll(async () => {
    system = await startWholeSystem({
      folder: folder.path,
      environment: {
        MAX_CHUNKS: '100000',
        CONVERSION_TIMEOUT_SECONDS: String(POISON_SECONDS),
        MODEL_PROVIDER: 'vertex',
        MODEL_NAME: 'gemini-3.8-flash',
      },
    });
    system.cloud.vertexAi.respondWith(() => late(answer({ rows: [] }), MODEL_SECONDS));
    operator = openOperator(system.cloud);
    busy = await visit(system.cloud, folder.path, 'busy');
    other = await visit(system.cloud, folder.path, 'other');
    twoPages = await generateSolicitation({ seed: 3, pages: 2 }).pdf;
  });
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  /** Seconds from the finished upload to Markdown and to the matrix. */
  const passThrough = async (): Promise<{ markdown: number; matrix: number }> => {
    const upload = await uploadFile(other.client, { fileName: 'two-pages.pdf', bytes: twoPages, kinds: KINDS });
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    const { orgId, state, runId = '' } = await operator.settledConversion(upload);
    const markdown = seconds();
    const run = await operator.settledRun({ orgId, runId });
    expect([state, run.state]).toEqual(['completed', 'completed']);
    return { markdown, matrix: seconds() };
  };

  const startLargeRun = async (): Promise<RunKey> => {
    const text = generateSolicitation({ seed: 5, pages: PAGES }).markdown;
    const uploads = await Promise.all(
      Array.from({ length: DOCUMENTS }, (_, index) =>
        uploadFile(busy.client, { fileName: `part-${index}.md`, bytes: bytesOf(`# Part ${index}\n\n${text}`) }),
      ),
    );
    for (const upload of uploads)
      expect(await operator.settledConversion(upload)).toMatchObject({ state: 'completed' });
    const conversionIds = uploads.map(({ conversionId }) => conversionId);
    const { run } = await busy.client.startAnalysis({ conversionIds, kinds: KINDS });
    return { orgId: uploads[0]?.orgId ?? '', runId: run.runId };
  };

  const isPoisoned = async (key: ConversionKey): Promise<boolean> =>
    (await operator.repositories.conversions.get(key))?.state === 'converting';
  const doneOf = async (key: RunKey): Promise<number> =>
    (await operator.repositories.runs.get(key))?.progress.done ?? 0;

  test(
    'A two-page document waits no more than a few seconds longer than on an idle system',
    async () => {
      // What is loaded with its first use.
      await passThrough();
      const idle = await passThrough();

      const run = await startLargeRun();
      while ((await doneOf(run)) === 0) await sleep(50);
      const poisoned = await uploadFile(busy.client, { fileName: 'poison.md', bytes: bytesOf(POISON) });
      while (!(await isPoisoned(poisoned))) await sleep(20);
      const beside = await passThrough();

      const stillOpen = await operator.repositories.runs.countOpenWindows(run);
      const { progress } = (await operator.repositories.runs.get(run)) ?? {};
      await busy.client.cancelRun({ runId: run.runId });
      const failed = await operator.settledConversion(poisoned);
      const shown = (seconds: { markdown: number; matrix: number }): string =>
        `Markdown after ${seconds.markdown.toFixed(1)} s, matrix after ${seconds.matrix.toFixed(1)} s`;
      process.stdout.write(
        `Two pages, the model answering in ${MODEL_SECONDS} s. Idle: ${shown(idle)}. Beside a poisoned file and ` +
          `${stillOpen} open of ${progress?.planned} windows: ${shown(beside)}.\n`,
      );
      expect(progress?.planned).toBeGreaterThan(FEWEST_WINDOWS);
      expect(stillOpen).toBeGreaterThan(0);
      expect(failed).toMatchObject({ state: 'failed', failure: { reason: 'CONVERSION_TIMEOUT' } });
      expect(beside.markdown - idle.markdown).toBeLessThan(LONGEST_DELAY_SECONDS);
      expect(beside.matrix - idle.matrix).toBeLessThan(LONGEST_DELAY_SECONDS);
    },
    TEST_MS,
  );
});

/** The size of a large solicitation as Markdown: 1.3 MB, 41 windows, 7,400 rows. */
const LARGE_PAGES = 440;
const LARGE_DOCUMENTS = 4;
const LONGEST_WAIT_SECONDS = 10;

describeWithWholeSystem('one tenant sends large documents, and no model is set', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let operator: Operator;

  beforeAll(async () => {
    system = await startWholeSystem({ folder: folder.path });
    operator = openOperator(system.cloud);
  });
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  test(
    'The matrix of one page is there before any of theirs, within seconds',
    async () => {
      const busy = await visit(system.cloud, folder.path, 'busy');
      const other = await visit(system.cloud, folder.path, 'other');
      const page = await generateSolicitation({ seed: 3, pages: 1 }).pdf;
      const text = generateSolicitation({ seed: 5, pages: LARGE_PAGES }).markdown;
      const passThrough = async (): Promise<number> => {
        const upload = await uploadFile(other.client, { fileName: 'one-page.pdf', bytes: page, kinds: KINDS });
        const began = performance.now();
        const { orgId, runId = '' } = await operator.settledConversion(upload);
        expect(await operator.settledRun({ orgId, runId })).toMatchObject({ state: 'completed' });
        return (performance.now() - began) / 1000;
      };
      await passThrough();
      const idle = await passThrough();

      const uploads = await Promise.all(
        Array.from({ length: LARGE_DOCUMENTS }, (_, index) =>
          uploadFile(busy.client, {
            fileName: `part-${index}.md`,
            bytes: bytesOf(`# Part ${index}\n\n${text}`),
            kinds: KINDS,
          }),
        ),
      );
      const beside = await passThrough();

      const conversions = await Promise.all(uploads.map((upload) => operator.repositories.conversions.get(upload)));
      const runs = await Promise.all(
        conversions.map((conversion) =>
          conversion?.runId === undefined
            ? null
            : operator.repositories.runs.get({ orgId: conversion.orgId, runId: conversion.runId }),
        ),
      );
      const states = runs.map((run, index) => run?.state ?? conversions[index]?.state);
      process.stdout.write(
        `One page, no model. Idle: matrix after ${idle.toFixed(1)} s. Behind ${LARGE_DOCUMENTS} documents of ` +
          `${LARGE_PAGES} pages (${states.join(', ')} by then): ${beside.toFixed(1)} s.\n`,
      );
      for (const run of runs) if (run) await busy.client.cancelRun({ runId: run.runId }).catch(() => undefined);
      expect(states).not.toContain('completed');
      expect(beside - idle).toBeLessThan(LONGEST_WAIT_SECONDS);
    },
    TEST_MS,
  );
});
