import { Icon } from '../components/icon.tsx';
import { TEXTS } from '../texts/index.ts';
import styles from './recognised-note.module.css';

/** Of a page whose text was read off its picture. `id`: for what it describes. `isOther`: the page that is seen is another; it only keeps its place. */
export const RecognisedNote = ({ id, isOther }: { id: string; isOther: boolean }) => (
  <p id={id} className={styles.note} data-other={isOther || undefined}>
    <Icon name="warning" />
    {TEXTS.viewer.recognised}
  </p>
);
