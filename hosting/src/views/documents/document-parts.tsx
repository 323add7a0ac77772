/** What a row of the table and a card show alike. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from '../../components/record-list.module.css';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { expiryOf, isBusy, isReadable, progressHint, toneOf, troubleOf } from './describe-document.ts';
import type { Erasing } from './use-erasing.ts';

const { documents, words } = TEXTS;

/** What the list can do with one document. */
export interface DocumentActions {
  toggle: (conversionId: string) => void;
  askToErase: (conversionIds: readonly string[]) => void;
  /** Once more, after it failed: nothing is asked again. */
  eraseAgain: (conversionId: string) => void;
}

export interface ListedDocument {
  document: Conversion;
  isSelected: boolean;
  erasing: Erasing | undefined;
  /** The newest analysis that reads it. */
  runId: string | undefined;
  /** The mail or archive that it was in. */
  container: Conversion | undefined;
}

export const Name = ({ document: { conversionId, fileName } }: Pick<ListedDocument, 'document'>) => (
  <Link href={linkTo.document(conversionId)} className={styles.name}>
    {fileName}
  </Link>
);

/** Where it was, of a file that came in another. */
export const Whereabouts = ({ container }: Pick<ListedDocument, 'container'>) =>
  container && <div className={styles.under}>{documents.inFile(container.fileName)}</div>;

/** Below the name: what is being done, what went wrong, and what to do about it. */
export const Remarks = ({
  document,
  erasing,
  eraseAgain,
}: Pick<ListedDocument, 'document' | 'erasing'> & Pick<DocumentActions, 'eraseAgain'>) => {
  const hint = progressHint(document);
  const trouble = troubleOf(document);
  const problem = typeof erasing === 'object' ? erasing : null;
  if (hint === null && trouble === null && problem === null) return null;
  return (
    <div className={styles.under}>
      {hint !== null && <span>{hint}</span>}
      {isBusy(document.state) && <ProgressBar share={null} label={documents.progress(document.fileName)} />}
      {trouble !== null && <span className={document.state === 'partial' ? styles.warn : styles.bad}>{trouble}</span>}
      {problem && (
        <span className={styles.bad} role="alert">
          <span>{documents.notDeleted(problem.message)}</span>
          <Button look="quiet" onClick={() => eraseAgain(document.conversionId)}>
            {documents.tryAgain}
          </Button>
        </span>
      )}
    </div>
  );
};

export const State = ({ document: { state }, erasing }: Pick<ListedDocument, 'document' | 'erasing'>) =>
  erasing === 'leaving' ? (
    <Badge tone="busy">{documents.beingDeleted}</Badge>
  ) : (
    <Badge tone={toneOf(state)}>{words.conversionState[state]}</Badge>
  );

export const Expiry = ({ document: { expiresAt } }: Pick<ListedDocument, 'document'>) => {
  const { days, isSoon } = expiryOf(expiresAt);
  return isSoon ? <Badge tone="warn">{documents.leftToKeep(days)}</Badge> : words.day(expiresAt);
};

export const Actions = ({
  document,
  erasing,
  runId,
  askToErase,
}: Omit<ListedDocument, 'isSelected' | 'container'> & Pick<DocumentActions, 'askToErase'>): ReactNode => {
  const { conversionId, fileName } = document;
  return (
    <div className={styles.actions}>
      {runId !== undefined && (
        <ButtonLink look="quiet" to={linkTo.run(runId)}>
          {documents.analysis} <span className="visually-hidden">{documents.ofFile(fileName)}</span>
        </ButtonLink>
      )}
      {isReadable(document) && (
        <ButtonLink look="quiet" to={linkTo.document(conversionId)}>
          {documents.open} <span className="visually-hidden">{fileName}</span>
        </ButtonLink>
      )}
      <Button
        look="quiet"
        icon="bin"
        isIconOnly
        disabled={erasing === 'leaving'}
        onClick={() => askToErase([conversionId])}
      >
        {documents.deleteNamed(fileName)}
      </Button>
    </div>
  );
};

export const Tick = ({
  document: { conversionId, fileName },
  isSelected,
  toggle,
}: Pick<ListedDocument, 'document' | 'isSelected'> & Pick<DocumentActions, 'toggle'>) => (
  <label className={styles.check}>
    <input
      type="checkbox"
      checked={isSelected}
      aria-label={documents.select(fileName)}
      onChange={() => toggle(conversionId)}
    />
  </label>
);

/** Ticks all that is shown, or none of it. */
export const TickAll = ({
  share,
  toggleAll,
  hasText = false,
}: {
  share: 'all' | 'some' | 'none';
  toggleAll: () => void;
  /** Whether its name is shown beside it. */
  hasText?: boolean;
}) => {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = share === 'some';
  }, [share]);
  return (
    <label className={styles.check}>
      <input
        ref={box}
        type="checkbox"
        checked={share === 'all'}
        aria-label={documents.selectAll}
        onChange={toggleAll}
      />
      {hasText && <span>{documents.selectAll}</span>}
    </label>
  );
};
