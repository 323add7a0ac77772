/** The sign of each state of a window, told apart without its colour: a path in a field of 14 × 14, drawn every 17 px. */
import type { WindowState } from './window-cells.ts';

export const CELL_PITCH = 17;

const SQUARE = 'M1 1h12v12h-12z';

/** Cut out of the square, as the paths are filled by even and odd. */
const PATHS: Readonly<Record<WindowState, string>> = {
  queued: `${SQUARE}M2.5 2.5h9v9h-9z`,
  working: `${SQUARE}M2.5 2.5h9v9h-9zM4.5 7h5v3h-5z`,
  done: SQUARE,
  failed: `${SQUARE}M3.5 5l1.5-1.5 2 2 2-2 1.5 1.5-2 2 2 2-1.5 1.5-2-2-2 2-1.5-1.5 2-2z`,
  cancelled: `${SQUARE}M2.5 2.5h9v9h-9zM4 6h6v2h-6z`,
};

export const cellPath = (state: WindowState): string => PATHS[state];
