import styles from './segment-bar.module.css';

export type SegmentKind = 'inMatrix' | 'excluded' | 'unresolved';

/** What became of a number of sentences, as one bar. A picture only: the figures stand beside it. */
export const SegmentBar = ({ counts }: { counts: Readonly<Record<SegmentKind, number>> }) => {
  const kinds = ['inMatrix', 'excluded', 'unresolved'] as const;
  return (
    <div className={styles.bar} aria-hidden="true">
      {kinds.map(
        (kind) => counts[kind] > 0 && <span key={kind} className={styles[kind]} style={{ flexGrow: counts[kind] }} />,
      )}
    </div>
  );
};

/** The colour of a kind beside its word. */
export const SegmentSign = ({ kind }: { kind: SegmentKind }) => (
  <span className={`${styles.sign} ${styles[kind]}`} aria-hidden="true" />
);
