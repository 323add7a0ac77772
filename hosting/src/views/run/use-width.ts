import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width of an element in whole px, kept up to date; 0 until it is known. */
export const useWidth = <T extends Element>(): { ref: RefObject<T | null>; width: number } => {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (ref.current === null) return;
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watcher.observe(ref.current);
    return () => watcher.disconnect();
  }, []);
  return { ref, width };
};
