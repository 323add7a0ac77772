/** One upload all the way to its matrix, with a queue and an event source as unkind as the platform allows. */
import type { Principal } from '../../functions/src/contracts/account.ts';
import { uploadObject } from '../../functions/src/contracts/storage-paths.ts';
import { asAppError } from '../../functions/src/errors.ts';
import { createTaskSteps } from '../../functions/src/handlers.ts';
import { createUpload } from '../../functions/src/pipeline/1-create-upload.ts';
import { claimUpload } from '../../functions/src/pipeline/2-claim-upload.ts';
import type { PipelineDeps } from '../../functions/src/pipeline/pipeline-deps.ts';
import { sweep } from '../../functions/src/pipeline/sweep/index.ts';
import { createFaultHarness, type FaultHarness, type FaultPoint, ProcessKilled } from './fault-harness.ts';
import type { QueuedTask } from './memory-queue.ts';
import type { TestDeps } from './pipeline-deps.ts';

export interface StoryOptions {
  fileName: string;
  contentType: string;
  bytes: Uint8Array;
  faults?: readonly FaultPoint[];
  /** How often each event and each task is delivered although it succeeded. */
  deliveries?: number;
  order?: 'oldest first' | 'newest first';
}

export interface Story {
  harness: FaultHarness;
  /** Sweeps that were needed after the queue had run dry. */
  sweeps: number;
}

const PRINCIPAL: Principal = { uid: 'writer', orgId: 'org1', role: 'owner', anonymous: false };
const TRACE = { requestId: 'story', traceId: '0'.repeat(32) };
/** More than anything ever waits: leases, patience in the queue, the end of an upload. */
const BETWEEN_SWEEPS_SECONDS = 1200;
const MOST_SWEEPS = 25;
const MOST_DELIVERIES = 20;

type Step = (deps: PipelineDeps) => Promise<unknown>;

/** Whoever calls hears nothing from a killed process, and calls again: a client, Eventarc, Cloud Tasks, Cloud Scheduler. */
const untilAnswered = async (harness: FaultHarness, step: Step): Promise<void> => {
  for (let call = 0; call < MOST_DELIVERIES; call++) {
    try {
      await step(harness.process());
      return;
    } catch (thrown) {
      if (!(thrown instanceof ProcessKilled)) throw thrown;
    }
  }
  throw new Error('no call was ever answered');
};

/** As Cloud Tasks does it: until it is answered with success, and with the count of deliveries. */
const deliver = async (harness: FaultHarness, { queue, payload }: QueuedTask): Promise<void> => {
  for (let delivery = 1; delivery <= MOST_DELIVERIES; delivery++) {
    const deps = harness.process();
    const step = createTaskSteps(deps)[queue];
    try {
      try {
        await step.run(payload as never, delivery);
        return;
      } catch (thrown) {
        if (thrown instanceof ProcessKilled) throw thrown;
        if ((await step.fail(payload as never, asAppError(thrown), delivery)) !== 'overloaded') return;
      }
    } catch (thrown) {
      if (!(thrown instanceof ProcessKilled)) throw thrown;
    }
  }
  throw new Error(`a task of ${queue} was never answered`);
};

const isOpen = ({ stored }: TestDeps): boolean =>
  [...stored.conversions(), ...stored.shards(), ...stored.runs(), ...stored.windows()].some(
    ({ dueAt }) => dueAt !== null,
  );

export const playStory = async (deps: TestDeps, options: StoryOptions): Promise<Story> => {
  const { fileName, contentType, bytes, faults = [], deliveries = 1, order = 'oldest first' } = options;
  const harness = createFaultHarness(deps, faults);
  const request = { fileName, contentType, sizeBytes: bytes.length, kinds: ['compliance-matrix' as const] };
  await untilAnswered(harness, (process) =>
    createUpload(process, { principal: PRINCIPAL, trace: TRACE }, { ...request, idempotencyKey: 'one-intent' }),
  );
  const [conversion] = deps.stored.conversions();
  if (!conversion) throw new Error('createUpload left no conversion');
  const object = uploadObject(conversion.orgId, conversion.conversionId, fileName);
  const event = deps.memory.put({ bucket: deps.settings.buckets.uploads, object, bytes, contentType });
  for (let delivery = 0; delivery < deliveries; delivery++) {
    await untilAnswered(harness, (process) => claimUpload(process, event));
  }
  const runQueueDry = async (): Promise<void> => {
    const pick = (tasks: readonly QueuedTask[]) => (order === 'newest first' ? tasks.at(-1) : tasks[0]);
    for (let task = deps.tasks.take(pick); task; task = deps.tasks.take(pick)) {
      const { scheduledAt } = task;
      if (scheduledAt > deps.clock.now().toISOString()) deps.clock.set(scheduledAt);
      for (let delivery = 0; delivery < deliveries; delivery++) await deliver(harness, task);
    }
  };
  await runQueueDry();
  let sweeps = 0;
  while (isOpen(deps)) {
    sweeps += 1;
    if (sweeps > MOST_SWEEPS) throw new Error('work is stuck: the sweep does not bring it to an end');
    deps.clock.advance(BETWEEN_SWEEPS_SECONDS);
    await untilAnswered(harness, (process) => sweep(process));
    await runQueueDry();
  }
  return { harness, sweeps };
};
