import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { TEXTS } from '../../texts/index.ts';
import styles from './side-tabs.module.css';

export type Side = 'original' | 'markdown';

const SIDES: readonly Side[] = ['original', 'markdown'];
const { viewer } = TEXTS;

/** One side at a time. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export const SideTabs = ({
  side,
  setSide,
  labels,
  children,
}: {
  side: Side;
  labels: Readonly<Record<Side, string>>;
  setSide: (side: Side) => void;
  children: ReactNode;
}) => {
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next: Side = side === 'original' ? 'markdown' : 'original';
    setSide(next);
    tabs.current?.querySelector<HTMLElement>(`[data-side="${next}"]`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div ref={tabs} role="tablist" aria-label={viewer.sides} className={styles.list} onKeyDown={move}>
        {SIDES.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            data-side={each}
            aria-selected={each === side}
            aria-controls={`${id}-panel`}
            tabIndex={each === side ? 0 : -1}
            className={styles.tab}
            onClick={() => setSide(each)}
          >
            {labels[each]}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${side}`} className={styles.panel}>
        {children}
      </div>
    </div>
  );
};
