import { useCallback, useEffect, useMemo, useState } from 'react';
import type { BlockLookup } from './block-lookup.ts';
import { locateTarget, type Place } from './locate-target.ts';
import type { SourceTarget } from './source-target.ts';

/** Who chose: that side stays where it is, every other one goes there. */
export type Chooser = 'original' | 'markdown' | 'outside';

export interface Selection {
  place: Place;
  chooser: Chooser;
  /** Chosen by its number, after the place: what is marked stays marked. */
  pageNumber: number | null;
  /** Grows with every choice, so that choosing the same again goes there again. */
  turn: number;
}

/** The one place that both sides show. `target` is taken anew when what it names changes. */
export const useSelection = (
  lookup: BlockLookup,
  markdown: string,
  target: SourceTarget,
  tell?: (blockId: string) => void,
): {
  selection: Selection;
  select: (blockId: string, chooser: Chooser) => void;
  /** By the original, which has gone there. */
  selectPage: (pageNumber: number) => void;
} => {
  const named = JSON.stringify(target);
  const aimed = useMemo(
    () => locateTarget(lookup, markdown, JSON.parse(named) as SourceTarget),
    [lookup, markdown, named],
  );
  const [selection, setSelection] = useState<Selection>({
    place: aimed,
    chooser: 'outside',
    pageNumber: null,
    turn: 0,
  });
  useEffect(() => {
    setSelection((before) =>
      // What was chosen here comes back by the address.
      aimed.range === null && aimed.blockId !== null && aimed.blockId === before.place.blockId
        ? before
        : { place: aimed, chooser: 'outside', pageNumber: null, turn: before.turn + 1 },
    );
  }, [aimed]);
  const select = useCallback(
    (blockId: string, chooser: Chooser) => {
      const place = locateTarget(lookup, markdown, { blockId });
      setSelection(({ turn }) => ({ place, chooser, pageNumber: null, turn: turn + 1 }));
      tell?.(blockId);
    },
    [lookup, markdown, tell],
  );
  const selectPage = useCallback(
    (pageNumber: number) =>
      setSelection(({ place, turn }) => ({ place, chooser: 'original', pageNumber, turn: turn + 1 })),
    [],
  );
  return { selection, select, selectPage };
};
