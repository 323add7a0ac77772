import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { scrollToShow } from '../original/page-geometry.ts';

/** Frames in which a segment is drawn and measured at the latest; as many again must leave everything where it is. */
const MOST_FRAMES = 30;
const QUIET_FRAMES = 3;

/** Goes to something that may not be drawn yet: first to its segment, then, as heights become known, to itself. */
export const useReveal = (box: RefObject<HTMLElement | null>, virtualizer: Virtualizer<HTMLDivElement, Element>) => {
  const frame = useRef(0);
  const stop = useCallback(() => cancelAnimationFrame(frame.current), []);
  useEffect(() => stop, [stop]);
  return useCallback(
    (segment: number, selector: string, { focus = false } = {}): void => {
      stop();
      let [left, quiet] = [MOST_FRAMES, 0];
      let isFocused = !focus;
      const step = (): void => {
        const pane = box.current;
        if (!pane) return;
        const found = pane.querySelector<HTMLElement>(selector);
        const before = pane.scrollTop;
        if (found) {
          const top = found.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientTop;
          const start = pane.scrollTop + top;
          const size = pane.clientHeight;
          const end = start + Math.min(found.offsetHeight, size / 2);
          pane.scrollTop = scrollToShow({ start: pane.scrollTop, size }, { start, end });
          if (!isFocused) found.focus({ preventScroll: true });
          isFocused = true;
        } else {
          const item = virtualizer.measurementsCache[segment];
          const isMounted = virtualizer.getVirtualItems().some(({ index }) => index === segment);
          if (item && !isMounted) pane.scrollTop = item.start;
        }
        quiet = found && Math.abs(pane.scrollTop - before) < 1 ? quiet + 1 : 0;
        left -= 1;
        if (left > 0 && quiet < QUIET_FRAMES) frame.current = requestAnimationFrame(step);
      };
      step();
    },
    [box, virtualizer, stop],
  );
};
