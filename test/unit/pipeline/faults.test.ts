import { describe, expect, test } from '@jest/globals';
import type { Document } from '../../../functions/src/contracts/document.ts';
import type { OcrPage } from '../../../functions/src/contracts/ocr.ts';
import { AppError } from '../../../functions/src/errors.ts';
import type { ConversionRequest, Ocr } from '../../../functions/src/ports.ts';
import { buildDocument } from '../../support/build-document.ts';
import type { FaultPoint } from '../../support/fault-harness.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { playStory, type StoryOptions } from '../../support/pipeline-story.ts';
import { outcomeOf } from '../../support/story-outcome.ts';

const SETTINGS = { windowsInFlight: 1, limits: { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6 } };

/** About 75,000 characters: three windows, and with one in flight each has to call the next. */
const LONG_TEXT = Array.from(
  { length: 750 },
  (_, at) =>
    `The Contractor shall deliver report ${at + 1} no later than ${at + 2} days after award of the task order.`,
).join('\n\n');

const TEXT_STORY: StoryOptions = {
  fileName: 'statement-of-work.md',
  contentType: 'text/markdown',
  bytes: new TextEncoder().encode(LONG_TEXT),
};

const SCAN_STORY: StoryOptions = {
  fileName: 'scan.pdf',
  contentType: 'application/pdf',
  bytes: new TextEncoder().encode('%PDF-1.7 four pictures'),
};

const SCANNED_PAGES = [1, 2, 3, 4];

const recognisedPage = (pageNumber: number): OcrPage => ({
  pageNumber,
  widthPt: 612,
  heightPt: 792,
  paragraphs: [
    {
      kind: 'body',
      lines: [
        {
          text: `The offeror shall sign page ${pageNumber}.`,
          bbox: { x: 72, y: 72, width: 300, height: 12 },
          confidence: 0.99,
        },
      ],
    },
  ],
  tables: [],
});

const convertScan = async ({ fileName, ocrPages = [] }: ConversionRequest): Promise<Document> => {
  const lines = ocrPages.flatMap(({ paragraphs }) => paragraphs.flatMap((each) => each.lines.map(({ text }) => text)));
  const read = new Set(ocrPages.map(({ pageNumber }) => pageNumber));
  return {
    ...buildDocument(lines, { fileName }),
    mediaType: 'application/pdf',
    pagesNeedingOcr: SCANNED_PAGES.filter((page) => !read.has(page)),
  };
};

const readPages: Ocr = { maxPages: 2, recognise: async ({ pageNumbers }) => pageNumbers.map(recognisedPage) };

/** What a step writes only between the claim of its work and the settling of it. (Shards that were made for nothing, the sweep has to close.) */
const WHILE_AT_WORK = new Set(['objects.write', 'usage.record', 'runs.createWindows', 'runs.replaceRows']);

const textDeps = (): TestDeps => createTestDeps({ settings: SETTINGS });
const scanDeps = (ocr: Ocr = readPages): TestDeps => {
  const { converter } = createTestDeps();
  return createTestDeps({ settings: SETTINGS, ocr, converter: { ...converter, convert: convertScan } });
};

const play = async (deps: TestDeps, options: StoryOptions) => {
  const { harness, sweeps } = await playStory(deps, options);
  return { deps, harness, sweeps, outcome: outcomeOf(deps) };
};

describe.each([
  ['A text of three windows', textDeps, TEXT_STORY],
  ['A scan of two shards', scanDeps, SCAN_STORY],
] as const)('%s, uploaded to be analysed,', (_, createDeps, story) => {
  const playKilled = async () => {
    const calm = await play(createDeps(), story);
    const points = calm.harness.effects().flatMap((name, effect) => [
      { name, effect, when: 'before' as const },
      { name, effect, when: 'after' as const },
    ]);
    const killed = [];
    for (const { name, ...point } of points) {
      const { outcome, harness, sweeps } = await play(createDeps(), { ...story, faults: [point] });
      const where = `${point.when} ${name} (effect ${point.effect})`;
      killed.push({ name, where, struck: harness.hasStruck(), outcome, sweeps });
    }
    return { calm, killed };
  };
  let played: ReturnType<typeof playKilled> | undefined;
  /** The story once for each write or enqueue, with a kill before it and with a kill after it. */
  const killedOnce = () => {
    played ??= playKilled();
    return played;
  };

  test('goes all the way by itself, without the sweep', async () => {
    const { outcome, sweeps } = await play(createDeps(), story);
    expect(sweeps).toBe(0);
    expect(outcome.conversions.map(({ state }) => state)).toEqual(['completed']);
    expect(outcome.runs.map(({ state }) => state)).toEqual(['completed']);
    expect(outcome.rows.length).toBeGreaterThan(3);
    expect(outcome.ledger).toContain('"parts"');
    expect(outcome.deadLetters).toBe(0);
  });

  test('ends the same when each event and each task comes three times', async () => {
    const calm = await play(createDeps(), story);
    const { outcome, sweeps } = await play(createDeps(), { ...story, deliveries: 3 });
    expect(outcome).toEqual(calm.outcome);
    expect(sweeps).toBe(0);
  });

  test('ends the same when tasks come in reverse order, each twice', async () => {
    const calm = await play(createDeps(), story);
    const { outcome } = await play(createDeps(), { ...story, order: 'newest first', deliveries: 2 });
    expect(outcome).toEqual(calm.outcome);
  });

  test('ends the same when the process is killed before or after any single write or enqueue', async () => {
    const { calm, killed } = await killedOnce();
    expect(killed.length).toBeGreaterThan(50);
    for (const { where, struck, outcome } of killed) {
      expect({ where, struck, outcome }).toEqual({ where, struck: true, outcome: calm.outcome });
    }
  });

  test('needs no sweep after a kill in the middle of work: the next delivery takes it over', async () => {
    const { killed } = await killedOnce();
    const atWork = killed.filter(({ name }) => WHILE_AT_WORK.has(name));
    expect(new Set(atWork.map(({ name }) => name)).size).toBe(4);
    expect(atWork.filter(({ sweeps }) => sweeps > 0).map(({ where }) => where)).toEqual([]);
  });

  test('ends the same after two kills, the second while the first is being repaired', async () => {
    const calm = await play(createDeps(), story);
    for (let first = 0; first < calm.harness.effects().length; first += 3) {
      const second = first + 1 + ((first * 7) % 11);
      const faults: FaultPoint[] = [
        { effect: first, when: 'after' },
        { effect: second, when: 'before' },
      ];
      const { outcome } = await play(createDeps(), { ...story, faults });
      expect({ faults, outcome }).toEqual({ faults, outcome: calm.outcome });
    }
  });
});

describe('The fault harness', () => {
  test('sees work that is counted twice: usage events without names of their own do not survive a kill', async () => {
    const countedAgain = (): TestDeps => {
      const deps = textDeps();
      let events = 0;
      const record: typeof deps.usage.record = (event) => {
        events += 1;
        return deps.usage.record({ ...event, usageId: `${event.usageId}-${events}` });
      };
      return { ...deps, usage: { record } };
    };
    const calm = await play(countedAgain(), TEXT_STORY);
    const effect = calm.harness.effects().indexOf('usage.record');
    const { outcome } = await play(countedAgain(), { ...TEXT_STORY, faults: [{ effect, when: 'after' }] });
    expect(outcome.usage.length).toBeGreaterThan(calm.outcome.usage.length);
  });

  test('sees work that is lost: tasks that never reach the queue are brought back by the sweep alone', async () => {
    const deps = textDeps();
    let isFirst = true;
    const enqueue: typeof deps.queue.enqueue = async (task) => {
      if (!isFirst) return deps.queue.enqueue(task);
      isFirst = false;
      return 'created';
    };
    const { outcome, sweeps } = await play({ ...deps, queue: { enqueue } }, TEXT_STORY);
    expect(sweeps).toBeGreaterThan(0);
    expect(outcome.runs.map(({ state }) => state)).toEqual(['completed']);
  });
});

describe('Recognition that fails', () => {
  test('for good makes the conversion partial, names the pages, and keeps the others', async () => {
    const blurred: Ocr = {
      maxPages: 2,
      recognise: async (request) => {
        if (request.pageNumbers.includes(3)) throw new AppError('OCR_FAILED', { problem: 'the page is blurred' });
        return readPages.recognise(request);
      },
    };
    const { deps, outcome } = await play(scanDeps(blurred), SCAN_STORY);
    const [conversion] = deps.stored.conversions();
    expect(conversion?.state).toBe('partial');
    expect(conversion?.result?.pagesWithoutText).toEqual([3, 4]);
    expect(outcome.runs.map(({ state }) => state)).toEqual(['partial']);
    expect(outcome.deadLetters).toBe(1);
    expect(outcome.rows.map(({ body }) => body.requirementText)).toEqual([
      'The offeror shall sign page 1.',
      'The offeror shall sign page 2.',
    ]);
  });

  test('because the recogniser is overloaded is tried again, and pages are charged once', async () => {
    let refusals = 3;
    const busy: Ocr = {
      maxPages: 2,
      recognise: async (request) => {
        refusals -= 1;
        if (refusals >= 0) throw new AppError('OCR_OVERLOADED', { status: 8 });
        return readPages.recognise(request);
      },
    };
    const { deps, outcome } = await play(scanDeps(busy), SCAN_STORY);
    expect(outcome.conversions.map(({ state }) => state)).toEqual(['completed']);
    const charged = deps.stored.usage().filter(({ kind }) => kind === 'pages_recognised');
    expect(charged.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4);
  });
});
