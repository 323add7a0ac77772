import { useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { LedgerFile } from '../../../../functions/src/contracts/ledger.ts';
import type { Run } from '../../../../functions/src/contracts/run.ts';
import { Button } from '../../components/button.tsx';
import { SegmentBar, SegmentSign } from '../../components/segment-bar.tsx';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { ledgerRows } from './ledger-bars.ts';
import { contentsOf } from './ledger-contents.ts';
import { LedgerPanel } from './ledger-panel.tsx';
import { LedgerPicture } from './ledger-picture.tsx';
import styles from './ledger-section.module.css';
import { type Selection, selectionQuery } from './ledger-selection.ts';
import { LedgerTable } from './ledger-table.tsx';
import { useSelection } from './use-selection.ts';

const { words, run: texts } = TEXTS;
const { ledger } = texts;

/** The figures of the whole package; each opens what it counts. */
const Legend = ({
  run: { runId },
  file,
  selection,
  opened,
}: {
  run: Run;
  file: LedgerFile;
  selection: Selection;
  opened: () => void;
}) => {
  const [path] = useLocation();
  const inMatrix = file.parts.reduce((sum, part) => sum + part.inMatrix, 0);
  const counts = { inMatrix, excluded: file.excluded.length, unresolved: file.unresolved.length };
  const isShown = (show: 'excluded' | 'unresolved') => selection.kind === 'list' && selection.show === show;
  return (
    <div className={styles.legend}>
      <SegmentBar counts={counts} />
      <ul className={styles.kinds}>
        <li>
          <Link href={linkTo.matrix(runId)} className={styles.kind}>
            <SegmentSign kind="inMatrix" />
            <span>
              <strong>{words.count(counts.inMatrix)}</strong> {ledger.kinds.inMatrix}
            </span>
          </Link>
        </li>
        {(['excluded', 'unresolved'] as const).map((show) => (
          <li key={show}>
            <Link
              href={isShown(show) ? path : `${path}?${selectionQuery({ kind: 'list', show })}`}
              className={styles.kind}
              onClick={opened}
              aria-current={isShown(show) ? 'true' : undefined}
            >
              <SegmentSign kind={show} />
              <span>
                <strong>{words.count(counts[show])}</strong> {ledger.kinds[show]}
              </span>
            </Link>
          </li>
        ))}
        {file.parts.some(({ hasText }) => !hasText) && (
          <li className={styles.note}>
            <span className={styles.noText} aria-hidden="true" />
            {ledger.noText}
          </li>
        )}
        {file.parts.some(({ unread }) => unread) && (
          <li className={styles.note}>
            <span className={styles.unread} aria-hidden="true" />
            {ledger.unread}
          </li>
        )}
      </ul>
    </div>
  );
};

/** The ledger: the picture or the table, and beside it what is selected. */
export const LedgerSection = ({ run, file }: { run: Run; file: LedgerFile }) => {
  const { selection, select } = useSelection(file.parts.length);
  const [isTable, setTable] = useState(false);
  const section = useRef<HTMLElement>(null);
  const panel = useRef<HTMLHeadingElement>(null);
  const rows = useMemo(() => ledgerRows(file), [file]);
  const contents = useMemo(() => contentsOf(file, selection), [file, selection]);
  const isPaged = rows.some((row) => row.isPaged);
  // After it is drawn: the panel may be below what is seen, and the keyboard goes on in it.
  const goToPanel = () =>
    requestAnimationFrame(() => {
      panel.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
      panel.current?.focus({ preventScroll: true });
    });
  const choose = (next: Selection) => {
    select(next);
    goToPanel();
  };
  /** Back to where the panel was opened from. */
  const close = () => {
    const opener = section.current?.querySelector<HTMLElement>(
      '[role="option"][aria-selected="true"], [aria-current="true"]',
    );
    select({ kind: 'whole' });
    (opener ?? panel.current)?.focus();
  };
  return (
    <section ref={section} className={styles.section} aria-labelledby="ledger">
      <div className={styles.head}>
        <div>
          <h2 id="ledger">{ledger.title}</h2>
          <p className={styles.explained}>{isPaged ? ledger.explained : ledger.explainedSections}</p>
        </div>
        <Button look="quiet" icon={isTable ? 'document' : 'table'} onClick={() => setTable(!isTable)}>
          {isTable ? ledger.asPicture : ledger.asTable}
        </Button>
      </div>
      <Legend run={run} file={file} selection={selection} opened={goToPanel} />
      <div className={styles.columns}>
        {isTable ? (
          <LedgerTable rows={rows} selection={selection} choose={choose} />
        ) : (
          <LedgerPicture rows={rows} selection={selection} choose={choose} />
        )}
        <LedgerPanel
          runId={run.runId}
          rows={rows}
          contents={contents}
          selection={selection}
          choose={choose}
          close={close}
          heading={panel}
        />
      </div>
    </section>
  );
};
