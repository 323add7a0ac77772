import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import type { LoadedRows } from '../../data/rows.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { TEXTS } from '../../texts/index.ts';
import { type ColumnName, fittingColumns } from './columns.ts';
import { emptyColumns } from './empty-columns.ts';
import { FilterBar } from './filter-bar.tsx';
import { filterRows } from './filter-rows.ts';
import { facetValuesOf, isFiltered, NO_FILTERS } from './filters.ts';
import { MatrixHeader, PartialNote } from './matrix-header.tsx';
import { NoMatch, NoRows, NotReady, RowsSkeleton } from './matrix-states.tsx';
import { MatrixTable } from './matrix-table.tsx';
import styles from './matrix-view.module.css';
import { RowPanel } from './row-panel.tsx';
import { matcherOf, searchWords } from './search-words.ts';
import { useElementHeight, useElementWidth } from './use-element-size.ts';
import { useIsBeside } from './use-is-beside.ts';
import { useMatrixAddress } from './use-matrix-address.ts';
import { useMatrixKeys } from './use-matrix-keys.ts';
import { useRows } from './use-rows.ts';

const { matrix, words, problems } = TEXTS;
const NOTHING: LoadedRows = { rows: [], state: 'loading' };

const toldOf = ({ rows, state }: LoadedRows, shown: number, narrowed: boolean): string => {
  const all = words.count(rows.length);
  if (state === 'waiting') return matrix.rowsWaiting(all);
  if (state !== 'whole') return matrix.rowsSoFar(all);
  return narrowed ? matrix.rowsShown(words.count(shown), all) : words.plural(rows.length, 'row', 'rows');
};

/** A run that is known: its rows, narrowed down as the address says, and the row that is open. */
export const MatrixWork = ({ run }: { run: RunView }) => {
  const { loaded, again } = useRows(run);
  const { rows, state, problem } = loaded ?? NOTHING;
  const values = useMemo(() => facetValuesOf(run.documents.map(({ documentId }) => documentId)), [run.documents]);
  const { filters, row: rowKey, linkToRow, setFilters, openRow, closeRow } = useMatrixAddress(run.runId, values);
  // What is typed is seen at once; the rows follow when there is time.
  const wanted = useDeferredValue(filters);
  const filtered = useMemo(() => filterRows(rows, wanted), [rows, wanted]);
  const matcher = useMemo(() => matcherOf(searchWords(wanted.search)), [wanted.search]);
  const fileNames = useMemo(
    () => new Map(run.documents.map(({ documentId, fileName }) => [documentId, fileName])),
    [run.documents],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const isNarrow = useIsNarrow();
  const isBeside = useIsBeside();
  const width = useElementWidth(scroller);
  const barHeight = useElementHeight(bar);
  const [chosen, setColumns] = useState<readonly ColumnName[] | null>(null);
  // Beside the source there is room for the most important ones only.
  const isSqueezed = isBeside && rowKey !== null;
  const empty = useMemo(() => emptyColumns(rows, run.documents.length), [rows, run.documents.length]);
  const columns = useMemo(
    () => (isSqueezed ? null : chosen) ?? fittingColumns(width ?? Number.POSITIVE_INFINITY, empty),
    [chosen, isSqueezed, width, empty],
  );

  const item = useMemo(
    () => (rowKey === null ? null : (rows.find(({ row }) => row.rowId === rowKey || row.displayId === rowKey) ?? null)),
    [rows, rowKey],
  );
  const index = item ? filtered.rows.indexOf(item) : -1;
  const step = (by: 1 | -1): void => {
    const next = filtered.rows[index + by];
    if (next && rowKey !== null) openRow(next.row.rowId);
  };
  useMatrixKeys({ field, isOpen: rowKey !== null, step, close: closeRow });

  // Other rows begin at their top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: Only other filters do that; an open row stays in sight.
  useEffect(() => {
    if (rowKey === null) scroller.current?.scrollTo({ top: 0 });
  }, [wanted]);

  const narrowed = isFiltered(filters);
  const clear = (): void => {
    setFilters(NO_FILTERS);
    field.current?.focus();
  };
  const content = (): 'not-ready' | 'failed' | 'loading' | 'empty' | 'no-match' | 'rows' => {
    if (!loaded) return 'not-ready';
    if (rows.length === 0) return state === 'whole' ? 'empty' : state === 'failed' ? 'failed' : 'loading';
    return filtered.rows.length === 0 && state === 'whole' ? 'no-match' : 'rows';
  };
  const shown = content();
  const hasBar = shown === 'rows' || shown === 'no-match';
  return (
    <div className={styles.view} data-full>
      <div className={styles.main} ref={view}>
        <div className={styles.top}>
          <MatrixHeader run={run} hasRows={loaded !== null} />
          {loaded && <PartialNote run={run} />}
        </div>
        {hasBar && (
          <div className={styles.bar} ref={bar}>
            <FilterBar
              filters={filters}
              values={values}
              setFilters={setFilters}
              counts={filtered.counts}
              fileNames={fileNames}
              told={toldOf({ rows, state }, filtered.rows.length, narrowed)}
              columns={isNarrow || isSqueezed ? null : columns}
              setColumns={setColumns}
              field={field}
            />
            {problem && state === 'failed' && (
              <Notice tone="bad">
                <div className={styles.failed}>
                  <span>
                    {matrix.rowsFailed} {problem.message}
                  </span>
                  <Button icon="retry" onClick={again}>
                    {problems.again}
                  </Button>
                </div>
              </Notice>
            )}
          </div>
        )}
        <div className={styles.scroller} ref={scroller}>
          {shown === 'not-ready' && <NotReady run={run} />}
          {shown === 'failed' && problem && <ProblemPanel problem={problem} again={again} />}
          {shown === 'loading' && <RowsSkeleton />}
          {shown === 'empty' && <NoRows runId={run.runId} />}
          {shown === 'no-match' && <NoMatch run={run} isSearched={filters.search.trim() !== ''} clear={clear} />}
          {shown === 'rows' && (
            <MatrixTable
              rows={filtered.rows}
              isWhole={state === 'whole'}
              columns={columns}
              isCard={isNarrow}
              matcher={matcher}
              fileNames={fileNames}
              openRow={item?.row.rowId ?? null}
              open={openRow}
              linkToRow={linkToRow}
              scroller={isNarrow ? view : scroller}
              stuckAbove={isNarrow ? barHeight : 0}
            />
          )}
        </div>
      </div>
      {rowKey !== null && loaded && (
        <RowPanel
          item={item}
          isWhole={state === 'whole'}
          documents={run.documents}
          fileNames={fileNames}
          matcher={matcher}
          index={index}
          count={filtered.rows.length}
          step={step}
          close={closeRow}
          isBeside={isBeside}
        />
      )}
    </div>
  );
};
