import { memo } from 'react';
import type { RunDocument, RunWindow } from '../../../../functions/src/contracts/run.ts';
import { TEXTS } from '../../texts/index.ts';
import { useWidth } from './use-width.ts';
import { groupWindows, type WindowCell, type WindowGroup, type WindowState, windowsPerCell } from './window-cells.ts';
import styles from './window-grid.module.css';
import { CELL_PITCH, cellPath } from './window-signs.ts';

const { windowGrid: texts } = TEXTS.run;
const STATES: readonly WindowState[] = ['queued', 'working', 'done', 'failed', 'cancelled'];

const nameOf = ({ first, last, state, found, done, failed }: WindowCell, of: number, fileName: string): string =>
  first === last
    ? texts.one(first, of, fileName, state, found)
    : texts.several(first, last, of, fileName, done, failed);

const Cell = memo(({ state, x, y, name }: { state: WindowState; x: number; y: number; name: string }) => (
  <path className={styles[state]} transform={`translate(${x} ${y})`} d={cellPath(state)}>
    <title>{name}</title>
  </path>
));

/** What has gone wrong is explained where it is seen, and not before. */
const isShown = (state: WindowState, groups: readonly WindowGroup[]): boolean =>
  (state !== 'failed' && state !== 'cancelled') ||
  groups.some(({ cells }) => cells.some((cell) => cell.state === state));

/** One picture for each document; its name says in words what the cells show. */
const Group = ({ group, of, width }: { group: WindowGroup; of: number; width: number }) => {
  const { fileName, cells, done, planned, failed } = group;
  const columns = Math.max(1, Math.min(cells.length, Math.floor(width / CELL_PITCH)));
  const [drawnWidth, drawnHeight] = [columns * CELL_PITCH, Math.ceil(cells.length / columns) * CELL_PITCH];
  return (
    <li className={styles.group}>
      <span className={styles.name} aria-hidden="true">
        {fileName}
      </span>
      <svg
        role="img"
        aria-label={texts.document(fileName, done, planned, failed)}
        width={drawnWidth}
        height={drawnHeight}
        viewBox={`0 0 ${drawnWidth} ${drawnHeight}`}
      >
        {cells.map((cell, at) => (
          <Cell
            key={cell.first}
            state={cell.state}
            x={(at % columns) * CELL_PITCH}
            y={Math.floor(at / columns) * CELL_PITCH}
            name={nameOf(cell, of, fileName)}
          />
        ))}
      </svg>
    </li>
  );
};

const Legend = ({ groups }: { groups: readonly WindowGroup[] }) => (
  <ul className={styles.legend} aria-label={texts.legend}>
    {STATES.filter((state) => isShown(state, groups)).map((state) => (
      <li key={state}>
        <svg width={CELL_PITCH} height={CELL_PITCH} aria-hidden="true" focusable="false">
          <path className={styles[state]} d={cellPath(state)} />
        </svg>
        {texts.state[state]}
      </li>
    ))}
  </ul>
);

export const WindowGrid = ({
  windows,
  documents,
}: {
  windows: readonly RunWindow[];
  documents: readonly RunDocument[];
}) => {
  const { ref, width } = useWidth<HTMLUListElement>();
  const groups = groupWindows(windows, documents);
  return (
    <section className={styles.grid} aria-labelledby="windows">
      <div className={styles.head}>
        <h2 id="windows">{texts.title}</h2>
        <p className={styles.explained}>{texts.explained(windowsPerCell(windows.length))}</p>
        <Legend groups={groups} />
      </div>
      <ul ref={ref} className={styles.groups}>
        {width > 0 &&
          groups.map((group) => <Group key={group.documentId} group={group} of={windows.length} width={width} />)}
      </ul>
    </section>
  );
};
