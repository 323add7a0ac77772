import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { MatrixRow } from '../../data/rows.ts';
import { TEXTS } from '../../texts/index.ts';
import { nextIndex } from './active-row.ts';
import { type ColumnName, columnTracks } from './columns.ts';
import type { FileNames } from './describe-row.ts';
import styles from './matrix-table.module.css';
import { TableRow } from './table-row.tsx';
import { useRemPixels } from './use-element-size.ts';
import { TAKES_KEYS } from './use-matrix-keys.ts';

const { matrix } = TEXTS;

/** In rem: three lines of the requirement, and four on a card. */
const ROW_HEIGHT = 4.625;
const CARD_HEIGHT = 10.5;
const HEAD_HEIGHT = 2.5;
const OVERSCAN = 6;

export interface MatrixTableProps {
  rows: readonly MatrixRow[];
  /** False while more rows come. */
  isWhole: boolean;
  columns: readonly ColumnName[];
  isCard: boolean;
  matcher: RegExp | null;
  fileNames: FileNames;
  /** The row whose source is shown. */
  openRow: string | null;
  open: (rowId: string) => void;
  linkToRow: (rowId: string) => string;
  /** What scrolls: the table itself, or for cards the view around it. */
  scroller: RefObject<HTMLElement | null>;
  /** What stays above the rows while they scroll below it, in pixels. */
  stuckAbove: number;
}

const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;

const rowIdAt = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;

/** A grid of which only the rows in sight are in the document. One row is reached by Tab; the arrows go on from there. */
export const MatrixTable = (props: MatrixTableProps) => {
  const { rows, isWhole, columns, isCard, matcher, fileNames, openRow, open, linkToRow, scroller, stuckAbove } = props;
  const rem = useRemPixels();
  const height = Math.round((isCard ? CARD_HEIGHT : ROW_HEIGHT) * rem);
  const body = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const openIndex = openRow === null ? -1 : rows.findIndex(({ row }) => row.rowId === openRow);
  const activeIndex = Math.min(active, Math.max(0, rows.length - 1));
  /** Where the body begins in what scrolls. */
  const [margin, setMargin] = useState(0);
  const measureMargin = useCallback(() => {
    if (!body.current || !scroller.current) return;
    const { top } = body.current.getBoundingClientRect();
    setMargin(Math.round(top - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop));
  }, [scroller]);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: stuckAbove + (isCard ? 0 : HEAD_HEIGHT * rem),
    getItemKey: (index) => rows[index]?.row.rowId ?? index,
    // The row that has the keyboard stays in the document wherever is scrolled to.
    rangeExtractor: (range: Range) => {
      const inSight = defaultRangeExtractor(range);
      return inSight.includes(activeIndex) || rows.length === 0
        ? inSight
        : [...inSight, activeIndex].toSorted((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: Each of these moves the body or changes the height of its rows.
  useEffect(() => {
    measureMargin();
    virtualizer.measure();
  }, [isCard, height, measureMargin, virtualizer, rows.length === 0]);

  const isFirst = useRef(openRow !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Another row that is opened is brought into sight; other rows around it are not.
  useEffect(() => {
    if (openIndex < 0) return;
    setActive(openIndex);
    virtualizer.scrollToIndex(openIndex, { align: isFirst.current ? 'center' : 'auto' });
    isFirst.current = false;
  }, [openRow, openIndex >= 0]);

  const focusLink = useCallback((index: number): void => {
    body.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
  }, []);
  const focusRow = (index: number): void => {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() => focusLink(index));
  };

  const wasOpen = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: When the source closes the keyboard goes on at its row, unless it is elsewhere already.
  useEffect(() => {
    if (wasOpen.current && openRow === null && document.activeElement === document.body) focusLink(activeIndex);
    wasOpen.current = openRow !== null;
  }, [openRow]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const seen = Math.floor(((scroller.current?.clientHeight ?? 0) - stuckAbove) / height) - 1;
    const next = nextIndex(event.key, activeIndex, { count: rows.length, page: Math.max(1, seen) });
    if (next === null) return;
    event.preventDefault();
    focusRow(next);
    const rowId = rows[next]?.row.rowId;
    if (openRow !== null && rowId !== undefined) open(rowId);
  };

  const onClick = (event: MouseEvent): void => {
    const rowId = rowIdAt(event.target);
    if (rowId === undefined || !isPlainClick(event)) return;
    event.preventDefault();
    // Somebody who marks text to copy it does not want to go anywhere.
    if (getSelection()?.isCollapsed === false) return;
    const index = rows.findIndex(({ row }) => row.rowId === rowId);
    setActive(index);
    focusLink(index);
    open(rowId);
  };

  const { tracks, least } = columnTracks(columns);
  return (
    // biome-ignore-start lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: A virtualised table cannot be a <table>; its rows have links, which the keyboard reaches.
    <div
      role="grid"
      aria-label={matrix.table}
      aria-rowcount={isWhole ? rows.length + 1 : -1}
      aria-readonly="true"
      {...TAKES_KEYS}
      className={isCard ? styles.cards : styles.grid}
      style={isCard ? undefined : ({ '--tracks': tracks, minWidth: least } as CSSProperties)}
    >
      <div role="rowgroup" className={isCard ? 'visually-hidden' : styles.head}>
        <div role="row" aria-rowindex={1} className={styles.headRow}>
          {(isCard ? (['id', 'requirement', 'obligation'] as const) : columns).map((name) => (
            <span key={name} role="columnheader" className={styles.headCell}>
              {matrix.columns[name]}
            </span>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={styles.body}
        style={{ height: virtualizer.getTotalSize() }}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = rows[index];
          return (
            item && (
              <TableRow
                key={item.row.rowId}
                item={item}
                index={index}
                top={start - margin}
                height={height}
                columns={columns}
                isCard={isCard}
                isActive={index === activeIndex}
                isOpen={index === openIndex}
                href={linkToRow(item.row.rowId)}
                matcher={matcher}
                fileNames={fileNames}
              />
            )
          );
        })}
      </div>
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: see above
  );
};
