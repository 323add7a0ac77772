/** A bar on the terminal: one line, drawn over, gone when the work is done. */
import type { CliDeps } from './deps.ts';

export interface ProgressState {
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
  unit: string;
}

export interface Progress {
  update(state: ProgressState): void;
  clear(): void;
}

const BAR_WIDTH = 24;
const REDRAW_MS = 80;
/** Short work shows no bar at all: it would only flicker. */
const QUIET_MS = 250;

/** The line for a state, no wider than the terminal. */
export const progressLine = ({ label, done, total, unit }: ProgressState, columns: number): string => {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const figures = total > 0 ? `${done}/${total} ${unit}` : '';
  const room = columns - BAR_WIDTH - figures.length - 5;
  const short = label.length > room ? `${label.slice(0, Math.max(0, room - 1))}…` : label;
  return `${short}  ${bar}  ${figures}`.slice(0, columns - 1);
};

const NO_PROGRESS: Progress = { update: () => undefined, clear: () => undefined };

const createProgress = (stderr: { write(text: string): void }, columns: number, elapsedMs: () => number): Progress => {
  const started = elapsedMs();
  let drawn: number | null = null;
  return {
    update(state) {
      const now = elapsedMs();
      if (now - started < QUIET_MS || (drawn !== null && now - drawn < REDRAW_MS)) return;
      drawn = now;
      stderr.write(`\r${progressLine(state, columns)}\u001b[K`);
    },
    clear() {
      if (drawn !== null) stderr.write('\r\u001b[K');
      drawn = null;
    },
  };
};

/** A bar where somebody sees it: on a terminal, unless told to be quiet. */
export const progressOf = (
  request: { quiet: boolean },
  deps: Pick<CliDeps, 'stderr' | 'terminalColumns' | 'elapsedMs'>,
) =>
  request.quiet || deps.terminalColumns === null
    ? NO_PROGRESS
    : createProgress(deps.stderr, deps.terminalColumns, deps.elapsedMs);
