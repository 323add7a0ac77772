import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TEXTS } from '../../texts/index.ts';
import type { LedgerRow } from './ledger-bars.ts';
import styles from './ledger-picture.module.css';
import { LedgerRowPicture } from './ledger-row-picture.tsx';
import type { Selection } from './ledger-selection.ts';
import { useWidth } from './use-width.ts';

const { ledger } = TEXTS.run;
const FIRST_DOCUMENTS = 20;

export const LedgerPicture = ({
  rows,
  selection,
  choose,
}: {
  rows: readonly LedgerRow[];
  selection: Selection;
  choose: (next: Selection) => void;
}) => {
  const { ref, width } = useWidth<HTMLDivElement>();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, FIRST_DOCUMENTS);
  return (
    <div ref={ref} className={styles.picture}>
      {width > 0 &&
        shown.map((row) => (
          <LedgerRowPicture key={row.documentId} row={row} width={width} selection={selection} choose={choose} />
        ))}
      {shown.length < rows.length && (
        <Button onClick={() => setWhole(true)}>{ledger.moreDocuments(rows.length - shown.length)}</Button>
      )}
    </div>
  );
};
