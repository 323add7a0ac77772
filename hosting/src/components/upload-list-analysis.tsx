import { missingNames, type Package, stateOf } from '../data/uploads/package.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import { Button, ButtonLink } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { ProgressBar } from './progress-bar.tsx';
import styles from './upload-list.module.css';

const { analysis: texts, list } = TEXTS.uploads;

const wordsOf = (shown: Package): string => {
  const { analysis, files } = shown;
  switch (analysis.name) {
    case 'waiting': {
      if (files.some(({ step }) => step.name === 'lost')) return texts.heldLost;
      const isHeld = files.length > 1 && files.some(({ step }) => step.name === 'failed' && step.mayRetry);
      return isHeld ? texts.held : texts.waiting;
    }
    case 'asking':
      return texts.asking;
    case 'running': {
      const { state, progress } = analysis;
      if (state === 'analyzing') return texts.windows(progress.done + progress.failed, progress.planned);
      return state in texts.states ? texts.states[state as keyof typeof texts.states] : texts.asking;
    }
    case 'done': {
      const missing = missingNames(shown);
      if (missing.length > 0) return texts.without(analysis.rows, missing);
      return analysis.isPartial ? texts.partial(analysis.rows) : texts.done(analysis.rows);
    }
    case 'failed':
      return analysis.problem.message;
  }
};

const shareOf = ({ analysis }: Package): number | null => {
  if (analysis.name !== 'running') return null;
  const { done, failed, planned } = analysis.progress;
  return analysis.state === 'analyzing' && planned > 0 ? (done + failed) / planned : null;
};

const SIGN_OF: Readonly<Record<Package['analysis']['name'], IconName>> = {
  waiting: 'table',
  asking: 'table',
  running: 'table',
  done: 'check',
  failed: 'warning',
};

/** What a package is for, and so the first thing on its card. Not shown for one of which nothing could be read. */
export const AnalysisRow = ({ shown }: { shown: Package }) => {
  const { uploads } = usePageData();
  const { analysis, files, packageId } = shown;
  const isIdle =
    analysis.name === 'waiting' &&
    files.every(({ step }) => step.name === 'failed' || step.name === 'lost' || step.name === 'duplicate');
  if (isIdle && (stateOf(shown) === 'failed' || files.length === 1)) return null;
  const isUnderWay = analysis.name === 'asking' || analysis.name === 'running';
  const isBad = analysis.name === 'failed';
  return (
    <div className={`${styles.file} ${styles.analysis}`}>
      <span className={`${styles.sign} ${isBad ? styles.bad : ''} ${analysis.name === 'done' ? styles.good : ''}`}>
        <Icon name={SIGN_OF[analysis.name]} />
      </span>
      <div className={styles.words}>
        <p className={styles.name}>{texts.name}</p>
        <p className={`${styles.state} ${isBad ? styles.bad : ''}`} role={isBad ? 'alert' : undefined}>
          {wordsOf(shown)}
        </p>
      </div>
      <div className={`${styles.actions} ${analysis.name === 'running' ? styles.flush : ''}`}>
        {analysis.name === 'running' && (
          <ButtonLink look="quiet" to={linkTo.run(analysis.runId)}>
            {list.openRun}
          </ButtonLink>
        )}
        {analysis.name === 'done' && (
          <ButtonLink look="primary" icon="table" to={linkTo.matrix(analysis.runId)}>
            {list.openMatrix}
          </ButtonLink>
        )}
        {isBad && (
          <Button icon="retry" onClick={() => uploads.retryAnalysis(packageId)}>
            {list.retry}
          </Button>
        )}
      </div>
      {isUnderWay && (
        <div className={styles.below}>
          <ProgressBar share={shareOf(shown)} label={texts.name} />
        </div>
      )}
    </div>
  );
};
