import styles from '../../components/record-list.module.css';
import { TEXTS } from '../../texts/index.ts';
import { engineInWords, pagesInWords } from './describe-document.ts';
import {
  Actions,
  type DocumentActions,
  Expiry,
  type ListedDocument,
  Name,
  Remarks,
  State,
  Tick,
  Whereabouts,
} from './document-parts.tsx';
import { sizeOf } from './order-documents.ts';

const { documents, words } = TEXTS;

const Card = ({
  document,
  isSelected,
  erasing,
  runId,
  container,
  toggle,
  askToErase,
  eraseAgain,
}: ListedDocument & DocumentActions) => {
  const { result, createdAt } = document;
  return (
    <li className={styles.card} data-selected={isSelected}>
      <div className={styles.cardHead}>
        <Tick document={document} isSelected={isSelected} toggle={toggle} />
        <div className={styles.cardTitle}>
          <h2>
            <Name document={document} />
          </h2>
          <Whereabouts container={container} />
          <State document={document} erasing={erasing} />
          <Remarks document={document} erasing={erasing} eraseAgain={eraseAgain} />
        </div>
      </div>
      <dl className={styles.facts}>
        {result && (
          <>
            <div>
              <dt>{documents.columns.pages}</dt>
              <dd>{pagesInWords(document)}</dd>
            </div>
            <div>
              <dt>{documents.columns.engine}</dt>
              <dd>{engineInWords(result.engine)}</dd>
            </div>
          </>
        )}
        <div>
          <dt>{documents.columns.size}</dt>
          <dd>{words.size(sizeOf(document))}</dd>
        </div>
        <div>
          <dt>{documents.columns.uploaded}</dt>
          <dd>{words.moment(createdAt)}</dd>
        </div>
        <div>
          <dt>{documents.columns.keptUntil}</dt>
          <dd>
            <Expiry document={document} />
          </dd>
        </div>
      </dl>
      <Actions document={document} erasing={erasing} runId={runId} askToErase={askToErase} />
    </li>
  );
};

/** Where a table would be squeezed. */
export const DocumentCards = ({ list, actions }: { list: readonly ListedDocument[]; actions: DocumentActions }) => (
  <ul className={styles.cards} aria-label={documents.caption}>
    {list.map((each) => (
      <Card key={each.document.conversionId} {...each} {...actions} />
    ))}
  </ul>
);
