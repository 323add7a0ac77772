import { useEffect } from 'react';
import { loadAllViews } from '../views/load-views.ts';
import { useSession } from './use-session.ts';

/** What is being opened now goes first. */
const PATIENCE_MS = 2000;

/** Loads the other views while somebody looks at the first; a stranger who only looks at the start page is sent none of them. */
export const useViewsAtHand = (): void => {
  const isSomebody = 'uid' in useSession();
  useEffect(() => {
    if (!isSomebody) return;
    const timer = setTimeout(() => void loadAllViews(), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isSomebody]);
};
