import type { Run, RunWindow } from '../../../../functions/src/contracts/run.ts';
import { ButtonLink } from '../../components/button.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { messageOf } from '../../data/problem.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { RetryButton } from './retry-button.tsx';
import { UnreadList } from './unread-windows.tsx';

const { ended, header } = TEXTS.run;

/** Failed or cancelled: what happened, and what to do. */
export const RunEnded = ({
  run: { runId, state, failure, documents, progress },
  windows,
}: {
  run: Run;
  windows: readonly RunWindow[];
}) => {
  const isCancelled = state === 'cancelled';
  return (
    <>
      <StatePanel
        icon={isCancelled ? 'clock' : 'warning'}
        title={isCancelled ? ended.cancelled : ended.failed}
        actions={
          <>
            <RetryButton runId={runId} isPrimary>
              {isCancelled ? ended.goOn : header.retry}
            </RetryButton>
            <ButtonLink to={linkTo.documents()}>{ended.toDocuments}</ButtonLink>
          </>
        }
      >
        <p>{isCancelled ? ended.cancelledText : failure ? messageOf(failure) : ended.unknown}</p>
        {failure && !isCancelled && <p>{ended.reference(failure.reason, runId)}</p>}
      </StatePanel>
      {!isCancelled && <UnreadList windows={windows} documents={documents} planned={progress.planned} parts={[]} />}
    </>
  );
};
