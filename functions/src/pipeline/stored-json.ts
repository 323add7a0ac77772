/** JSON that a run keeps in the bucket of results: its plan, what came out of its windows, its analysis. */
import type { StoredPlan } from '../contracts/run.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

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

/** Plans that one process keeps: it works on the windows of a few runs at a time. */
const MOST_PLANS = 4;

const plansOf = new WeakMap<ObjectStore, Map<string, Promise<StoredPlan>>>();

/** Read once per process while it is in use, and shared: nobody may change it. */
export const readStoredPlan = (deps: ReadDeps, stored: StoredObject): Promise<StoredPlan> => {
  const plans = plansOf.get(deps.objects) ?? new Map<string, Promise<StoredPlan>>();
  plansOf.set(deps.objects, plans);
  const key = `${stored.object}#${stored.generation}`;
  const plan = plans.get(key) ?? readStoredJson<StoredPlan>(deps, stored);
  plans.delete(key);
  plans.set(key, plan);
  plan.catch(() => plans.delete(key));
  const [longestUnused] = plans.keys();
  if (plans.size > MOST_PLANS && longestUnused !== undefined) plans.delete(longestUnused);
  return plan;
};
