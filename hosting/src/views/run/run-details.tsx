import type { Run, RunWindow } from '../../../../functions/src/contracts/run.ts';
import { Notice } from '../../components/notice.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { loadLedger } from '../../data/ledger.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useCall } from '../../hooks/use-call.ts';
import { TEXTS } from '../../texts/index.ts';
import { LedgerSection } from './ledger-section.tsx';
import styles from './run-details.module.css';
import { RunEnded } from './run-ended.tsx';
import { RunHeader } from './run-header.tsx';
import { isReady, isUnderWay } from './run-phases.ts';
import { RunProgress } from './run-progress.tsx';
import { RunResult } from './run-result.tsx';
import { UnreadWindows } from './unread-windows.tsx';

const { run: texts } = TEXTS;

const Ready = ({ run, windows }: { run: Run; windows: readonly RunWindow[] }) => {
  const { api } = usePageData();
  const { runId, attempt } = run;
  const hasLedger = run.ledger !== undefined;
  const { called, again } = useCall(
    `${runId}/${attempt}`,
    hasLedger ? (signal) => loadLedger(api, runId, signal) : null,
  );
  const file = called.state === 'ready' ? called.value : null;
  return (
    <>
      <RunResult run={run} />
      <UnreadWindows run={run} windows={windows} parts={file?.parts ?? []} />
      {!hasLedger && <Notice>{texts.ledger.none}</Notice>}
      {hasLedger && called.state === 'loading' && <Skeleton lines={5} />}
      {called.state === 'failed' && <ProblemPanel problem={called.problem} again={again} />}
      {file && <LedgerSection run={run} file={file} />}
    </>
  );
};

export const RunDetails = ({
  run,
  windows,
  isStale,
}: {
  run: Run;
  windows: readonly RunWindow[];
  isStale: boolean;
}) => {
  return (
    <div className={styles.details}>
      <RunHeader run={run} />
      <StaleNotice isStale={isStale} />
      {isUnderWay(run.state) && <RunProgress run={run} windows={windows} />}
      {isReady(run.state) && <Ready run={run} windows={windows} />}
      {(run.state === 'failed' || run.state === 'cancelled') && <RunEnded run={run} windows={windows} />}
    </div>
  );
};
