import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './erase-dialog.module.css';
import type { RunsErased } from './runs-erased.ts';

const { confirm: texts } = TEXTS.documents;

const MOST_NAMED = 6;

/** Says what is erased before it is. */
export const EraseDialog = ({
  fileNames,
  filesInside,
  erased: { names, rows },
  confirm,
  close,
}: {
  fileNames: readonly string[];
  /** Number of the files in them that go with them. */
  filesInside: number;
  /** The analyses that go with them, as far as they are known. */
  erased: RunsErased;
  confirm: () => void;
  close: () => void;
}) => {
  const number = fileNames.length;
  const [name] = names;
  const more = number - MOST_NAMED;
  return (
    <ConfirmDialog
      title={texts.title(number)}
      confirmText={texts.delete(number)}
      cancelText={texts.cancel}
      confirm={confirm}
      close={close}
    >
      <ul className={styles.names}>
        {fileNames.slice(0, MOST_NAMED).map((fileName, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: Two files may have one name, and the list does not change.
          <li key={at}>{fileName}</li>
        ))}
        {more > 0 && <li>{texts.more(more)}</li>}
      </ul>
      <p>{texts.what(number)}</p>
      {filesInside > 0 && <p>{texts.inside(filesInside)}</p>}
      {name !== undefined && (
        <p>
          <strong>{texts.analyses(name, names.length - 1, rows)}</strong>
        </p>
      )}
      <p>{texts.others}</p>
    </ConfirmDialog>
  );
};
