import { type RefObject, useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';

/** A view that fetches what it shows is lower at first than it was. */
const PATIENCE_MILLISECONDS = 5000;
const SIGNS_OF_LIFE = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Scrolls to `top` as soon as the page is high enough, unless somebody does something before that. Returns a function that gives it up. */
const scrollWhenHighEnough = (top: number): (() => void) => {
  const end = new AbortController();
  const growth = new ResizeObserver(() => {
    scrollTo({ top });
    if (Math.abs(scrollY - top) <= 1) end.abort();
  });
  end.signal.addEventListener('abort', () => growth.disconnect());
  growth.observe(document.body);
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => end.abort(), { passive: true, signal: end.signal });
  const timer = setTimeout(() => end.abort(), PATIENCE_MILLISECONDS);
  end.signal.addEventListener('abort', () => clearTimeout(timer));
  return () => end.abort();
};

const addressNow = (): string => location.pathname + location.search;

/** A new view begins at its top, and the keyboard with it; back and forward lead to where it was scrolled to. `main`: around all views. */
export const useFreshStart = (main: RefObject<HTMLElement | null>): void => {
  const [path] = useLocation();
  const search = useSearch();
  const isReturning = useRef(false);
  useEffect(() => {
    /** By address: how far it was scrolled. */
    const seen = new Map<string, number>();
    let giveUp = (): void => undefined;
    const remember = (): void => {
      seen.set(addressNow(), scrollY);
    };
    const goBack = (): void => {
      isReturning.current = true;
      giveUp();
      giveUp = scrollWhenHighEnough(seen.get(addressNow()) ?? 0);
    };
    addEventListener('scroll', remember, { passive: true });
    addEventListener('popstate', goBack);
    return () => {
      removeEventListener('scroll', remember);
      removeEventListener('popstate', goBack);
      giveUp();
    };
  }, []);
  const before = useRef(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: A step back may change the search alone.
  useEffect(() => {
    const wasReturning = isReturning.current;
    isReturning.current = false;
    if (before.current === path) return;
    before.current = path;
    if (!wasReturning) scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
  }, [path, search, main]);
};
