import { type FormEvent, useEffect, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './page-bar.module.css';
import { ZOOMS, type Zoom } from './page-geometry.ts';

const { viewer, words } = TEXTS;

const zoomOf = (value: string): Zoom => ZOOMS.find((each) => `${each}` === value) ?? 'fit';

/** Which page is seen, and how large. */
export const PageBar = ({
  current,
  labels,
  zoom,
  setZoom,
  goTo,
}: {
  /** Physical, 1-based. */
  current: number;
  labels: readonly (string | undefined)[];
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
  goTo: (pageNumber: number) => void;
}) => {
  const [typed, setTyped] = useState(`${current}`);
  useEffect(() => setTyped(`${current}`), [current]);
  const [pageId, zoomId] = [useId(), useId()];
  const count = labels.length;
  const label = labels[current - 1];
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const asked = Number.parseInt(typed, 10);
    // A page as it is printed is understood too.
    const printed = labels.indexOf(typed.trim()) + 1;
    const pageNumber = Number.isNaN(asked) ? printed : Math.min(count, Math.max(1, asked));
    setTyped(`${pageNumber || current}`);
    if (pageNumber > 0) goTo(pageNumber);
  };
  return (
    <div className={styles.bar}>
      <Button
        look="quiet"
        icon="back"
        isIconOnly
        disabled={current <= 1}
        onClick={() => goTo(current - 1)}
        className={styles.step}
      >
        {viewer.previousPage}
      </Button>
      <form className={styles.page} onSubmit={go}>
        <label htmlFor={pageId}>{viewer.pageField}</label>
        <input
          id={pageId}
          className={styles.number}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => setTyped(`${current}`)}
        />
        <span>{viewer.ofPages(words.count(count))}</span>
        {label !== undefined && label !== `${current}` && <span>{viewer.printedAs(label)}</span>}
      </form>
      <Button
        look="quiet"
        icon="forward"
        isIconOnly
        disabled={current >= count}
        onClick={() => goTo(current + 1)}
        className={styles.step}
      >
        {viewer.nextPage}
      </Button>
      <label htmlFor={zoomId} className="visually-hidden">
        {viewer.zoom}
      </label>
      <select
        id={zoomId}
        className={styles.zoom}
        value={`${zoom}`}
        onChange={({ target }) => setZoom(zoomOf(target.value))}
      >
        <option value="fit">{viewer.fitWidth}</option>
        {ZOOMS.map((each) => (
          <option key={each} value={`${each}`}>
            {viewer.percent(each)}
          </option>
        ))}
      </select>
    </div>
  );
};
