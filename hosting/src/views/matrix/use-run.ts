import { useCallback } from 'react';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import type { Problem } from '../../data/problem.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useCall } from '../../hooks/use-call.ts';
import { useLive } from '../../hooks/use-live.ts';
import { useAccount, useSession } from '../../hooks/use-session.ts';
import { TEXTS } from '../../texts/index.ts';

export type WatchedRun =
  | { state: 'loading' }
  | { state: 'failed'; problem: Problem }
  | { state: 'ready'; run: RunView };

const { problems } = TEXTS;
const SIGNED_OUT: Problem = { kind: 'signedOut', message: problems.signedOut, reason: 'SIGNED_OUT' };
const GONE: Problem = { kind: 'notHere', message: problems.notHere, reason: 'NOT_HERE' };

/** The API answers first; what the database tells as soon as it is there is newer. */
export const useRun = (runId: string): { watched: WatchedRun; again: () => void } => {
  const { api, live } = usePageData();
  const session = useSession();
  const isSomebody = session.state === 'visitor' || session.state === 'member';
  const { called: account } = useAccount();
  const { called, again } = useCall(
    `${session.state} ${runId}`,
    isSomebody ? async (signal) => (await api.getRun({ runId }, { signal })).run : null,
  );
  const orgId = account.state === 'ready' ? account.value.orgId : null;
  const listened = useLive(`${orgId} ${runId}`, orgId === null ? null : live.run(orgId, runId));
  const watched = useCallback((): WatchedRun => {
    if (session.state === 'nobody') return { state: 'failed', problem: SIGNED_OUT };
    if (called.state !== 'ready') return called;
    if (listened.state !== 'ready') return { state: 'ready', run: called.value };
    const { value } = listened;
    return value === null || value.deletedAt ? { state: 'failed', problem: GONE } : { state: 'ready', run: value };
  }, [session.state, called, listened]);
  return { watched: watched(), again };
};
