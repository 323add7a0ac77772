import { Link } from 'wouter';
import type { Run, RunState } from '../../../../functions/src/contracts/run.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { CancelButton } from './cancel-button.tsx';
import { packageName } from './package-name.ts';
import styles from './run-header.module.css';
import { hasRows, isReady, isUnderWay } from './run-phases.ts';

const { words, run: texts } = TEXTS;

const TONE_OF: Readonly<Record<RunState, Tone>> = {
  queued: 'busy',
  planning: 'busy',
  analyzing: 'busy',
  merging: 'busy',
  completed: 'good',
  partial: 'warn',
  failed: 'bad',
  cancelled: 'neutral',
};

export const RunHeader = ({ run }: { run: Run }) => {
  const { runId, state, documents, createdAt } = run;
  return (
    <div>
      <PageHeader
        above={<Link href={linkTo.runs()}>{texts.header.above}</Link>}
        title={packageName(documents)}
        below={
          <>
            <Badge tone={TONE_OF[state]}>{words.runState[state]}</Badge>
            <span>{texts.header.started(words.moment(createdAt))}</span>
            {run.rows !== undefined && <span>{texts.rows(run.rows)}</span>}
          </>
        }
        actions={
          <>
            {isUnderWay(state) && <CancelButton runId={runId} />}
            {hasRows(run) && (
              <ButtonLink look="primary" icon="table" to={linkTo.matrix(runId)}>
                {texts.header.openMatrix}
              </ButtonLink>
            )}
            {isReady(state) && <ExportMenu runId={runId} />}
          </>
        }
      />
      <ul className={styles.documents} aria-label={texts.header.documents}>
        {documents.map(({ conversionId, fileName }) => (
          <li key={conversionId}>
            <Link href={linkTo.document(conversionId)}>
              {documents.length === 1 ? texts.header.openDocument : fileName}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};
