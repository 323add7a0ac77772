import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { FilesInside } from '../../components/files-inside.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './contents-pane.module.css';

/** In place of the pages of an original: the files in a mail or an archive, each a document of its own. */
export const ContentsPane = ({ conversion: { fileName, children = [] } }: { conversion: Conversion }) => (
  <div className={styles.contents}>
    <p className={styles.explained}>{TEXTS.document.contentsExplained}</p>
    <FilesInside fileName={fileName} conversionIds={children} />
  </div>
);
