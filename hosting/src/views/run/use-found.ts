import { useEffect, useState } from 'react';
import type { RunWindow } from '../../../../functions/src/contracts/run.ts';
import { createFoundList, type Found, type FoundList } from '../../data/findings.ts';
import { usePageData } from '../../hooks/page-data-context.ts';

const NOTHING: Found = { items: [], batch: 0, problem: null };

/** What has been found since the view was opened, and a little of what was before. `windows`: as they are now. */
export const useFound = (runId: string, windows: readonly RunWindow[]): Found => {
  const { api } = usePageData();
  const [list, setList] = useState<FoundList | null>(null);
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    const made = createFoundList(api, runId);
    const stopReading = made.found.subscribe(() => setFound(made.found.get()));
    setFound(NOTHING);
    setList(made);
    return () => {
      stopReading();
      made.stop();
    };
  }, [api, runId]);
  useEffect(() => list?.offer(windows), [list, windows]);
  return found;
};
