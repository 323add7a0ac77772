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
  TickAll,
  Whereabouts,
} from './document-parts.tsx';
import { ariaSortOf, type DocumentOrder, nextOrder, type SortField, sizeOf } from './order-documents.ts';

const { documents, words } = TEXTS;

const ARROWS = { ascending: '↑', descending: '↓', none: '' } as const;

const SortHead = ({
  by,
  order,
  sort,
}: {
  by: SortField;
  order: DocumentOrder;
  sort: (order: DocumentOrder) => void;
}) => {
  const sorted = ariaSortOf(order, by);
  return (
    <th scope="col" aria-sort={sorted} className={by === 'pages' || by === 'size' ? styles.number : undefined}>
      <button
        type="button"
        className={styles.sort}
        data-on={sorted !== 'none'}
        onClick={() => sort(nextOrder(order, by))}
      >
        {documents.columns[by]}
        <span className={styles.arrow} aria-hidden="true">
          {ARROWS[sorted]}
        </span>
      </button>
    </th>
  );
};

const Row = ({
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
    <tr data-selected={isSelected}>
      <td className={styles.tick}>
        <Tick document={document} isSelected={isSelected} toggle={toggle} />
      </td>
      <th scope="row">
        <Name document={document} />
        <Whereabouts container={container} />
        <Remarks document={document} erasing={erasing} eraseAgain={eraseAgain} />
      </th>
      <td>
        <State document={document} erasing={erasing} />
      </td>
      <td className={styles.number}>{pagesInWords(document)}</td>
      <td>{result ? engineInWords(result.engine) : documents.unknown}</td>
      <td className={styles.number}>{words.size(sizeOf(document))}</td>
      <td className={styles.moment}>{words.moment(createdAt)}</td>
      <td className={styles.nowrap}>
        <Expiry document={document} />
      </td>
      <td>
        <Actions document={document} erasing={erasing} runId={runId} askToErase={askToErase} />
      </td>
    </tr>
  );
};

/** Where there is room for it. */
export const DocumentTable = ({
  list,
  order,
  sort,
  share,
  toggleAll,
  actions,
}: {
  list: readonly ListedDocument[];
  order: DocumentOrder;
  sort: (order: DocumentOrder) => void;
  share: 'all' | 'some' | 'none';
  toggleAll: () => void;
  actions: DocumentActions;
}) => (
  <div className={styles.scroll}>
    <table className={styles.table}>
      <caption className="visually-hidden">{documents.caption}</caption>
      <thead>
        <tr>
          <td className={styles.tick}>
            <TickAll share={share} toggleAll={toggleAll} />
          </td>
          <SortHead by="name" order={order} sort={sort} />
          <th scope="col">{documents.columns.state}</th>
          <SortHead by="pages" order={order} sort={sort} />
          <th scope="col">{documents.columns.engine}</th>
          <SortHead by="size" order={order} sort={sort} />
          <SortHead by="uploaded" order={order} sort={sort} />
          <th scope="col">{documents.columns.keptUntil}</th>
          <th scope="col">
            <span className="visually-hidden">{documents.columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((each) => (
          <Row key={each.document.conversionId} {...each} {...actions} />
        ))}
      </tbody>
    </table>
  </div>
);
