import { Link } from 'wouter';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import { ExportMenu } from '../../components/export-menu.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { missingInWords, readMissing } from '../run/missing-parts.ts';
import { nameOf } from '../runs/describe-run.ts';
import styles from './matrix-view.module.css';

const { matrix, words } = TEXTS;

const Coverage = ({ run: { runId, coverage, rows } }: { run: RunView }) => (
  <>
    {rows !== undefined && <span>{words.plural(rows, 'row', 'rows')}</span>}
    {coverage && (
      <Link href={linkTo.run(runId)} title={matrix.coverageHint}>
        {matrix.coverage(
          words.count(coverage.sentences),
          words.count(coverage.inMatrix),
          words.count(coverage.excluded),
          words.count(coverage.unresolved),
        )}
      </Link>
    )}
  </>
);

/** Which package this is, what its ledger says, and its files. `hasRows`: there is something to export. */
export const MatrixHeader = ({ run, hasRows }: { run: RunView; hasRows: boolean }) => (
  <PageHeader
    above={<Link href={linkTo.run(run.runId)}>{nameOf(run)}</Link>}
    title={matrix.title}
    below={<Coverage run={run} />}
    actions={hasRows && <ExportMenu runId={run.runId} rows={run.rows} />}
  />
);

/** What a partial run lacks, and where it is tried again. */
export const PartialNote = ({ run }: { run: RunView }) => {
  const { runId, state } = run;
  if (state !== 'partial') return null;
  const read = readMissing(run);
  const parts = [read.windows > 0 ? matrix.missingWindows(read.windows) : '', ...missingInWords(read)];
  return (
    <p className={styles.partial}>
      <strong>{matrix.partial}</strong> {parts.filter(Boolean).join(' ')}{' '}
      <Link href={linkTo.run(runId)}>{matrix.retryThere}</Link>
    </p>
  );
};
