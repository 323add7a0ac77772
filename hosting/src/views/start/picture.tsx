/** What comes out, in small: rows of the matrix, the page that one of them quotes, and the ledger's account. */
import { Badge } from '../../components/badge.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './picture.module.css';
import viewStyles from './start-view.module.css';

const { get } = TEXTS.start;
const { picture } = get;
const { columns, sheet, ledger } = picture;

const QUOTED_ROW = 'L-011';

const MatrixPart = () => (
  <div className={styles.matrix}>
    <table>
      <caption>{picture.matrixTitle}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.id}</th>
          <th scope="col">{columns.requirement}</th>
          <th scope="col">{columns.section}</th>
          <th scope="col">{columns.actor}</th>
          <th scope="col">{columns.page}</th>
        </tr>
      </thead>
      <tbody>
        {picture.rows.map(({ id, requirement, section, page }) => (
          <tr key={id} className={id === QUOTED_ROW ? styles.quoted : undefined}>
            <th scope="row">{id}</th>
            <td>{requirement}</td>
            <td>{section}</td>
            <td>{picture.actor}</td>
            <td>{page}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const SheetPart = () => (
  <div className={styles.sheet}>
    <p className={styles.sheetName}>{sheet.page}</p>
    <div className={styles.paper}>
      <span className={styles.line} />
      <span className={styles.line} />
      <p className={styles.paperHeading}>{sheet.heading}</p>
      <p>
        {sheet.before}
        <mark>{sheet.quote}</mark>
        {sheet.after}
      </p>
      <span className={styles.line} />
      <span className={styles.line} />
      <span className={styles.line} />
    </div>
    <Badge tone="good">{picture.verified}</Badge>
  </div>
);

const LedgerPart = () => {
  const { inMatrixSentences, excludedSentences, unresolvedSentences } = ledger;
  const total = inMatrixSentences + excludedSentences + unresolvedSentences;
  return (
    <div className={styles.ledger}>
      <p className={styles.ledgerTitle}>
        <strong>{ledger.title}</strong>
        <span>{ledger.total(total)}</span>
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" className={styles.bar} aria-hidden="true" focusable="false">
        <rect width="100" height="4" className={styles.excluded} />
        <rect width={(100 * inMatrixSentences) / total} height="4" className={styles.inMatrix} />
      </svg>
      <ul>
        <li className={styles.keyInMatrix}>{ledger.inMatrix(inMatrixSentences)}</li>
        <li className={styles.keyExcluded}>{ledger.excluded(excludedSentences)}</li>
        <li className={styles.keyUnresolved}>{ledger.unresolved(unresolvedSentences)}</li>
      </ul>
    </div>
  );
};

const POINTS = [
  { title: get.rows, text: get.rowsText },
  { title: get.ledger, text: get.ledgerText },
  { title: get.exports, text: get.exportsText },
];

export const Picture = () => (
  <section className={viewStyles.section} aria-labelledby="what-you-get">
    <h2 id="what-you-get">{get.title}</h2>
    <figure className={styles.picture}>
      <div className={styles.parts}>
        <MatrixPart />
        <SheetPart />
      </div>
      <LedgerPart />
      <figcaption>{picture.caption}</figcaption>
    </figure>
    <ul className={styles.points}>
      {POINTS.map(({ title, text }) => (
        <li key={title}>
          <h3>{title}</h3>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  </section>
);
