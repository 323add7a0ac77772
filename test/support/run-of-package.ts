/** A run over documents that are stored already, and a queue that delivers its tasks: for tests of what follows conversion. */
import type { Principal } from '../../functions/src/contracts/account.ts';
import type { Conversion } from '../../functions/src/contracts/conversion.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import type { Run } from '../../functions/src/contracts/run.ts';
import { conversionObject } from '../../functions/src/contracts/storage-paths.ts';
import type { TaskPayload } from '../../functions/src/contracts/tasks.ts';
import { asAppError } from '../../functions/src/errors.ts';
import { planRunFailed, planRunStep } from '../../functions/src/pipeline/5-plan-run.ts';
import { startAnalysis } from '../../functions/src/pipeline/5-start-analysis.ts';
import { analyzeWindowFailed, analyzeWindowStep } from '../../functions/src/pipeline/6-analyze-window.ts';
import { mergeAnalysisFailed, mergeAnalysisStep } from '../../functions/src/pipeline/7-merge-analysis.ts';
import type { PipelineDeps } from '../../functions/src/pipeline/pipeline-deps.ts';
import { buildDocument } from './build-document.ts';
import type { QueuedTask } from './memory-queue.ts';
import type { TestDeps } from './pipeline-deps.ts';
import { sampleConversion } from './sample-items.ts';

const principal: Principal = { uid: 'user-1', orgId: 'org-1', role: 'owner', anonymous: false };
export const CALLER = { principal, trace: { requestId: 'request-1', traceId: '0123456789abcdef0123456789abcdef' } };
export const STRANGER = { ...CALLER, principal: { ...principal, uid: 'user-2', orgId: 'org-2' } };

/** About 30,000 characters, one binding sentence in each paragraph: one window, and one more for each `extraWindows`. */
export const longDocument = (extraWindows: number, fileName = 'work.md'): Document =>
  buildDocument(
    Array.from(
      { length: 350 * (extraWindows + 1) },
      (_, at) => `The Contractor shall deliver report ${at + 1} no later than ${at + 2} days after award of the order.`,
    ),
    { fileName },
  );

/** The document as step 4 leaves it. */
export const storeConversion = async (
  deps: PipelineDeps,
  document: Document,
  fields: Partial<Conversion> = {},
): Promise<Conversion> => {
  const { orgId = 'org-1', conversionId = `conversion-${document.documentId}` } = fields;
  const { markdown, ...index } = document;
  const store = async (name: string, text: string) => {
    const object = conversionObject(orgId, conversionId, 1, name);
    const bytes = new TextEncoder().encode(text);
    const written = await deps.objects.write({ bucket: 'processed', object, bytes, contentType: 'text/plain' });
    return { object, generation: written.generation, sizeBytes: bytes.length };
  };
  const conversion = sampleConversion({
    conversionId,
    fileName: document.fileName,
    kinds: [],
    state: document.pagesNeedingOcr.length > 0 ? 'partial' : 'completed',
    dueAt: null,
    result: {
      documentId: document.documentId,
      mediaType: document.mediaType,
      engine: 'markdown',
      pages: document.pages.length,
      blocks: document.blocks.length,
      characters: markdown.length,
      pagesWithoutText: document.pagesNeedingOcr,
      warnings: 0,
      markdown: await store('document.md', markdown),
      blockIndex: await store('blocks.json', JSON.stringify(index)),
    },
    ...fields,
  });
  await deps.conversions.create(conversion);
  return conversion;
};

/** Stores the documents and begins a run over them; its planning waits in the queue. */
export const startRun = async (deps: TestDeps, documents: readonly Document[]): Promise<Run> => {
  const conversions = await Promise.all(documents.map((document) => storeConversion(deps, document)));
  const conversionIds = conversions.map(({ conversionId }) => conversionId);
  const { run } = await startAnalysis(deps, CALLER, { conversionIds, kinds: ['compliance-matrix'] });
  return runNow(deps, run.runId);
};

export const runNow = (deps: TestDeps, runId: string): Run => {
  const run = deps.stored.runs().find((each) => each.runId === runId);
  if (run === undefined) throw new Error('the run is gone');
  return run;
};

export const statesOf = (deps: TestDeps): string[] => deps.stored.windows().map(({ state }) => state);

/** As the task handler does it: what a step throws goes to its `Failed`. */
export const deliver = async (deps: PipelineDeps, { queue, payload }: QueuedTask, deliveries = 1): Promise<void> => {
  const plan = payload as TaskPayload<'plan-run'>;
  const window = payload as TaskPayload<'analyze-window'>;
  const merge = payload as TaskPayload<'merge-analysis'>;
  try {
    if (queue === 'plan-run') await planRunStep(deps, plan, deliveries);
    if (queue === 'analyze-window') await analyzeWindowStep(deps, window, deliveries);
    if (queue === 'merge-analysis') await mergeAnalysisStep(deps, merge, deliveries);
  } catch (thrown) {
    const error = asAppError(thrown);
    if (queue === 'plan-run') await planRunFailed(deps, plan, error, deliveries);
    if (queue === 'analyze-window') await analyzeWindowFailed(deps, window, error, deliveries);
    if (queue === 'merge-analysis') await mergeAnalysisFailed(deps, merge, error, deliveries);
  }
};

/** Delivers whatever waits, the oldest first, until nothing does; `isLost` tasks vanish. */
export const runQueueDry = async (
  deps: TestDeps,
  isLost: (task: QueuedTask) => boolean = () => false,
): Promise<QueuedTask[]> => {
  const lost: QueuedTask[] = [];
  for (let task = deps.tasks.take(); task; task = deps.tasks.take()) {
    if (isLost(task)) lost.push(task);
    else await deliver(deps, task);
  }
  return lost;
};

/** Delivers until a task of this queue is next, and takes that. */
export const runUntil = async (deps: TestDeps, queue: QueuedTask['queue']): Promise<QueuedTask> => {
  for (let task = deps.tasks.take(); task; task = deps.tasks.take()) {
    if (task.queue === queue) return task;
    await deliver(deps, task);
  }
  throw new Error(`no task of ${queue} came`);
};
