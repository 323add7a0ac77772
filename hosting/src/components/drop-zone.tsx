import { useState } from 'react';
import { ACCEPTED_ENDINGS } from '../data/uploads/declared-type.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { TEXTS } from '../texts/index.ts';
import styles from './drop-zone.module.css';
import { useDroppedFiles } from './drop-zone-files.ts';
import { Icon } from './icon.tsx';
import { Notice } from './notice.tsx';

const { dropZone } = TEXTS.uploads;

const titleOf = (look: 'hero' | 'slim', isOver: boolean): string => {
  if (isOver) return dropZone.release;
  return look === 'hero' ? dropZone.title : dropZone.titleSlim;
};

/**
 * Takes files by drop anywhere in the window, by click and by keyboard, and begins their upload. `hero`: the one thing on the
 * page; `slim`: a strip above a list.
 */
export const DropZone = ({ look = 'slim' }: { look?: 'hero' | 'slim' }) => {
  const { uploads } = usePageData();
  const [hasFolder, setHasFolder] = useState(false);
  const isOver = useDroppedFiles(({ files, folders }) => {
    setHasFolder(folders > 0);
    uploads.add(files);
  });
  return (
    <div className={styles.place}>
      <label className={`${styles.zone} ${styles[look]} ${isOver ? styles.over : ''}`}>
        <span className={styles.icon}>
          <Icon name="upload" />
        </span>
        <span className={styles.words}>
          <span className={styles.title}>{titleOf(look, isOver)}</span>
          <span className={styles.choose}>{dropZone.choose}</span>
        </span>
        {look === 'hero' && (
          <span className={styles.details}>
            <span>{dropZone.several}</span>
            <span>{dropZone.formats}</span>
          </span>
        )}
        <input
          type="file"
          multiple
          accept={ACCEPTED_ENDINGS.join()}
          className="visually-hidden"
          onChange={({ currentTarget }) => {
            setHasFolder(false);
            uploads.add([...(currentTarget.files ?? [])]);
            // The same file may be chosen again.
            currentTarget.value = '';
          }}
        />
      </label>
      {hasFolder && <Notice tone="warn">{dropZone.noFolders}</Notice>}
    </div>
  );
};
