/** Whether a run has rows to show, and which. */
import type { RunView } from '../../../../functions/src/contracts/run.ts';

/** Until its new merge begins, a run that is tried again has the rows it had. */
const HELD = 'held';

/**
 * Changes when the rows were replaced; null: there are none yet. `before` is what was answered last: while a run is tried again, that
 * stays.
 */
export const rowsVersion = (
  { state, updatedAt, rows }: Pick<RunView, 'state' | 'updatedAt' | 'rows'>,
  before: string | null,
): string | null => {
  if (state === 'completed' || state === 'partial') return updatedAt;
  return state === 'analyzing' && rows !== undefined ? (before ?? HELD) : null;
};
