import type { Ref } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { TEXTS } from '../../texts/index.ts';
import { TickAll } from './document-parts.tsx';
import styles from './document-tools.module.css';
import { type DocumentOrder, SORT_FIELDS } from './order-documents.ts';

const { documents } = TEXTS;

const ORDERS = SORT_FIELDS.flatMap((by) => [{ by, direction: 'up' } as const, { by, direction: 'down' } as const]).map(
  (order) => ({ order, key: `${order.by}-${order.direction}` as const }),
);

/** Search and order. Cards have no heads of columns, so they get a menu to order by. */
export const ListTools = ({
  search,
  setSearch,
  order,
  sort,
  share,
  toggleAll,
  isNarrow,
  count,
  countRef,
}: {
  search: string;
  setSearch: (search: string) => void;
  order: DocumentOrder;
  sort: (order: DocumentOrder) => void;
  share: 'all' | 'some' | 'none';
  toggleAll: () => void;
  isNarrow: boolean;
  count: string;
  /** Where the keyboard goes when what it was on is gone. */
  countRef: Ref<HTMLSpanElement>;
}) => (
  <div className={styles.toolbar}>
    <label className={styles.field}>
      <Icon name="search" />
      <span className="visually-hidden">{documents.search}</span>
      <input
        type="search"
        value={search}
        placeholder={documents.search}
        onChange={({ target }) => setSearch(target.value)}
      />
    </label>
    {isNarrow && (
      <>
        <label className={styles.field}>
          {documents.sortBy}
          <select
            value={`${order.by}-${order.direction}`}
            onChange={({ target }) => {
              const found = ORDERS.find(({ key }) => key === target.value);
              if (found) sort(found.order);
            }}
          >
            {ORDERS.map(({ key }) => (
              <option key={key} value={key}>
                {documents.sortWords[key]}
              </option>
            ))}
          </select>
        </label>
        <TickAll share={share} toggleAll={toggleAll} hasText />
      </>
    )}
    <span ref={countRef} tabIndex={-1} className={styles.count} role="status">
      {count}
    </span>
  </div>
);

/** What can be done with the selected ones; stays in sight at the foot of the window. */
export const SelectionTools = ({
  selected,
  ready,
  isStarting,
  analyse,
  askToErase,
  clear,
}: {
  /** How many are selected, and how many of them can be analysed. */
  selected: number;
  ready: number;
  isStarting: boolean;
  analyse: () => void;
  askToErase: () => void;
  clear: () => void;
}) => (
  <section className={styles.selection} aria-label={documents.selected(selected)}>
    <span className={styles.selected}>{documents.selected(selected)}</span>
    {ready < selected && (
      <span className={styles.count}>{ready === 0 ? documents.noneReady : documents.notReady(selected - ready)}</span>
    )}
    <span className={styles.push} />
    <Button look="quiet" onClick={clear}>
      {documents.clearSelection}
    </Button>
    <Button look="danger" icon="bin" onClick={askToErase}>
      {documents.delete}
    </Button>
    <Button look="primary" icon="table" disabled={ready === 0 || isStarting} onClick={analyse}>
      {isStarting ? documents.analysing : documents.analyseTogether(ready)}
    </Button>
  </section>
);
