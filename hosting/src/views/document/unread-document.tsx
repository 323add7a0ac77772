import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { ButtonLink } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { progressHint, troubleOf } from '../documents/describe-document.ts';
import { DocumentHeader } from './document-header.tsx';
import styles from './document-view.module.css';

const { document } = TEXTS;

/** A document that has no Markdown: not yet, or not at all. */
export const UnreadDocument = ({ conversion }: { conversion: Conversion }) => {
  const { fileName, state } = conversion;
  const trouble = troubleOf(conversion);
  return (
    <>
      <DocumentHeader conversion={conversion} />
      {trouble === null ? (
        <StatePanel icon="clock" title={progressHint(conversion) ?? document.waitingForUpload}>
          <div className={styles.progress}>
            {state !== 'awaiting_upload' && <ProgressBar share={null} label={document.progress(fileName)} />}
            <p>{document.waiting}</p>
          </div>
        </StatePanel>
      ) : (
        <div role="alert">
          <StatePanel
            icon="warning"
            title={document.failed}
            actions={
              <ButtonLink look="primary" icon="upload" to={linkTo.documents()}>
                {document.uploadAgain}
              </ButtonLink>
            }
          >
            <p>{trouble}</p>
          </StatePanel>
        </div>
      )}
    </>
  );
};
