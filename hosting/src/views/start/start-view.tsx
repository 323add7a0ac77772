import { usePageData } from '../../hooks/page-data-context.ts';
import { useReadable } from '../../hooks/use-readable.ts';
import { useAccount } from '../../hooks/use-session.ts';
import { useTitle } from '../../hooks/use-title.ts';
import { Engineers, Limits, Steps } from './about.tsx';
import { Hero } from './hero.tsx';
import { Picture } from './picture.tsx';
import styles from './start-view.module.css';
import { USUAL_LIMITS } from './usual-limits.ts';
import { Work } from './work.tsx';

/** What mdraft does and the place to drop a file; as soon as something is under way, the work. */
export const StartView = () => {
  useTitle('');
  const packages = useReadable(usePageData().uploads.packages);
  const { called } = useAccount();
  const { retentionDays, uploadLimits } = called.state === 'ready' ? called.value : USUAL_LIMITS;
  const [newest] = packages;
  return (
    <div className={styles.view}>
      {newest ? <Work newest={newest} retentionDays={retentionDays} /> : <Hero retentionDays={retentionDays} />}
      <Picture />
      <Steps />
      <div className={styles.pair}>
        <Limits limits={uploadLimits} />
        <Engineers />
      </div>
    </div>
  );
};
