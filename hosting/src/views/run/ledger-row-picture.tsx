import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { barAfterKey, type Layout, layoutBars } from './bar-geometry.ts';
import { describeBar, type LedgerBar, type LedgerRow } from './ledger-bars.ts';
import styles from './ledger-picture.module.css';
import type { Selection } from './ledger-selection.ts';

const { ledger } = TEXTS.run;

/** All that is only looked at: a path for each kind, however many bars there are. */
const Drawing = memo(({ layout, width }: { layout: Layout; width: number }) => (
  <g>
    {layout.baselines.map((y) => (
      <path key={y} className={styles.baseline} d={`M0 ${y}h${width}`} />
    ))}
    {layout.labels.map(({ x, y, text, isEnd }) => (
      <text key={`${x} ${y}`} x={x} y={y} className={isEnd ? styles.end : styles.start}>
        {text}
      </text>
    ))}
    <path className={styles.inMatrix} d={layout.paths.inMatrix} />
    <path className={styles.excluded} d={layout.paths.excluded} />
    <path className={styles.unresolved} d={layout.paths.unresolved} />
    <path className={styles.empty} d={layout.empty} />
    <path className={styles.unread} d={layout.unread} />
  </g>
));

const Fields = memo(
  ({
    bars,
    layout,
    chosen,
    reached,
  }: {
    bars: readonly LedgerBar[];
    layout: Layout;
    chosen: number;
    reached: number;
  }) =>
    bars.map((bar, at) => {
      const field = layout.fields[at];
      return (
        field && (
          <rect
            key={bar.first}
            data-bar={at}
            role="option"
            aria-label={describeBar(bar)}
            aria-selected={at === chosen}
            tabIndex={at === reached ? 0 : -1}
            className={at === chosen ? styles.chosen : styles.field}
            x={field.x - 1}
            y={field.y}
            width={field.width}
            height={field.height + 1}
          />
        )
      );
    }),
);

const barAt = (target: EventTarget): number | null => {
  const at = target instanceof Element ? target.getAttribute('data-bar') : null;
  return at === null ? null : Number(at);
};

/** A document as a line of bars. One stop for the tab key; arrows go from bar to bar, Enter opens one. */
export const LedgerRowPicture = ({
  row,
  width,
  selection,
  choose,
}: {
  row: LedgerRow;
  width: number;
  selection: Selection;
  choose: (next: Selection) => void;
}) => {
  const { bars, fileName, conversionId, isPaged, parts, perBar, sentences } = row;
  const picture = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutBars(bars, width), [bars, width]);
  const [reached, setReached] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  const chosen =
    selection.kind === 'parts'
      ? bars.findIndex(({ first, last }) => first <= selection.first && selection.first <= last)
      : -1;
  const open = (at: number) => {
    const bar = bars[at];
    if (bar) choose({ kind: 'parts', first: bar.first, last: bar.last });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = barAt(event.target);
    if (at === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = barAfterKey(event.key, at, layout.perLine, bars.length);
    if (next !== null) {
      setReached(next);
      picture.current?.querySelector<SVGElement>(`[data-bar="${next}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') open(at);
    else return;
    event.preventDefault();
  };
  const told = bars[pointed ?? chosen];
  return (
    <div className={styles.row}>
      <h3 className={styles.name}>
        <Link href={linkTo.document(conversionId)}>{fileName}</Link>
      </h3>
      <p className={styles.facts}>{ledger.document(parts, isPaged, sentences, perBar)}</p>
      {bars.length > 0 && (
        <div
          ref={picture}
          role="listbox"
          aria-label={ledger.bars(fileName)}
          aria-orientation="horizontal"
          className={styles.bars}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const at = barAt(event.target);
            if (at === null) return;
            setReached(at);
            open(at);
          }}
          onFocus={(event) => setPointed(barAt(event.target))}
          onBlur={() => setPointed(null)}
          onPointerMove={(event) => setPointed(barAt(event.target))}
          onPointerLeave={() => setPointed(null)}
        >
          <svg role="presentation" width={width} height={layout.height}>
            <Drawing layout={layout} width={Math.min(width, layout.perLine * layout.pitch)} />
            <Fields bars={bars} layout={layout} chosen={chosen} reached={Math.min(reached, bars.length - 1)} />
          </svg>
        </div>
      )}
      <p className={styles.told}>{told ? describeBar(told) : ledger.highest(layout.tallest)}</p>
    </div>
  );
};
