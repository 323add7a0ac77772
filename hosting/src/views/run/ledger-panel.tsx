import { type ReactNode, type RefObject, useMemo } from 'react';
import { Link } from 'wouter';
import type { LedgerPart } from '../../../../functions/src/contracts/ledger.ts';
import { Button } from '../../components/button.tsx';
import { type SegmentKind, SegmentSign } from '../../components/segment-bar.tsx';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import type { LedgerBar, LedgerRow } from './ledger-bars.ts';
import type { LedgerContents, Sentence } from './ledger-contents.ts';
import styles from './ledger-panel.module.css';
import type { Selection } from './ledger-selection.ts';
import { SentenceList } from './sentence-list.tsx';

const { words, run } = TEXTS;
const { panel, ledger } = run;
/** Reasons stay closed where there is more to read than this. */
const MOST_OPEN = 12;

const Kind = ({ kind, title, children }: { kind: SegmentKind; title: string; children: ReactNode }) => (
  <div className={styles.kind}>
    <h4 className={styles.kindName}>
      <SegmentSign kind={kind} />
      {title}
    </h4>
    {children}
  </div>
);

const titleOf = (selection: Selection, { bar, documentId }: LedgerContents, rows: readonly LedgerRow[]): string => {
  if (selection.kind === 'list') return selection.show === 'unresolved' ? panel.onlyUnresolved : panel.onlyExcluded;
  if (bar === null) return panel.whole;
  return panel.of(bar.name, rows.find((row) => row.documentId === documentId)?.fileName ?? '');
};

/** The bars before and after the selected one, across documents. */
const neighbours = (rows: readonly LedgerRow[], selected: LedgerBar | null) => {
  const bars = rows.flatMap((row) => row.bars);
  const at =
    selected === null ? -1 : bars.findIndex(({ first, last }) => first <= selected.first && selected.first <= last);
  return { previous: at > 0 ? bars[at - 1] : undefined, next: at < 0 ? undefined : bars[at + 1] };
};

const Rows = ({ runId, part, count }: { runId: string; part: LedgerPart; count: number }) =>
  part.pageNumber !== null && count > 0 ? (
    <Link className={styles.action} href={linkTo.matrix(runId, { page: `${part.documentId}:${part.pageNumber}` })}>
      {panel.openRows}
    </Link>
  ) : null;

/** The pages of a bar that stands for several. */
const Parts = ({
  runId,
  parts,
  first,
  choose,
}: {
  runId: string;
  parts: readonly LedgerPart[];
  first: number;
  choose: (next: Selection) => void;
}) => (
  <ul className={styles.parts} aria-label={panel.parts}>
    {parts.map((part, at) => (
      <li key={part.charStart}>
        <Button look="quiet" onClick={() => choose({ kind: 'parts', first: first + at, last: first + at })}>
          {part.pageNumber === null ? ledger.section(part.label) : ledger.page(part.label)}
        </Button>
        <span className={styles.place}>{words.count(part.inMatrix + part.excluded + part.unresolved)}</span>
        <Rows runId={runId} part={part} count={part.inMatrix} />
      </li>
    ))}
  </ul>
);

/** What the picture shows, in sentences: of the whole package, of one kind, or of the selected bar. */
export const LedgerPanel = ({
  runId,
  rows,
  contents,
  selection,
  choose,
  close,
  heading,
}: {
  runId: string;
  rows: readonly LedgerRow[];
  contents: LedgerContents;
  selection: Selection;
  choose: (next: Selection) => void;
  close: () => void;
  heading: RefObject<HTMLHeadingElement | null>;
}) => {
  const { inMatrix, unresolved, excluded, excludedCount, bar, parts, documentId } = contents;
  const { previous, next } = useMemo(() => neighbours(rows, bar), [rows, bar]);
  const only = selection.kind === 'list' ? selection.show : null;
  const [part] = parts;
  const row = rows.find((each) => each.documentId === documentId);
  const fileOf = new Map(rows.map((each) => [each.documentId, each.fileName]));
  const nameOf = ({ documentId: id, pageNumber }: Sentence): string =>
    [bar === null ? fileOf.get(id) : null, pageNumber === undefined ? null : run.found.page(pageNumber)]
      .filter(Boolean)
      .join(' · ');
  const key = JSON.stringify(selection);
  const goTo = (to: LedgerBar | undefined) => to && choose({ kind: 'parts', first: to.first, last: to.last });
  return (
    <section
      className={styles.panel}
      aria-label={panel.label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && selection.kind !== 'whole') close();
      }}
    >
      <div className={styles.head}>
        <h3 ref={heading} tabIndex={-1} className={styles.title}>
          {titleOf(selection, contents, rows)}
        </h3>
        {selection.kind !== 'whole' && (
          <div className={styles.moves}>
            {bar && (
              <>
                <Button look="quiet" icon="back" isIconOnly disabled={!previous} onClick={() => goTo(previous)}>
                  {panel.previous}
                </Button>
                <Button look="quiet" icon="forward" isIconOnly disabled={!next} onClick={() => goTo(next)}>
                  {panel.next}
                </Button>
              </>
            )}
            <Button look="quiet" icon="cross" isIconOnly onClick={close}>
              {panel.close}
            </Button>
          </div>
        )}
      </div>
      {bar && part && row && (
        <Link
          className={styles.action}
          href={linkTo.document(row.conversionId, {
            from: part.charStart,
            to: part.charEnd,
            ...(part.pageNumber === null ? {} : { page: part.pageNumber }),
          })}
        >
          {panel.openDocument}
        </Link>
      )}
      {bar?.unread && <p className={styles.warn}>{panel.unread}</p>}
      {bar && bar.sentences === 0 && <p className={styles.hint}>{bar.hasText ? panel.nothing : panel.noText}</p>}
      {bar && parts.length > 1 && <Parts runId={runId} parts={parts} first={bar.first} choose={choose} />}
      {only === null && (bar === null || inMatrix > 0) && (
        <Kind kind="inMatrix" title={panel.inMatrix(inMatrix)}>
          {bar === null || part?.pageNumber === null ? (
            <Link className={styles.action} href={linkTo.matrix(runId)}>
              {run.header.openMatrix}
            </Link>
          ) : (
            parts.length === 1 && part && <Rows runId={runId} part={part} count={inMatrix} />
          )}
        </Kind>
      )}
      {only !== 'excluded' && (bar === null || unresolved.length > 0) && (
        <Kind kind="unresolved" title={panel.unresolved(unresolved.length)}>
          {unresolved.length > 0 && <p className={styles.hint}>{panel.unresolvedHint}</p>}
          <SentenceList key={key} sentences={unresolved} rows={rows} nameOf={nameOf} />
        </Kind>
      )}
      {only !== 'unresolved' && (bar === null || excludedCount > 0) && (
        <Kind kind="excluded" title={panel.excluded(excludedCount)}>
          {excluded.map(({ reason, sentences }) => (
            <details
              key={`${key} ${reason}`}
              open={bar !== null && excludedCount <= MOST_OPEN}
              className={styles.reason}
            >
              <summary>
                {words.exclusion[reason]} <span className={styles.place}>{words.count(sentences.length)}</span>
              </summary>
              <SentenceList sentences={sentences} rows={rows} nameOf={nameOf} />
            </details>
          ))}
        </Kind>
      )}
    </section>
  );
};
