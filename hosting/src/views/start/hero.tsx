import { Link } from 'wouter';
import { DropZone } from '../../components/drop-zone.tsx';
import { useSession } from '../../hooks/use-session.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { Promises } from './promises.tsx';
import { SampleButton } from './sample-button.tsx';
import styles from './start-view.module.css';

const { start } = TEXTS;

export const Hero = ({ retentionDays }: { retentionDays: number }) => {
  const { state } = useSession();
  return (
    <div className={styles.hero}>
      <div className={styles.words}>
        <h1>{start.headline}</h1>
        <p className={styles.lead}>{start.lead}</p>
      </div>
      <div className={styles.begin}>
        <DropZone look="hero" />
        <SampleButton />
        {(state === 'visitor' || state === 'member') && (
          <p className={styles.returning}>
            {start.returning} <Link href={linkTo.documents()}>{start.yourDocuments}</Link>
          </p>
        )}
      </div>
      <div className={styles.promisesPlace}>
        <Promises retentionDays={retentionDays} />
      </div>
    </div>
  );
};
