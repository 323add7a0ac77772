/** What is delivered twice, late, in another order, or to a process that dies: one result all the same, and counted once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type DocumentReference, Timestamp } from '@google-cloud/firestore';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { LocalCloud } from '../../scripts/local-cloud/start-local-cloud.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import { renderPages, toImageOnlyPdf } from '../support/image-only-pdf.ts';
import { makePdf } from '../support/make-pdf.ts';
import { createStorageMoments, type Moment, reads, writes } from '../support/storage-moments.ts';
import { type FinishedUpload, type Operator, openOperator, uploadFile } from '../support/system-uploads.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

const PAGES = 60;
/** One more than a call of text recognition takes. */
const SCANNED_PAGES = 16;
const DPI = 200;
/** Fewer than there are windows: who settles one has to start the next. */
const WINDOWS_IN_FLIGHT = 2;
const TEST_MS = 120_000;
const MOST_SWEEPS = 30;

/** Straight to the function: the trigger's own delivery is the first. */
const postEvent = async ({ containers }: LocalCloud, id: string, upload: FinishedUpload): Promise<number> => {
  const { bucket, object, generation, sizeBytes, contentType } = upload;
  const answer = await fetch(`http://127.0.0.1:${containers.portOf('on-upload')}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'ce-id': id,
      'ce-specversion': '1.0',
      'ce-type': 'google.cloud.storage.object.v1.finalized',
      'ce-source': `//storage.googleapis.com/projects/_/buckets/${bucket}`,
      'ce-subject': `objects/${object}`,
      'ce-time': new Date().toISOString(),
    },
    body: JSON.stringify({ bucket, name: object, generation, size: String(sizeBytes), contentType }),
  });
  await answer.text();
  return answer.status;
};

/** In the middle of every step. */
const DEATHS = {
  'package.md': [
    { name: 'the upload is read', when: reads('package.md') },
    { name: 'the Markdown is written', when: writes('document.md') },
    { name: 'the run reads its documents', when: reads('blocks.json') },
    { name: 'the plan is written', when: writes('plan.json') },
    { name: 'the first windows begin', when: reads('plan.json') },
    { name: 'a window in the middle is written', when: writes('compliance-matrix-00003.json') },
    { name: 'the merge reads the windows', when: reads('compliance-matrix-00000.json') },
    { name: 'the result is written', when: writes('analysis.json') },
  ],
  'scan.pdf': [
    { name: 'the second part is cut out', when: writes('ocr/1.pdf') },
    { name: 'the first part is read', when: reads('ocr/0.pdf') },
    { name: 'what was recognised is written', when: writes('.json', 'ocr/1-') },
    { name: 'the parts are put together', when: reads('.json', 'ocr/0-') },
    { name: 'the Markdown of all is written', when: writes('document.md') },
  ],
} as const satisfies Record<string, readonly Moment[]>;
type FileName = keyof typeof DEATHS;
const FILE_NAMES = Object.keys(DEATHS) as FileName[];

/** Where a worker may be overtaken, so that two end the same work; of each queue fewer than it has instances, or nobody could overtake. */
const OVERTAKEN: Readonly<Record<FileName, readonly Moment[]>> = {
  'package.md': [
    { name: 'with the Markdown', when: writes('document.md') },
    { name: 'with the plan', when: writes('plan.json') },
    { name: 'with a window', when: writes('compliance-matrix-00003.json') },
    { name: 'with the result', when: writes('analysis.json') },
  ],
  'scan.pdf': [
    { name: 'with what was recognised', when: writes('.json', 'ocr/1-') },
    { name: 'with the Markdown of all', when: writes('document.md') },
  ],
};

const slip = (_: unknown, index: number) => ({
  widthPt: 260,
  heightPt: 50,
  texts: [{ text: `The Contractor shall clean room ${index + 1}.`, x: 15, y: 30, size: 14 }],
});

const filesOf = async (): Promise<Record<FileName, Uint8Array>> => {
  const slips = makePdf(Array.from({ length: SCANNED_PAGES }, slip));
  return {
    'package.md': new TextEncoder().encode(generateSolicitation({ seed: 11, pages: PAGES }).markdown),
    'scan.pdf': toImageOnlyPdf(await renderPages(slips, DPI), DPI),
  };
};

describeWithWholeSystem('deliveries that the platform repeats, reorders or loses', () => {
  const folder = temporaryFolder();
  const moments = createStorageMoments();
  let system: WholeSystem;
  let operator: Operator;
  let files: Awaited<ReturnType<typeof filesOf>>;
  const undisturbed = new Map<FileName, Awaited<ReturnType<typeof resultOf>>>();

  const upload = (fileName: FileName) =>
    uploadFile(system.client, { fileName, bytes: files[fileName], kinds: ['compliance-matrix'] });

  const downloaded = async (url: string): Promise<string> => (await fetch(url)).text();

  /** All that came of an upload, without its ids and times. */
  const resultOf = async ({ orgId, conversionId }: FinishedUpload) => {
    const { client } = system;
    const { db, repositories } = operator;
    const runs = await repositories.runs.listByConversion({ orgId, conversionId });
    const runId = runs[0]?.runId ?? '';
    const [documents, json, windows, rows, usage] = await Promise.all([
      client.openDocument({ conversionId }),
      client.exportRun({ runId, format: 'json' }),
      repositories.runs.listWindows({ orgId, runId }),
      repositories.runs.listRows({ orgId, runId }, { limit: 10_000, filter: {} }),
      db.collection(`orgs/${orgId}/usage`).get(),
    ]);
    const counted = usage.docs
      .map((event) => event.data())
      .filter(({ subject }) => subject.conversionId === conversionId || subject.runId === runId);
    return {
      states: [documents.conversion.state, ...runs.map(({ state }) => state)],
      markdown: await downloaded(documents.markdown.url),
      blocks: await downloaded(documents.blocks.url),
      analysis: await downloaded(json.download.url),
      progress: runs[0]?.progress,
      windows: windows.map(({ windowId, state, findings }) => [windowId, state, findings]),
      rows: rows.map(({ position, body }) => [position, body]),
      usage: counted.map(({ kind, quantity, subject }) => [kind, subject.windowId ?? '', quantity].join(' ')).sort(),
    };
  };

  /** Minutes in an instant: all that is open is due, whoever held a lease counts as dead. */
  const sweepLater = async (): Promise<void> => {
    const past = new Date(Date.now() - 1000);
    const makeDue = (ref: DocumentReference): Promise<unknown> =>
      operator.db.runTransaction(async (transaction) => {
        const isOpen = (await transaction.get(ref)).get('dueAt') instanceof Timestamp;
        if (isOpen) transaction.update(ref, { dueAt: past });
      });
    await Promise.all((await operator.openWork()).map(({ ref }) => makeDue(ref)));
    await system.cloud.sweepNow();
  };

  const sweepUntilNothingIsOpen = async (): Promise<number> => {
    for (let sweeps = 0; sweeps < MOST_SWEEPS; sweeps += 1) {
      await moments.restarted();
      await system.cloud.tasks.whenIdle();
      if (moments.isRestarting()) continue;
      const open = await operator.openWork();
      if (open.length === 0 && system.cloud.storage.openEvents() === 0) return sweeps;
      await sweepLater();
    }
    const stuck = (await operator.openWork()).map((item) =>
      [item.ref.parent.id, item.get('state'), item.get('tries')].join(' '),
    );
    throw new Error(`The sweep does not bring the work to an end: ${stuck.join(', ')}.`);
  };

  beforeAll(async () => {
    files = await filesOf();
    system = await startWholeSystem({
      folder: folder.path,
      environment: {
        WINDOWS_IN_FLIGHT: String(WINDOWS_IN_FLIGHT),
        MODEL_PROVIDER: 'vertex',
        MODEL_NAME: 'gemini-3.8-flash',
      },
      storageFaults: { fault: moments.onRequest, firstRetrySeconds: 0.2 },
    });
    operator = openOperator(system.cloud);
    for (const name of FILE_NAMES) {
      const sent = await upload(name);
      await operator.settledConversion(sent);
      await system.cloud.tasks.whenIdle();
      undisturbed.set(name, await resultOf(sent));
    }
  });
  afterEach(() => {
    if (system) Object.assign(system.cloud.tasks.faults, { duplicate: undefined, order: undefined });
  });
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  const expectUndisturbed = async (name: FileName, sent: FinishedUpload): Promise<void> => {
    expect(await resultOf(sent)).toEqual(undisturbed.get(name));
    expect(await operator.openWork()).toEqual([]);
    expect((await operator.db.collection('deadLetters').get()).docs).toEqual([]);
  };

  test('The undisturbed package has a result of several windows, each counted once, with what its model cost', () => {
    const { states, windows = [], usage, rows } = undisturbed.get('package.md') ?? {};
    const ids = windows.map(([windowId]) => windowId);
    expect(states).toEqual(['completed', 'completed']);
    expect(ids.length).toBeGreaterThan(2 * WINDOWS_IN_FLIGHT);
    expect(rows?.length).toBeGreaterThan(100);
    expect(usage).toEqual([
      ...ids.map((windowId) => expect.stringMatching(`^model_tokens ${windowId} [1-9]\\d+$`)),
      'pages_converted  1',
      ...ids.map((windowId) => `windows_analysed ${windowId} 1`),
    ]);
  });

  test('The undisturbed scan has a row from each page, and each page is counted once', () => {
    const { states, usage, rows } = undisturbed.get('scan.pdf') ?? {};
    expect(states).toEqual(['completed', 'completed']);
    expect(rows).toHaveLength(SCANNED_PAGES);
    expect(usage).toEqual(expect.arrayContaining([`pages_converted  ${SCANNED_PAGES}`]));
    expect(usage?.filter((event) => event.startsWith('pages_recognised'))).toEqual([
      'pages_recognised  1',
      'pages_recognised  15',
    ]);
  });

  test.each(FILE_NAMES)(
    '%s: its event three times, every task twice, the newest first: the same result, byte for byte',
    async (name) => {
      const seen = new Map<string, number>();
      const { faults } = system.cloud.tasks;
      faults.order = 'newest_first';
      faults.duplicate = ({ queueId }) => {
        const before = seen.get(queueId) ?? 0;
        seen.set(queueId, before + 1);
        return before % 2 === 0 ? 'together' : 'afterwards';
      };
      const sent = await upload(name);
      expect(await Promise.all(['second', 'third'].map((id) => postEvent(system.cloud, id, sent)))).toEqual([204, 204]);
      await operator.settledConversion(sent);
      await system.cloud.tasks.whenIdle();
      expect(await postEvent(system.cloud, 'long after', sent)).toBe(204);
      await system.cloud.tasks.whenIdle();
      const queues = ['analyze-window', 'convert-document', 'merge-analysis', 'plan-run'];
      expect([...seen.keys()].sort()).toEqual([...queues, ...(name === 'scan.pdf' ? ['ocr-shard'] : [])].sort());
      await expectUndisturbed(name, sent);
    },
    TEST_MS,
  );

  test.each(FILE_NAMES)(
    '%s: the process killed in the middle of every step: after the sweeps the same result, byte for byte',
    async (name) => {
      const began = performance.now();
      moments.killAt(system.cloud.containers, DEATHS[name]);
      const sent = await upload(name);
      const sweeps = await sweepUntilNothingIsOpen();
      const seconds = (performance.now() - began) / 1000;
      expect(moments.struck()).toEqual(DEATHS[name].map((point) => point.name));
      process.stdout.write(
        `${name}: killed ${DEATHS[name].length} times, ${sweeps} sweeps, ${seconds.toFixed(1)} s.\n`,
      );
      await expectUndisturbed(name, sent);
    },
    TEST_MS,
  );

  test.each(FILE_NAMES)(
    '%s: workers that were taken for dead end their work after those in their place: the same result, byte for byte',
    async (name) => {
      moments.holdAt(OVERTAKEN[name]);
      const sent = await upload(name);
      for (const [before] of OVERTAKEN[name].entries()) {
        while (moments.struck().length === before) await sleep(20);
        await sweepLater();
      }
      const { orgId, runId = '' } = await operator.settledConversion(sent);
      await operator.settledRun({ orgId, runId });
      const result = await resultOf(sent);
      moments.release();
      await sweepUntilNothingIsOpen();
      expect(result).toEqual(undisturbed.get(name));
      await expectUndisturbed(name, sent);
    },
    TEST_MS,
  );
});
