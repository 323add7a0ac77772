/** Windows as cells of a grid: one each, or neighbours together when there are more than can be drawn. */
import type { RunDocument, RunWindow } from '../../../../functions/src/contracts/run.ts';

export const MOST_CELLS = 400;

export type WindowState = RunWindow['state'];

export interface WindowCell {
  /** Numbers in the whole run, from 1. */
  first: number;
  last: number;
  /** The worst that has to be known: failed before working, before what waits, before done. */
  state: WindowState;
  done: number;
  failed: number;
  /** Of a single window that is done. */
  found: number | undefined;
}

export interface WindowGroup {
  documentId: string;
  fileName: string;
  planned: number;
  done: number;
  failed: number;
  cells: WindowCell[];
}

type Drawn = Pick<RunWindow, 'documentId' | 'ordinal' | 'state' | 'findings'>;

const stateOf = (windows: readonly Drawn[]): WindowState => {
  const has = (wanted: WindowState) => windows.some(({ state }) => state === wanted);
  if (has('failed')) return 'failed';
  if (has('working')) return 'working';
  if (has('queued')) return has('done') ? 'working' : 'queued';
  return has('cancelled') ? 'cancelled' : 'done';
};

const countOf = (windows: readonly Drawn[], wanted: WindowState): number =>
  windows.reduce((count, { state }) => count + (state === wanted ? 1 : 0), 0);

const cellOf = (windows: readonly Drawn[]): WindowCell => ({
  first: (windows[0]?.ordinal ?? 0) + 1,
  last: (windows.at(-1)?.ordinal ?? 0) + 1,
  state: stateOf(windows),
  done: countOf(windows, 'done'),
  failed: countOf(windows, 'failed'),
  found: windows.length === 1 ? windows[0]?.findings : undefined,
});

export const windowsPerCell = (windows: number): number => Math.max(1, Math.ceil(windows / MOST_CELLS));

/** `windows` in the order of the plan, which takes one document after the other. */
export const groupWindows = (
  windows: readonly Drawn[],
  documents: readonly Pick<RunDocument, 'documentId' | 'fileName'>[],
): WindowGroup[] => {
  const perCell = windowsPerCell(windows.length);
  const byDocument = Map.groupBy(windows, ({ documentId }) => documentId);
  const nameOf = new Map(documents.map(({ documentId, fileName }) => [documentId, fileName]));
  return [...byDocument].map(([documentId, own]) => {
    const cells: WindowCell[] = [];
    for (let at = 0; at < own.length; at += perCell) cells.push(cellOf(own.slice(at, at + perCell)));
    return {
      documentId,
      fileName: nameOf.get(documentId) ?? documentId,
      planned: own.length,
      done: countOf(own, 'done'),
      failed: countOf(own, 'failed'),
      cells,
    };
  });
};
