import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './filter-bar.module.css';

const { matrix } = TEXTS;

/** Milliseconds without a key after which the rows follow: the field itself never waits. */
const PAUSE = 120;

/** `value` is what the address says; what is typed goes there after a short pause. */
export const SearchField = ({
  value,
  change,
  field,
}: {
  value: string;
  change: (value: string) => void;
  field: RefObject<HTMLInputElement | null>;
}) => {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      change(typed);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, change]);
  return (
    <div className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        {matrix.search}
      </label>
      <Icon name="search" />
      <input
        id={id}
        ref={field}
        type="search"
        className={styles.input}
        value={typed}
        placeholder={matrix.searchHint}
        title={matrix.searchKeyHint}
        aria-keyshortcuts={matrix.searchKey}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
};
