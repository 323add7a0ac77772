import type { FileUpload } from '../data/uploads/package.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import { Button, ButtonLink } from './button.tsx';
import { FilesInside } from './files-inside.tsx';
import { Icon } from './icon.tsx';
import styles from './upload-list.module.css';
import { fingerprintWords, stepWords, trackOf } from './upload-list-track.ts';

const { list, steps, fingerprint } = TEXTS.uploads;

/** For the eye; the words beside it say the same. */
const FileTrack = ({ file }: { file: FileUpload }) => {
  const track = trackOf(file);
  if (track === null || file.step.name === 'done') return null;
  return (
    <span className={`${styles.track} ${styles.below}`} aria-hidden="true">
      {track.map((share, piece) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: The pieces never change places.
        <span key={piece} className={`${styles.piece} ${share === null ? styles.moving : ''}`}>
          {share !== null && <span className={styles.fill} style={{ inlineSize: `${100 * share}%` }} />}
        </span>
      ))}
    </span>
  );
};

const Fingerprint = ({ hash }: { hash: string }) => (
  <p className={styles.fingerprint} title={hash}>
    <Icon name="check" />
    <span>{fingerprint.exact}</span>
    <code>
      {fingerprint.name} {fingerprintWords(hash)}
    </code>
  </p>
);

const FileActions = ({ packageId, file }: { packageId: string; file: FileUpload }) => {
  const { uploads } = usePageData();
  const { fileId, fileName, step, conversionId } = file;
  const remove = () => uploads.remove(packageId, fileId);
  switch (step.name) {
    case 'done':
      return (
        conversionId !== undefined && (
          <ButtonLink look="quiet" icon="document" to={linkTo.document(conversionId)}>
            {list.openDocument} <span className="visually-hidden">{fileName}</span>
          </ButtonLink>
        )
      );
    case 'duplicate':
      return (
        <>
          {step.known.runId !== undefined && (
            <ButtonLink look="primary" icon="table" to={linkTo.matrix(step.known.runId)}>
              {list.openMatrix}
            </ButtonLink>
          )}
          <ButtonLink icon="document" to={linkTo.document(step.known.conversionId)}>
            {list.openDocument}
          </ButtonLink>
          <Button icon="retry" onClick={() => uploads.readAgain(packageId, fileId)}>
            {list.readAgain}
          </Button>
          <Button look="quiet" aria-label={list.removeNamed(fileName)} onClick={remove}>
            {list.remove}
          </Button>
        </>
      );
    case 'failed':
      return (
        <>
          {step.mayRetry && (
            <Button
              icon="retry"
              aria-label={list.retryNamed(fileName)}
              onClick={() => uploads.retry(packageId, fileId)}
            >
              {list.retry}
            </Button>
          )}
          <Button look="quiet" aria-label={list.removeNamed(fileName)} onClick={remove}>
            {list.remove}
          </Button>
        </>
      );
    case 'same':
    case 'lost':
      return (
        <Button look="quiet" aria-label={list.removeNamed(fileName)} onClick={remove}>
          {list.remove}
        </Button>
      );
    case 'queued':
    case 'reading':
      return null;
    default:
      return (
        <Button look="quiet" aria-label={list.cancelNamed(fileName)} onClick={remove}>
          {list.cancel}
        </Button>
      );
  }
};

export const FileRow = ({ packageId, file, isAlone }: { packageId: string; file: FileUpload; isAlone: boolean }) => {
  const { fileName, sizeBytes, step, hash } = file;
  const isBad = step.name === 'failed' || step.name === 'lost';
  return (
    <li className={styles.file}>
      <span className={`${styles.sign} ${isBad ? styles.bad : ''} ${step.name === 'done' ? styles.good : ''}`}>
        <Icon name={isBad ? 'warning' : step.name === 'done' ? 'check' : 'document'} />
      </span>
      <div className={styles.words}>
        <p className={styles.name}>
          <span className={isAlone ? 'visually-hidden' : styles.fileName}>{fileName}</span>
          {sizeBytes > 0 && <span className={styles.size}>{TEXTS.words.size(sizeBytes)}</span>}
        </p>
        <p className={`${styles.state} ${isBad ? styles.bad : ''}`} role={isBad ? 'alert' : undefined}>
          {stepWords(file)}
        </p>
        {step.name === 'done' && step.pagesWithoutText > 0 && (
          <p className={styles.warning}>{steps.pagesWithoutText(step.pagesWithoutText)}</p>
        )}
        {step.name === 'done' && hash !== undefined && <Fingerprint hash={hash} />}
        {step.name === 'done' && step.inside && <FilesInside fileName={fileName} conversionIds={step.inside} />}
        {isBad && step.problem.kind === 'broken' && (
          <p className={styles.size}>{list.reference(step.problem.reason)}</p>
        )}
      </div>
      <div className={`${styles.actions} ${step.name === 'done' ? styles.flush : ''}`}>
        <FileActions packageId={packageId} file={file} />
      </div>
      <FileTrack file={file} />
    </li>
  );
};
