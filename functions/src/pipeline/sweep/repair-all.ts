/** One item after the other, a few at a time: the error of one is counted and never stops the rest. */
import type { LogFields } from '../../ports.ts';
import { mapBounded } from '../map-bounded.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { noCounts, type SweepCounts } from './sweep-counts.ts';

export type RepairOutcome = Exclude<keyof SweepCounts, 'due' | 'errors'>;

export interface Repair<T> {
  repair: (item: T) => Promise<RepairOutcome>;
  /** Puts an item that cannot be repaired now behind the others, or it would keep them from ever being looked at. */
  postpone: (item: T) => Promise<unknown>;
  logFields: (item: T) => LogFields;
}

const REPAIRED_AT_ONCE = 8;

export const repairAll = async <T>(
  { logger }: Pick<PipelineDeps, 'logger'>,
  items: readonly T[],
  { repair, postpone, logFields }: Repair<T>,
): Promise<SweepCounts> => {
  const counts = { ...noCounts(), due: items.length };
  await mapBounded(items, REPAIRED_AT_ONCE, async (item) => {
    try {
      counts[await repair(item)] += 1;
    } catch (thrown) {
      counts.errors += 1;
      logger.error('The sweep could not repair an item.', thrown, logFields(item));
      try {
        await postpone(item);
      } catch (again) {
        logger.error('The sweep could not postpone an item.', again, logFields(item));
      }
    }
  });
  return counts;
};

export const addCounts = (a: SweepCounts, b: SweepCounts): SweepCounts => {
  const sum = { ...a };
  for (const name of Object.keys(b) as (keyof SweepCounts)[]) sum[name] += b[name];
  return sum;
};
