import { Button } from '../../components/button.tsx';
import { TEXTS } from '../../texts/index.ts';
import type { LedgerBar, LedgerRow } from './ledger-bars.ts';
import type { Selection } from './ledger-selection.ts';
import styles from './ledger-table.module.css';

const { words, run } = TEXTS;
const { ledger } = run;

const Line = ({ bar, isChosen, choose }: { bar: LedgerBar; isChosen: boolean; choose: (next: Selection) => void }) => (
  <tr className={isChosen ? styles.chosen : undefined}>
    <th scope="row">
      <Button look="quiet" onClick={() => choose({ kind: 'parts', first: bar.first, last: bar.last })}>
        {bar.name}
      </Button>
      {!bar.hasText && <span className={styles.note}>{ledger.noText}</span>}
      {bar.unread && <span className={styles.note}>{ledger.unread}</span>}
    </th>
    <td>{words.count(bar.inMatrix)}</td>
    <td>{words.count(bar.excluded)}</td>
    <td>{words.count(bar.unresolved)}</td>
    <td>{words.count(bar.sentences)}</td>
  </tr>
);

/** The picture in figures: a table for each document. */
export const LedgerTable = ({
  rows,
  selection,
  choose,
}: {
  rows: readonly LedgerRow[];
  selection: Selection;
  choose: (next: Selection) => void;
}) => (
  <div className={styles.tables}>
    {rows.map(({ documentId, fileName, bars }) => (
      <table key={documentId} className={styles.table}>
        <caption>{fileName}</caption>
        <thead>
          <tr>
            <th scope="col">{ledger.table.page}</th>
            <th scope="col">{ledger.kinds.inMatrix}</th>
            <th scope="col">{ledger.kinds.excluded}</th>
            <th scope="col">{ledger.kinds.unresolved}</th>
            <th scope="col">{ledger.table.sentences}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <Line
              key={bar.first}
              bar={bar}
              isChosen={selection.kind === 'parts' && selection.first === bar.first}
              choose={choose}
            />
          ))}
        </tbody>
      </table>
    ))}
  </div>
);
