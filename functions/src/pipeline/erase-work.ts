/** Takes away what a document or a run left behind, the item itself last: what is cut short is found by the sweep and finished. */
import { conversionPrefix, runPrefix, uploadPrefix } from '../contracts/storage-paths.ts';
import type { ConversionKey, RunKey } from '../repositories.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { queuedDueAt } from './tries.ts';

type EraseRunDeps = Pick<PipelineDeps, 'runs' | 'objects' | 'clock' | 'settings'>;

/** First it is gone for everyone, so that nothing more is written for it; then its objects go, then itself. */
export const eraseRun = async (deps: EraseRunDeps, { orgId, runId }: RunKey): Promise<void> => {
  const now = deps.clock.now();
  await deps.runs.update({ orgId, runId }, (run) =>
    run.deletedAt === undefined ? { next: { ...run, deletedAt: now.toISOString(), dueAt: queuedDueAt(now) } } : null,
  );
  await deps.objects.deleteAll(deps.settings.buckets.processed, runPrefix(orgId, runId));
  await deps.runs.remove({ orgId, runId });
};

type EraseDeps = EraseRunDeps & Pick<PipelineDeps, 'conversions'>;

const ERASED_AT_ONCE = 4;

/** The files in it. First they are gone for everyone, so that nothing more is written for them. */
const eraseChildren = async (deps: EraseDeps, { orgId, conversionId }: ConversionKey): Promise<void> => {
  const { children = [] } = (await deps.conversions.get({ orgId, conversionId })) ?? {};
  await mapBounded(children, ERASED_AT_ONCE, async (child) => {
    const now = deps.clock.now();
    const key = { orgId, conversionId: child };
    await deps.conversions.update(key, (current) =>
      current.deletedAt === undefined
        ? { next: { ...current, deletedAt: now.toISOString(), dueAt: queuedDueAt(now) } }
        : null,
    );
    await eraseConversion(deps, key);
  });
};

/** The files in it, upload, results, the runs that read it, and last the conversion. Doing it again changes nothing. */
export const eraseConversion = async (deps: EraseDeps, { orgId, conversionId }: ConversionKey): Promise<void> => {
  const { uploads, processed } = deps.settings.buckets;
  await eraseChildren(deps, { orgId, conversionId });
  await deps.objects.deleteAll(uploads, uploadPrefix(orgId, conversionId));
  await deps.objects.deleteAll(processed, conversionPrefix(orgId, conversionId));
  for (const { runId } of await deps.runs.listByConversion({ orgId, conversionId })) {
    await eraseRun(deps, { orgId, runId });
  }
  await deps.conversions.remove({ orgId, conversionId });
};
