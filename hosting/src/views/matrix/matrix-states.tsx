import { Link } from 'wouter';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { messageOf } from '../../data/problem.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { isBusy, progressOf } from '../runs/describe-run.ts';
import styles from './matrix-view.module.css';

const { matrix, words, shell } = TEXTS;

/** A run without rows: it is at work, or it ended without any. */
export const NotReady = ({ run }: { run: RunView }) => {
  const state = words.runState[run.state];
  const progress = progressOf(run);
  const action = (
    <ButtonLink look="primary" to={linkTo.run(run.runId)}>
      {matrix.toRun}
    </ButtonLink>
  );
  if (!isBusy(run.state)) {
    return (
      <StatePanel icon="warning" title={matrix.stoppedTitle} actions={action}>
        <p>{matrix.stopped(state)}</p>
        {run.failure && <p>{messageOf(run.failure)}</p>}
      </StatePanel>
    );
  }
  return (
    <StatePanel icon="clock" title={matrix.workingTitle} actions={action}>
      <p role="status">{matrix.working(state)}</p>
      {progress && (
        <div className={styles.progress}>
          <ProgressBar share={progress.share} label={matrix.progress} />
          {progress.text && <p>{progress.text}</p>}
        </div>
      )}
    </StatePanel>
  );
};

/** The run is whole, and there is not one row. */
export const NoRows = ({ runId }: { runId: string }) => (
  <StatePanel
    icon="table"
    title={matrix.emptyTitle}
    actions={
      <ButtonLink look="primary" to={linkTo.run(runId)}>
        {matrix.toLedger}
      </ButtonLink>
    }
  >
    <p>{matrix.empty}</p>
  </StatePanel>
);

/** A sentence that is searched for in vain may be one that was left out. */
const Excluded = ({ runId, count }: { runId: string; count: number }) => (
  <p>
    {matrix.excludedThere(count)} <Link href={linkTo.run(runId, { show: 'excluded' })}>{matrix.toExcluded}</Link>
  </p>
);

export const NoMatch = ({
  run: { runId, coverage },
  isSearched,
  clear,
}: {
  run: RunView;
  isSearched: boolean;
  clear: () => void;
}) => (
  <StatePanel
    icon="search"
    title={matrix.noMatchTitle}
    actions={
      <Button look="primary" onClick={clear}>
        {matrix.clearFilters}
      </Button>
    }
  >
    <p>{matrix.noMatch}</p>
    {isSearched && coverage && coverage.excluded > 0 && <Excluded runId={runId} count={coverage.excluded} />}
  </StatePanel>
);

const ROWS = 8;

/** Rows in grey, as high as those that come. */
export const RowsSkeleton = () => (
  <div role="status" className={styles.skeleton}>
    <span className="visually-hidden">{shell.loading}</span>
    {Array.from({ length: ROWS }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: They are all the same.
      <span key={row} className={styles.skeletonRow} aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
    ))}
  </div>
);
