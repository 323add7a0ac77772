import type { Run, RunWindow } from '../../../../functions/src/contracts/run.ts';
import { Icon } from '../../components/icon.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { TEXTS } from '../../texts/index.ts';
import { FoundList } from './found-list.tsx';
import { isUnderWay, PHASES, progressOf } from './run-phases.ts';
import styles from './run-progress.module.css';
import { useAnnouncement } from './use-announcement.ts';
import { useFound } from './use-found.ts';
import { WindowGrid } from './window-grid.tsx';

const { run: texts } = TEXTS;
const { progress: words } = texts;

const Steps = ({ state }: Pick<Run, 'state'>) => {
  const now = (PHASES as readonly string[]).indexOf(state);
  return (
    <ol className={styles.steps} aria-label={words.steps}>
      {PHASES.map((phase, at) => (
        <li
          key={phase}
          className={at < now ? styles.past : at === now ? styles.now : styles.coming}
          aria-current={at === now ? 'step' : undefined}
        >
          <span className={styles.sign} aria-hidden="true">
            {at < now && <Icon name="check" />}
          </span>
          {words.phase[phase]}
          {at < now && <span className="visually-hidden"> ({words.isDone})</span>}
        </li>
      ))}
    </ol>
  );
};

/** While a run is under way: where it is, its windows, and what they find. */
export const RunProgress = ({ run, windows }: { run: Run; windows: readonly RunWindow[] }) => {
  const { planned, done, failed, found } = progressOf(run, windows);
  const list = useFound(run.runId, windows);
  const announcement = useAnnouncement(planned === 0 ? '' : words.announced(done, planned, found));
  const waiting = isUnderWay(run.state) ? words.waiting[run.state] : '';
  return (
    <>
      <section className={styles.progress} aria-labelledby="run-progress">
        <h2 id="run-progress" className="visually-hidden">
          {words.title}
        </h2>
        <Steps state={run.state} />
        <ProgressBar share={planned === 0 ? null : (done + failed) / planned} label={words.bar} />
        <p className={styles.counts}>
          {planned > 0 && <span>{words.counts(done, planned)}</span>}
          {failed > 0 && (
            <span className={styles.failed}>
              <Icon name="warning" /> {words.failed(failed)}
            </span>
          )}
          {planned > 0 && <span>{words.found(found)}</span>}
          {waiting !== '' && <span className={styles.waiting}>{waiting}</span>}
        </p>
        <p className="visually-hidden" role="status">
          {announcement}
        </p>
      </section>
      {windows.length > 0 && <WindowGrid windows={windows} documents={run.documents} />}
      {planned > 0 && <FoundList found={list} documents={run.documents} />}
    </>
  );
};
