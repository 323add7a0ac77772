import { useState } from 'react';
import { ButtonLink } from '../../components/button.tsx';
import { NobodyPanel } from '../../components/nobody-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { useLive } from '../../hooks/use-live.ts';
import { useAccount, useSession } from '../../hooks/use-session.ts';
import { useTitle } from '../../hooks/use-title.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { RunCards, RunTable } from './run-table.tsx';

const { runs } = TEXTS;

const MOST = 100;

const NoRuns = () => (
  <StatePanel
    icon="table"
    title={runs.empty.title}
    actions={
      <ButtonLink look="primary" to={linkTo.documents()}>
        {runs.empty.toDocuments}
      </ButtonLink>
    }
  >
    <p>{runs.empty.text}</p>
  </StatePanel>
);

const ListOf = ({ orgId }: { orgId: string }) => {
  const { live } = usePageData();
  const isNarrow = useIsNarrow();
  const [tries, setTries] = useState(0);
  const list = useLive(`${orgId} ${tries}`, live.runs(orgId, MOST));
  if (list.state === 'loading') return <Skeleton lines={6} />;
  if (list.state === 'failed') return <ProblemPanel problem={list.problem} again={() => setTries(tries + 1)} />;
  const { value: all, isStale } = list;
  return (
    <>
      <StaleNotice isStale={isStale} />
      {all.length === 0 && <NoRuns />}
      {all.length > 0 && (isNarrow ? <RunCards all={all} /> : <RunTable all={all} />)}
      {all.length === MOST && <p>{runs.most(MOST)}</p>}
    </>
  );
};

const OfSomebody = () => {
  const { called, again } = useAccount();
  if (called.state === 'failed') return <ProblemPanel problem={called.problem} again={again} />;
  return called.state === 'loading' ? <Skeleton lines={6} /> : <ListOf orgId={called.value.orgId} />;
};

/** Every analysis, the newest first. */
export const RunsView = () => {
  useTitle(runs.title);
  const session = useSession();
  return (
    <>
      <PageHeader title={runs.title} />
      {session.state === 'restoring' && <Skeleton lines={6} />}
      {session.state === 'nobody' && <NobodyPanel />}
      {'uid' in session && <OfSomebody />}
    </>
  );
};
