import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { DropZone } from '../../components/drop-zone.tsx';
import { UploadList } from '../../components/upload-list.tsx';
import { filesInAll, missingNames, type Package, stateOf } from '../../data/uploads/package.ts';
import { useSession } from '../../hooks/use-session.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { Promises } from './promises.tsx';
import { SampleButton } from './sample-button.tsx';
import styles from './start-view.module.css';

const { work } = TEXTS.start;

/** The page while something is under way, and until it is put away. */
export const Work = ({ newest, retentionDays }: { newest: Package; retentionDays: number }) => {
  const { state } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  // What was clicked to get here is gone: the keyboard goes on at the work. Whoever is elsewhere by now stays there.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  const now = stateOf(newest);
  const missing = now === 'done' ? missingNames(newest) : [];
  const isWithout = missing.length > 0;
  return (
    <div className={styles.work}>
      <div className={styles.under}>
        <header className={styles.workHead}>
          <h1 ref={heading} tabIndex={-1}>
            {isWithout ? work.doneWithout(missing.length, filesInAll(newest)) : work[now]}
          </h1>
          <p className={styles.quiet}>{isWithout ? work.leadWithout(missing) : work.leads[now]}</p>
        </header>
        <UploadList />
      </div>
      <div className={styles.beside}>
        {state === 'visitor' && (
          <p className={styles.keep}>
            {work.keep} <Link href={linkTo.account()}>{work.keepLink}</Link>
          </p>
        )}
        <section className={styles.another} aria-label={work.another}>
          <DropZone />
          {!newest.isSample && <SampleButton />}
        </section>
        <Promises retentionDays={retentionDays} />
      </div>
    </div>
  );
};
