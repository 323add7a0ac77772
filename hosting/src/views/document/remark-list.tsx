import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './remark-list.module.css';
import type { Remark } from './remarks.ts';

const { document } = TEXTS;

/** Closed until it is asked for; nothing when there is nothing to say. */
export const RemarkList = ({ remarks, show }: { remarks: readonly Remark[]; show: (remark: Remark) => void }) => {
  if (remarks.length === 0) return null;
  return (
    <details className={styles.remarks}>
      <summary className={styles.summary}>{document.remarks(remarks.length)}</summary>
      <ul className={styles.list}>
        {remarks.map((remark, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: The list never changes.
          <li key={position} className={styles.remark}>
            <Badge tone={remark.tone}>{remark.label}</Badge>
            <span className={styles.text}>
              {remark.text}
              {remark.pageNumber !== undefined && ` (${document.onPage(remark.pageNumber)})`}
              {remark.quote !== undefined && <q className={styles.quote}>{remark.quote}</q>}
            </span>
            {(remark.blockId !== undefined || remark.pageNumber !== undefined) && (
              <Button look="quiet" onClick={() => show(remark)}>
                {document.show}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
};
