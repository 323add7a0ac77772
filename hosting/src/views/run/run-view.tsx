/** A run: how far it is, what it has found, what could not be read, and where every sentence went. */
import { useParams } from 'wouter';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { Problem } from '../../data/problem.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useLive } from '../../hooks/use-live.ts';
import { useAccount, useSession } from '../../hooks/use-session.ts';
import { useTitle } from '../../hooks/use-title.ts';
import { TEXTS } from '../../texts/index.ts';
import { RunDetails } from './run-details.tsx';
import { needsWindows } from './run-phases.ts';

const { problems, run: texts } = TEXTS;

const SIGNED_OUT: Problem = { kind: 'signedOut', message: problems.signedOut, reason: 'SIGNED_OUT' };
const NOT_HERE: Problem = { kind: 'notHere', message: problems.notHere, reason: 'NOT_HERE' };

/** In place of the view; the heading is there for those who move by headings. */
const Instead = ({ problem, again }: { problem: Problem; again?: () => void }) => (
  <>
    <h1 className="visually-hidden">{texts.header.title}</h1>
    <ProblemPanel problem={problem} again={again} />
  </>
);

const Loading = () => (
  <>
    <h1 className="visually-hidden">{texts.header.title}</h1>
    <Skeleton lines={6} />
  </>
);

const OfOrganisation = ({ orgId, runId }: { orgId: string; runId: string }) => {
  const { live } = usePageData();
  const run = useLive(`${orgId}/${runId}`, live.run(orgId, runId));
  const value = run.state === 'ready' ? run.value : null;
  const asksWindows = value !== null && needsWindows(value);
  const windows = useLive(`${orgId}/${runId}/windows`, asksWindows ? live.windows(orgId, runId) : null);
  if (run.state === 'loading') return <Loading />;
  if (run.state === 'failed') return <Instead problem={run.problem} />;
  if (value === null) return <Instead problem={NOT_HERE} />;
  return (
    <RunDetails
      run={value}
      windows={asksWindows && windows.state === 'ready' ? windows.value : []}
      isStale={run.isStale}
    />
  );
};

export const RunView = () => {
  const { runId = '' } = useParams();
  const session = useSession();
  const { called, again } = useAccount();
  useTitle(texts.header.title);
  if (session.state === 'nobody') return <Instead problem={SIGNED_OUT} />;
  if (called.state === 'loading') return <Loading />;
  if (called.state === 'failed') return <Instead problem={called.problem} again={again} />;
  return <OfOrganisation orgId={called.value.orgId} runId={runId} />;
};
