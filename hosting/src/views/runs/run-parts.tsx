/** What a row of the table and a card show alike. */
import { Link } from 'wouter';
import type { Run } from '../../../../functions/src/contracts/run.ts';
import { Badge } from '../../components/badge.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from '../../components/record-list.module.css';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { coverageOf, hasMatrix, nameOf, progressOf, toneOf, troublesOf } from './describe-run.ts';

const { runs, words } = TEXTS;

interface OfRun {
  run: Run;
}

export const Name = ({ run }: OfRun) => (
  <Link
    href={linkTo.run(run.runId)}
    className={styles.name}
    title={run.documents.map(({ fileName }) => fileName).join('\n')}
  >
    {nameOf(run)}
  </Link>
);

/** Below the name: how far it is, and what it lacks. */
export const Remarks = ({ run }: OfRun) => {
  const progress = progressOf(run);
  const troubles = troublesOf(run);
  if (progress === null && troubles.length === 0) return null;
  return (
    <div className={styles.under}>
      {progress && (
        <>
          {progress.text !== '' && <span>{progress.text}</span>}
          <ProgressBar share={progress.share} label={runs.progress(nameOf(run))} />
        </>
      )}
      {troubles.map((trouble) => (
        <span key={trouble} className={run.state === 'failed' ? styles.bad : styles.warn}>
          {trouble}
        </span>
      ))}
    </div>
  );
};

export const State = ({ run: { state } }: OfRun) => <Badge tone={toneOf(state)}>{words.runState[state]}</Badge>;

export const Coverage = ({ run }: OfRun) => {
  const coverage = coverageOf(run);
  if (coverage === null) return runs.unknown;
  return <span className={coverage.isClosed ? styles.good : styles.warn}>{coverage.text}</span>;
};

export const Actions = ({ run }: OfRun) => (
  <div className={styles.actions}>
    <ButtonLink look="quiet" to={linkTo.run(run.runId)}>
      {runs.overview} <span className="visually-hidden">{runs.ofName(nameOf(run))}</span>
    </ButtonLink>
    {hasMatrix(run) && (
      <ButtonLink look="quiet" icon="table" to={linkTo.matrix(run.runId)}>
        {runs.matrix} <span className="visually-hidden">{runs.ofName(nameOf(run))}</span>
      </ButtonLink>
    )}
  </div>
);
