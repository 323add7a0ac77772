import { Icon } from '../../components/icon.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './start-view.module.css';

const { start } = TEXTS;

/** What happens to a file. */
export const Promises = ({ retentionDays }: { retentionDays: number }) => (
  <section className={styles.promises} aria-labelledby="promises">
    <h2 id="promises" className="visually-hidden">
      {start.promises.title}
    </h2>
    <ul>
      {[start.promises.noAccount, start.promises.private, start.promises.kept(retentionDays)].map((promise) => (
        <li key={promise}>
          <Icon name="check" />
          {promise}
        </li>
      ))}
    </ul>
  </section>
);
