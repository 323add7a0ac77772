/** Every few minutes: finds the work that a crash, a lost event or a lost task left behind, and sets it going again. */
import type { PipelineDeps } from '../pipeline-deps.ts';
import { sweepConversions } from './conversions.ts';
import { sweepRuns } from './runs.ts';
import type { SweepCounts } from './sweep-counts.ts';

export interface SweepOptions {
  /** Most items of each kind in one sweep; the longest overdue come first. Default 200. */
  limit?: number;
}

export interface SweepReport {
  conversions: SweepCounts;
  runs: SweepCounts;
}

const USUAL_LIMIT = 200;

/** Trouble with one half does not keep the other from being done. @throws AppError STATE_UNAVAILABLE. */
export const sweep = async (deps: PipelineDeps, { limit = USUAL_LIMIT }: SweepOptions = {}): Promise<SweepReport> => {
  const [conversions, runs] = await Promise.allSettled([sweepConversions(deps, limit), sweepRuns(deps, limit)]);
  if (conversions.status === 'rejected') throw conversions.reason;
  if (runs.status === 'rejected') throw runs.reason;
  for (const [kind, counts] of Object.entries({ conversions: conversions.value, runs: runs.value })) {
    if (counts.due === 0) continue;
    const severity = counts.errors + counts.givenUp > 0 ? 'WARNING' : 'INFO';
    deps.logger.log(severity, 'The sweep found work that was left behind.', { kind, items: counts.due });
  }
  return { conversions: conversions.value, runs: runs.value };
};
