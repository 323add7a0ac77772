import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import type { LedgerRow } from './ledger-bars.ts';
import type { Sentence } from './ledger-contents.ts';
import styles from './ledger-panel.module.css';

const { panel } = TEXTS.run;
const AT_ONCE = 25;

const targetOf = ({ charStart, charEnd, blockId, pageNumber }: Sentence) => ({
  blockId,
  ...(charStart === null ? {} : { from: charStart }),
  ...(charEnd === null ? {} : { to: charEnd }),
  ...(pageNumber === undefined ? {} : { page: pageNumber }),
});

/** Sentences of the ledger, each a link to its place; a long list is shown in parts. */
export const SentenceList = ({
  sentences,
  rows,
  nameOf,
}: {
  sentences: readonly Sentence[];
  rows: readonly LedgerRow[];
  /** Where a sentence stands, in words. */
  nameOf: (sentence: Sentence) => string;
}) => {
  const [most, setMost] = useState(AT_ONCE);
  const conversionOf = new Map(rows.map(({ documentId, conversionId }) => [documentId, conversionId]));
  const more = Math.min(sentences.length - most, 4 * AT_ONCE);
  return (
    <>
      <ul className={styles.sentences}>
        {sentences.slice(0, most).map((sentence) => (
          <li key={`${sentence.documentId} ${sentence.blockId} ${sentence.charStart} ${sentence.text}`}>
            <Link
              href={linkTo.document(conversionOf.get(sentence.documentId) ?? '', targetOf(sentence))}
              className={styles.sentence}
            >
              {sentence.text}
            </Link>
            <span className={styles.place}>{nameOf(sentence)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button look="quiet" onClick={() => setMost(most + more)}>
          {panel.more(more)}
        </Button>
      )}
    </>
  );
};
