import { Button, ButtonLink } from '../components/button.tsx';
import { ProblemPanel } from '../components/problem-panel.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import { MarkdownPane } from './markdown/markdown-pane.tsx';
import { hasPages, OriginalPane } from './original/original-pane.tsx';
import { recognisedPages } from './recognised-pages.ts';
import styles from './source-panel.module.css';
import type { SourceTarget } from './source-target.ts';
import { type ReadDocument, useOpenedDocument } from './use-opened-document.ts';
import { useSelection } from './use-selection.ts';

export interface SourcePanelProps {
  conversionId: string;
  fileName: string;
  target: SourceTarget;
  /** Absent: what stands around it has a button of its own. */
  close?: () => void;
}

const { viewer } = TEXTS;

const Sides = ({
  conversionId,
  document,
  target,
}: Pick<SourcePanelProps, 'conversionId' | 'target'> & { document: ReadDocument }) => {
  const { markdown, index, lookup, segments, labels } = document;
  const { selection, select, selectPage } = useSelection(lookup, markdown, target);
  return (
    <div className={styles.sides} data-pages={hasPages(index) || undefined}>
      {hasPages(index) && (
        <OriginalPane
          conversionId={conversionId}
          index={index}
          lookup={lookup}
          selection={selection}
          select={(blockId) => select(blockId, 'original')}
          selectPage={selectPage}
        />
      )}
      <div className={styles.markdown}>
        <MarkdownPane
          markdown={markdown}
          lookup={lookup}
          segments={segments}
          labels={labels}
          selection={selection}
          select={(blockId) => select(blockId, 'markdown')}
        />
      </div>
    </div>
  );
};

/** Where something stands in its document: the page with the quote marked, and the passage of the Markdown. Fills the height that it is given. */
export const SourcePanel = ({ conversionId, fileName, target, close }: SourcePanelProps) => {
  const { called, again } = useOpenedDocument(conversionId);
  const { from, to, blockId, pageNumber } = target;
  const label = called.state === 'ready' && pageNumber ? called.value.labels.get(pageNumber) : undefined;
  const page = pageNumber === undefined ? null : viewer.page(pageNumber, label);
  // Beside the pages it stands above them.
  const isRecognised =
    called.state === 'ready' &&
    pageNumber !== undefined &&
    !hasPages(called.value.index) &&
    recognisedPages(called.value.index).has(pageNumber);
  const link = linkTo.document(conversionId, {
    ...(typeof from === 'number' && { from }),
    ...(typeof to === 'number' && { to }),
    ...(blockId !== undefined && { blockId }),
    ...(pageNumber !== undefined && { page: pageNumber }),
  });
  return (
    <section className={styles.panel} aria-label={viewer.source(fileName)}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h2 className={styles.name} title={fileName}>
            {fileName}
          </h2>
          {page && <p className={styles.page}>{page}</p>}
          {isRecognised && <p className={styles.page}>{viewer.recognised}</p>}
        </div>
        <ButtonLink look="quiet" icon="external" to={link}>
          {viewer.openDocument}
        </ButtonLink>
        {close && (
          <Button look="quiet" icon="cross" isIconOnly onClick={close}>
            {viewer.close}
          </Button>
        )}
      </header>
      {called.state === 'loading' && (
        <div className={styles.waiting}>
          <Skeleton lines={8} />
        </div>
      )}
      {called.state === 'failed' && <ProblemPanel problem={called.problem} again={again} />}
      {called.state === 'ready' && (
        <Sides key={conversionId} conversionId={conversionId} document={called.value} target={target} />
      )}
    </section>
  );
};
