import type { LedgerPart } from '../../../../functions/src/contracts/ledger.ts';
import type { Run, RunDocument, RunWindow } from '../../../../functions/src/contracts/run.ts';
import { TEXTS } from '../../texts/index.ts';
import { numberRanges } from './number-ranges.ts';
import { RetryButton } from './retry-button.tsx';
import styles from './unread-windows.module.css';
import { pagesTouched, unreadWindows } from './unread-windows.ts';

const { failures, header } = TEXTS.run;
const MOST_GROUPS = 50;

export const UnreadList = ({
  windows,
  documents,
  planned,
  parts,
}: {
  windows: readonly RunWindow[];
  documents: readonly RunDocument[];
  planned: number;
  /** Of the ledger, where it is known. */
  parts: readonly LedgerPart[];
}) => {
  const groups = unreadWindows(windows, documents);
  if (groups.length === 0) return null;
  return (
    <ul className={styles.list}>
      {groups.slice(0, MOST_GROUPS).map(({ documentId, fileName, windows: numbers, why }) => {
        const pages = pagesTouched(parts, documentId);
        return (
          <li key={`${documentId} ${why}`} className={styles.item}>
            <strong className={styles.name}>{fileName}</strong>
            <span className={styles.where}>
              {failures.named(numberRanges(numbers), planned)}
              {pages.length > 0 && ` · ${failures.pages(numberRanges(pages))}`}
            </span>
            <span className={styles.why}>{why}</span>
          </li>
        );
      })}
      {groups.length > MOST_GROUPS && <li className={styles.why}>{failures.more(groups.length - MOST_GROUPS)}</li>}
    </ul>
  );
};

/** Of a run that is ready in part: the windows it lacks, and the button that reads them. */
export const UnreadWindows = ({
  run: { runId, documents, progress },
  windows,
  parts,
}: {
  run: Run;
  windows: readonly RunWindow[];
  parts: readonly LedgerPart[];
}) => {
  const count = progress.planned - progress.done;
  if (count <= 0) return null;
  return (
    <section className={styles.section} aria-labelledby="unread-windows">
      <div className={styles.head}>
        <div>
          <h2 id="unread-windows">{failures.title(count)}</h2>
          <p className={styles.explained}>{failures.explained}</p>
        </div>
        <RetryButton runId={runId}>{header.retryWindows}</RetryButton>
      </div>
      <UnreadList windows={windows} documents={documents} planned={progress.planned} parts={parts} />
    </section>
  );
};
