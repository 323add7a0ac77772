import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { MatrixRow } from '../../data/rows.ts';
import { TEXTS } from '../../texts/index.ts';
import type { SourceTarget } from '../../viewer/source-target.ts';
import type { FileNames } from './describe-row.ts';
import { RowFields, RowText } from './row-details.tsx';
import styles from './row-panel.module.css';
import { TAKES_KEYS } from './use-matrix-keys.ts';

const { matrix, words } = TEXTS;

const SourcePanel = lazy(async () => ({ default: (await import('../../viewer/source-panel.tsx')).SourcePanel }));

const targetOf = ({ source }: MatrixRow['row']): SourceTarget => ({
  from: source.charStart,
  to: source.charEnd,
  blockId: source.blockId,
  quote: source.quote,
  ...(source.pageNumber !== undefined && { pageNumber: source.pageNumber }),
});

/** In front of everything else, as a modal dialog: Escape closes it, and the keyboard stays inside. */
const Sheet = ({ label, close, children }: { label: string; close: () => void; children: ReactNode }) => {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={styles.sheet}
      aria-label={label}
      {...TAKES_KEYS}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      {children}
    </dialog>
  );
};

export interface RowPanelProps {
  /** Null: not loaded yet, or (`isWhole`) not there. */
  item: MatrixRow | null;
  isWhole: boolean;
  documents: RunView['documents'];
  fileNames: FileNames;
  matcher: RegExp | null;
  /** Among the rows that the filters leave, from 0; -1: it is not among them. */
  index: number;
  count: number;
  step: (by: 1 | -1) => void;
  close: () => void;
  /** Beside the table, or over it. */
  isBeside: boolean;
}

const Head = ({ item, index, count, step, close }: RowPanelProps) => (
  <header className={styles.head}>
    {item && <h2>{item.row.displayId}</h2>}
    {index >= 0 && (
      <span className={styles.position}>{matrix.position(words.count(index + 1), words.count(count))}</span>
    )}
    <div className={styles.actions}>
      <Button look="quiet" icon="back" isIconOnly disabled={index <= 0} onClick={() => step(-1)}>
        {matrix.previous}
      </Button>
      <Button look="quiet" icon="forward" isIconOnly disabled={index >= count - 1} onClick={() => step(1)}>
        {matrix.next}
      </Button>
      <Button look="quiet" icon="cross" isIconOnly onClick={close}>
        {matrix.close}
      </Button>
    </div>
  </header>
);

const Source = ({ row, documents }: { row: MatrixRow['row']; documents: RunView['documents'] }) => {
  // The same place is the same object: the page is not turned while the reader looks at it.
  const target = useMemo(() => targetOf(row), [row]);
  const document = documents.find(({ documentId }) => documentId === row.source.documentId);
  return (
    <div className={styles.source}>
      {document ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <SourcePanel conversionId={document.conversionId} fileName={document.fileName} target={target} />
        </Suspense>
      ) : (
        <div className={styles.alone}>
          <Notice tone="warn">{matrix.documentGone}</Notice>
        </div>
      )}
    </div>
  );
};

/** Beside the table all of it is seen at once; over it, the source comes before the fields. */
const Body = ({ item, isWhole, documents, fileNames, matcher, isBeside }: RowPanelProps) => {
  if (!item) {
    return <div className={styles.alone}>{isWhole ? <Notice tone="warn">{matrix.rowGone}</Notice> : <Skeleton />}</div>;
  }
  const { row } = item;
  const text = <RowText row={row} matcher={matcher} />;
  const fields = <RowFields row={row} fileNames={fileNames} />;
  const source = <Source row={row} documents={documents} />;
  if (!isBeside) {
    return (
      <>
        <div className={styles.alone}>{text}</div>
        {source}
        <section className={styles.alone} aria-label={matrix.details}>
          {fields}
        </section>
      </>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: It scrolls, and the keyboard has to be able to. */}
      <section className={styles.details} aria-label={matrix.details} tabIndex={0}>
        {text}
        {fields}
      </section>
      {source}
    </>
  );
};

/** One row in full, and its place in the document. */
export const RowPanel = (props: RowPanelProps) => {
  const label = matrix.panel(props.item?.row.displayId ?? '');
  if (!props.isBeside) {
    return (
      <Sheet label={label} close={props.close}>
        <Head {...props} />
        <Body {...props} />
      </Sheet>
    );
  }
  return (
    <aside className={styles.beside} aria-label={label} {...TAKES_KEYS}>
      <Head {...props} />
      <Body {...props} />
      <p className="visually-hidden" role="status">
        {props.item && matrix.panelShown(props.item.row.displayId)}
      </p>
    </aside>
  );
};
