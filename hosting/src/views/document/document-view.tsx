import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import type { Problem } from '../../data/problem.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useLive } from '../../hooks/use-live.ts';
import { useAccount, useSession } from '../../hooks/use-session.ts';
import { useTitle } from '../../hooks/use-title.ts';
import { TEXTS } from '../../texts/index.ts';
import { useOpenedDocument } from '../../viewer/use-opened-document.ts';
import { isReadable, newestRuns } from '../documents/describe-document.ts';
import { DocumentHeader } from './document-header.tsx';
import { DocumentSides } from './document-sides.tsx';
import styles from './document-view.module.css';
import { NOT_HERE, SIGNED_OUT } from './problems-of-view.ts';
import { UnreadDocument } from './unread-document.tsx';

const { document } = TEXTS;

/** Among which its analysis is looked for. */
const MOST_RUNS = 50;

/** In place of the view; the heading is there for those who move by headings. */
const Instead = ({ children }: { children: ReactNode }) => (
  <>
    <h1 className="visually-hidden">{document.untitled}</h1>
    {children}
  </>
);

const Loading = () => (
  <Instead>
    <Skeleton lines={12} />
  </Instead>
);

const Failed = ({ problem, again }: { problem: Problem; again?: () => void }) => (
  <Instead>
    <ProblemPanel problem={problem} again={again} />
  </Instead>
);

const ReadyDocument = ({ conversion, runId }: { conversion: Conversion; runId: string | undefined }) => {
  const { conversionId } = conversion;
  const { called, again } = useOpenedDocument(conversionId);
  if (called.state === 'ready') return <DocumentSides conversion={conversion} document={called.value} runId={runId} />;
  return (
    <>
      <DocumentHeader conversion={conversion} runId={runId} />
      {called.state === 'failed' ? <ProblemPanel problem={called.problem} again={again} /> : <Skeleton lines={12} />}
    </>
  );
};

const KnownDocument = ({ orgId, conversionId }: { orgId: string; conversionId: string }) => {
  const { live } = usePageData();
  const told = useLive(`${orgId} ${conversionId}`, live.conversion(orgId, conversionId));
  const runs = useLive(orgId, live.runs(orgId, MOST_RUNS));
  const conversion = told.state === 'ready' ? told.value : null;
  if (told.state === 'failed') return <Failed problem={told.problem} />;
  if (told.state === 'loading') return <Loading />;
  if (!conversion || conversion.deletedAt !== undefined) return <Failed problem={NOT_HERE} />;
  return (
    <>
      <StaleNotice isStale={told.isStale} />
      {isReadable(conversion) ? (
        <ReadyDocument
          conversion={conversion}
          runId={runs.state === 'ready' ? newestRuns(runs.value).get(conversionId) : undefined}
        />
      ) : (
        <UnreadDocument conversion={conversion} />
      )}
    </>
  );
};

/** The original beside its Markdown; before that, how far its conversion is. */
export const DocumentView = () => {
  const { conversionId = '' } = useParams<{ conversionId: string }>();
  const session = useSession();
  const { called, again } = useAccount();
  useTitle(document.untitled);
  return (
    <div data-wide className={styles.view}>
      {session.state === 'nobody' && <Failed problem={SIGNED_OUT} />}
      {session.state !== 'nobody' && called.state === 'loading' && <Loading />}
      {session.state !== 'nobody' && called.state === 'failed' && <Failed problem={called.problem} again={again} />}
      {called.state === 'ready' && (
        <KnownDocument key={conversionId} orgId={called.value.orgId} conversionId={conversionId} />
      )}
    </div>
  );
};
