/** JSON that a run keeps in the bucket of results: its plan, what came out of its windows, its analysis. */
import type { StoredPlan } from '../contracts/run.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { recentObjectsOf } from './recent-objects.ts';

type ReadDeps = Pick<PipelineDeps, 'objects' | 'settings'>;

/** `T` is what this generation of the object was written as. @throws AppError RESULT_MISSING, STORAGE_UNAVAILABLE. */
export const readStoredJson = async <T>(
  { objects, settings }: ReadDeps,
  { object, generation, sizeBytes }: StoredObject,
): Promise<T> => {
  const bytes = await objects.read({ bucket: settings.buckets.processed, object, generation, maxBytes: sizeBytes });
  if (bytes === null) throw new AppError('RESULT_MISSING');
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
};

/** As many as there are runs whose windows come in turn: a plan that has to be read again for each window costs more than the window. */
const recentPlans = recentObjectsOf<StoredPlan>({ most: 16, mostBytes: 16 * 1024 * 1024 });

/** Read once per process while it is in use, and shared: nobody may change it. */
export const readStoredPlan = (deps: ReadDeps, stored: StoredObject): Promise<StoredPlan> => {
  const key = `${stored.object}#${stored.generation}`;
  return recentPlans(deps.objects).get(key, stored.sizeBytes, () => readStoredJson<StoredPlan>(deps, stored));
};
