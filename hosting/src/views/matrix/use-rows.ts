import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import { type LoadedRows, loadRows, waitSeconds } from '../../data/rows.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useBackOnline } from '../../hooks/use-online.ts';
import { rowsVersion } from './rows-version.ts';

const NONE: LoadedRows = { rows: [], state: 'loading' };

/**
 * The rows of a run, beginning with the first page; null while the run has none. When they are replaced, the old ones stay until the
 * first of the new ones are there.
 */
export const useRows = (run: RunView): { loaded: LoadedRows | null; again: () => void } => {
  const { api } = usePageData();
  const { runId } = run;
  const before = useRef<string | null>(null);
  const version = rowsVersion(run, before.current);
  useEffect(() => {
    before.current = version;
  }, [version]);
  const [tries, setTries] = useState(0);
  const [told, setTold] = useState<{ runId: string; loaded: LoadedRows }>({ runId, loaded: NONE });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` begins it anew.
  useEffect(() => {
    if (version === null) return;
    const gone = new AbortController();
    void loadRows({ api, wait: waitSeconds }, runId, (loaded) => setTold({ runId, loaded }), gone.signal);
    return () => gone.abort();
  }, [api, runId, version, tries]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  useBackOnline(told.loaded.state === 'failed' && told.loaded.problem?.kind === 'offline', again);
  if (version === null) return { loaded: null, again };
  return { loaded: told.runId === runId ? told.loaded : NONE, again };
};
