/** Below the fold: how it works, what it reads, and the way in for programs. */
import { Icon } from '../../components/icon.tsx';
import type { Account } from '../../data/account.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './start-view.module.css';

const { how, limits: texts, engineers } = TEXTS.start;

export const Steps = () => (
  <section className={styles.section} aria-labelledby="how-it-works">
    <h2 id="how-it-works">{how.title}</h2>
    <ol className={styles.steps}>
      {how.steps.map(({ title, text }) => (
        <li key={title}>
          <h3>{title}</h3>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  </section>
);

export const Limits = ({ limits }: { limits: Account['uploadLimits'] }) => (
  <section className={styles.section} aria-labelledby="what-it-reads">
    <h2 id="what-it-reads">{texts.title}</h2>
    <table className={styles.limits}>
      <thead>
        <tr>
          <th scope="col">{texts.format}</th>
          <th scope="col">{texts.largest}</th>
        </tr>
      </thead>
      <tbody>
        {(
          [
            [texts.pdf, limits.pdfBytes],
            [texts.office, limits.officeBytes],
            [texts.image, limits.otherBytes],
            [texts.text, limits.textBytes],
          ] as const
        ).map(([format, bytes]) => (
          <tr key={format}>
            <th scope="row">{format}</th>
            <td>{texts.size(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <p className={styles.quiet}>{texts.note}</p>
  </section>
);

export const Engineers = () => (
  <section className={styles.section} aria-labelledby="for-engineers">
    <h2 id="for-engineers">{engineers.title}</h2>
    <p>{engineers.text}</p>
    <code className={styles.code}>{engineers.example}</code>
    <p>
      <a href={engineers.address} className={styles.external}>
        {engineers.link} <Icon name="external" />
      </a>
    </p>
  </section>
);
