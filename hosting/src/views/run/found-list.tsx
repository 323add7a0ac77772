import { memo } from 'react';
import { Link } from 'wouter';
import type { RunDocument } from '../../../../functions/src/contracts/run.ts';
import { Badge } from '../../components/badge.tsx';
import { Notice } from '../../components/notice.tsx';
import type { Found, FoundItem } from '../../data/findings.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './found-list.module.css';

const { words, run } = TEXTS;
const { found: texts } = run;

const targetOf = ({ charStart, charEnd, blockId, pageNumber }: FoundItem) => ({
  blockId,
  ...(charStart === null ? {} : { from: charStart }),
  ...(charEnd === null ? {} : { to: charEnd }),
  ...(pageNumber === undefined ? {} : { page: pageNumber }),
});

const Item = memo(({ item, document, isNew }: { item: FoundItem; document?: RunDocument; isNew: boolean }) => {
  const { text, obligation, actor, pageNumber, sectionRef, needsReview } = item;
  const place = [
    document?.fileName,
    sectionRef === '' ? null : sectionRef,
    pageNumber === undefined ? null : texts.page(pageNumber),
  ].filter(Boolean);
  return (
    <li className={isNew ? styles.new : styles.item}>
      <p className={styles.text}>
        {isNew && <span className="visually-hidden">{texts.isNew} </span>}
        {text}
      </p>
      <p className={styles.facts}>
        <span className={styles.obligation}>{words.obligation[obligation]}</span>
        <span>{words.actor[actor]}</span>
        {document && <Link href={linkTo.document(document.conversionId, targetOf(item))}>{place.join(' · ')}</Link>}
        {needsReview && <Badge tone="warn">{texts.review}</Badge>}
      </p>
    </li>
  );
});

/** Rows as they are found, before the matrix is put together. */
export const FoundList = ({ found, documents }: { found: Found; documents: readonly RunDocument[] }) => {
  const { items, batch, problem } = found;
  const documentOf = new Map(documents.map((document) => [document.documentId, document]));
  return (
    <section className={styles.found} aria-labelledby="found">
      <div className={styles.head}>
        <h2 id="found">{texts.title}</h2>
        {items.length > 0 && <span className={styles.explained}>{texts.newest(items.length)}</span>}
      </div>
      {problem && <Notice tone="warn">{texts.paused}</Notice>}
      {items.length === 0 && !problem && <p className={styles.explained}>{texts.empty}</p>}
      {items.length > 0 && (
        <ol className={styles.list}>
          {items.map((item) => (
            <Item
              key={item.id}
              item={item}
              document={documentOf.get(item.documentId)}
              isNew={item.batch === batch && batch > 1}
            />
          ))}
        </ol>
      )}
    </section>
  );
};
