/** Takes away what a step made for a run that has meanwhile gone another way. */
import type { StoredObject } from '../contracts/work.ts';
import type { RunKey } from '../repositories.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

/** Deletes objects nobody refers to. When the run itself is gone, windows and rows that were written after it go too. */
export const dropUnused = async (
  { runs, objects, settings }: Pick<PipelineDeps, 'runs' | 'objects' | 'settings'>,
  key: RunKey,
  ...unused: readonly Pick<StoredObject, 'object'>[]
): Promise<void> => {
  for (const { object } of unused) await objects.delete({ bucket: settings.buckets.processed, object });
  if ((await runs.get(key)) === null) await runs.remove(key);
};
