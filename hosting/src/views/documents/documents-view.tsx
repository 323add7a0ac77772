import { useState } from 'react';
import { Link } from 'wouter';
import type { Run } from '../../../../functions/src/contracts/run.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { NobodyPanel } from '../../components/nobody-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { UploadList } from '../../components/upload-list.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useLive } from '../../hooks/use-live.ts';
import { useAccount, useSession } from '../../hooks/use-session.ts';
import { useTitle } from '../../hooks/use-title.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { DocumentList } from './document-list.tsx';
import styles from './documents-view.module.css';

const { documents } = TEXTS;

const MOST = 200;
const MOST_RUNS = 100;
const NO_RUNS: readonly Run[] = [];

const NoDocuments = () => (
  <StatePanel icon="document" title={documents.empty.title}>
    <p>{documents.empty.text}</p>
    <p>
      <Link href={linkTo.start()}>{documents.empty.sample}</Link>
    </p>
  </StatePanel>
);

const ListOf = ({ orgId }: { orgId: string }) => {
  const { live } = usePageData();
  const [tries, setTries] = useState(0);
  const list = useLive(`${orgId} ${tries}`, live.conversions(orgId, MOST));
  // For links, and for what goes with a document: without it the list is as good.
  const listed = useLive(orgId, live.runs(orgId, MOST_RUNS));
  const runs = listed.state === 'ready' ? listed.value : NO_RUNS;
  if (list.state === 'loading') return <Skeleton lines={6} />;
  if (list.state === 'failed') return <ProblemPanel problem={list.problem} again={() => setTries(tries + 1)} />;
  return (
    <>
      <StaleNotice isStale={list.isStale} />
      {list.value.length === 0 ? <NoDocuments /> : <DocumentList all={list.value} runs={runs} most={MOST} />}
    </>
  );
};

const OfSomebody = () => {
  const { called, again } = useAccount();
  if (called.state === 'failed') return <ProblemPanel problem={called.problem} again={again} />;
  return called.state === 'loading' ? <Skeleton lines={6} /> : <ListOf orgId={called.value.orgId} />;
};

/** Everything that was uploaded, the newest first. */
export const DocumentsView = () => {
  useTitle(documents.title);
  const session = useSession();
  return (
    <>
      <PageHeader title={documents.title} />
      <div className={styles.uploads}>
        <DropZone look="slim" />
        <UploadList isBrief />
      </div>
      {session.state === 'restoring' && <Skeleton lines={6} />}
      {session.state === 'nobody' && <NobodyPanel />}
      {'uid' in session && <OfSomebody />}
    </>
  );
};
