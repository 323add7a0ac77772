import { type RefObject, useEffect, useState } from 'react';

const rootFontSize = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** In pixels: heights given in rem follow the reader's size of text. */
export const useRemPixels = (): number => useState(rootFontSize)[0];

const useSize = (element: RefObject<HTMLElement | null>, sizeOf: (entry: ResizeObserverEntry) => number) => {
  const [size, setSize] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The element may be another, or gone, after any drawing; observing the same again costs nothing.
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const observer = new ResizeObserver(([entry]) => entry && setSize(sizeOf(entry)));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element.current]);
  return size;
};

const widthInRem = ({ contentRect }: ResizeObserverEntry): number => contentRect.width / rootFontSize();
const heightInPixels = ({ borderBoxSize: [box] }: ResizeObserverEntry): number => Math.round(box?.blockSize ?? 0);

/** Inside of the element, in rem; null until it is measured. */
export const useElementWidth = (element: RefObject<HTMLElement | null>): number | null => useSize(element, widthInRem);

/** With its padding and border, in pixels. */
export const useElementHeight = (element: RefObject<HTMLElement | null>): number =>
  useSize(element, heightInPixels) ?? 0;
