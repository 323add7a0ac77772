import type { Run } from '../../../../functions/src/contracts/run.ts';
import styles from '../../components/record-list.module.css';
import { TEXTS } from '../../texts/index.ts';
import { Actions, Coverage, Name, Remarks, State } from './run-parts.tsx';

const { runs, words } = TEXTS;
const { columns } = runs;

const rowsOf = ({ rows }: Run): string => (rows === undefined ? runs.unknown : words.count(rows));

/** Where there is room for it. */
export const RunTable = ({ all }: { all: readonly Run[] }) => (
  <div className={styles.scroll}>
    <table className={styles.table}>
      <caption className="visually-hidden">{runs.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.documents}</th>
          <th scope="col">{columns.state}</th>
          <th scope="col" className={styles.number}>
            {columns.rows}
          </th>
          <th scope="col">{columns.coverage}</th>
          <th scope="col">{columns.created}</th>
          <th scope="col">
            <span className="visually-hidden">{columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {all.map((run) => (
          <tr key={run.runId}>
            <th scope="row">
              <Name run={run} />
              <Remarks run={run} />
            </th>
            <td>
              <State run={run} />
            </td>
            <td className={styles.number}>{rowsOf(run)}</td>
            <td>
              <Coverage run={run} />
            </td>
            <td className={styles.moment}>{words.moment(run.createdAt)}</td>
            <td>
              <Actions run={run} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Where a table would be squeezed. */
export const RunCards = ({ all }: { all: readonly Run[] }) => (
  <ul className={styles.cards} aria-label={runs.caption}>
    {all.map((run) => (
      <li key={run.runId} className={styles.card}>
        <div className={styles.cardHead}>
          <div className={styles.cardTitle}>
            <h2>
              <Name run={run} />
            </h2>
            <State run={run} />
            <Remarks run={run} />
          </div>
        </div>
        <dl className={styles.facts}>
          <div>
            <dt>{columns.rows}</dt>
            <dd>{rowsOf(run)}</dd>
          </div>
          <div>
            <dt>{columns.coverage}</dt>
            <dd>
              <Coverage run={run} />
            </dd>
          </div>
          <div>
            <dt>{columns.created}</dt>
            <dd>{words.moment(run.createdAt)}</dd>
          </div>
        </dl>
        <Actions run={run} />
      </li>
    ))}
  </ul>
);
