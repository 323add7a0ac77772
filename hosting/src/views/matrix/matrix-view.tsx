import { useParams } from 'wouter';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { useTitle } from '../../hooks/use-title.ts';
import { TEXTS } from '../../texts/index.ts';
import { RowsSkeleton } from './matrix-states.tsx';
import { MatrixWork } from './matrix-work.tsx';
import { useRun } from './use-run.ts';

const { matrix } = TEXTS;

/** The compliance matrix of a run, each row with its source. */
export const MatrixView = () => {
  const { runId = '' } = useParams();
  const { watched, again } = useRun(runId);
  useTitle(matrix.title);
  if (watched.state === 'ready') return <MatrixWork run={watched.run} />;
  return (
    <div data-wide>
      <PageHeader title={matrix.title} />
      {watched.state === 'failed' ? <ProblemPanel problem={watched.problem} again={again} /> : <RowsSkeleton />}
    </div>
  );
};
