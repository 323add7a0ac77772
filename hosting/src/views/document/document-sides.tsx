import { useCallback, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { MarkdownPane } from '../../viewer/markdown/markdown-pane.tsx';
import { hasPages, OriginalPane } from '../../viewer/original/original-pane.tsx';
import { recognisedPages } from '../../viewer/recognised-pages.ts';
import type { ReadDocument } from '../../viewer/use-opened-document.ts';
import { type Chooser, useSelection } from '../../viewer/use-selection.ts';
import { ContentsPane } from './contents-pane.tsx';
import { DocumentHeader } from './document-header.tsx';
import styles from './document-view.module.css';
import { RemarkList } from './remark-list.tsx';
import { type Remark, remarksOf } from './remarks.ts';
import { type Side, SideTabs } from './side-tabs.tsx';
import { targetOfAddress } from './target-of-address.ts';

const { viewer } = TEXTS;

/** Both sides beside each other, or one at a time where there is no room for two. What is chosen stands in the address. */
export const DocumentSides = ({
  conversion,
  document,
  runId,
}: {
  conversion: Conversion;
  document: ReadDocument;
  runId: string | undefined;
}) => {
  const { conversionId } = conversion;
  const { markdown, index, lookup, segments, labels } = document;
  const [, navigate] = useLocation();
  const search = useSearch();
  const isNarrow = useIsNarrow();
  const [side, setSide] = useState<Side>(hasPages(index) ? 'original' : 'markdown');
  const tell = useCallback(
    (blockId: string) => navigate(linkTo.document(conversionId, { blockId }), { replace: true }),
    [navigate, conversionId],
  );
  const target = useMemo(() => targetOfAddress(search), [search]);
  const { selection, select, selectPage } = useSelection(lookup, markdown, target, tell);
  const remarks = useMemo(() => remarksOf(index), [index]);
  const show = ({ blockId, pageNumber }: Remark): void => {
    if (blockId !== undefined) select(blockId, 'outside');
    else if (pageNumber !== undefined) navigate(linkTo.document(conversionId, { page: pageNumber }), { replace: true });
  };
  const selectFrom = (chooser: Chooser) => (blockId: string) => select(blockId, chooser);

  const holdsFiles = (conversion.children ?? []).length > 0;
  const names = {
    original: holdsFiles ? TEXTS.document.contents : viewer.original,
    markdown: viewer.markdown,
  };

  const sides: Readonly<Record<Side, React.ReactNode>> = {
    original: holdsFiles ? (
      <ContentsPane conversion={conversion} />
    ) : (
      <OriginalPane
        conversionId={conversionId}
        index={index}
        lookup={lookup}
        selection={selection}
        select={selectFrom('original')}
        selectPage={selectPage}
      />
    ),
    markdown: (
      <MarkdownPane
        markdown={markdown}
        lookup={lookup}
        segments={segments}
        labels={labels}
        selection={selection}
        select={selectFrom('markdown')}
      />
    ),
  };
  return (
    <>
      <DocumentHeader conversion={conversion} runId={runId} recognised={recognisedPages(index).size}>
        <RemarkList remarks={remarks} show={show} />
      </DocumentHeader>
      {isNarrow ? (
        <SideTabs side={side} setSide={setSide} labels={names}>
          <h2 className="visually-hidden">{names[side]}</h2>
          {sides[side]}
        </SideTabs>
      ) : (
        <div className={styles.sides} data-pages={hasPages(index) || undefined}>
          <section className={styles.side} aria-label={names.original}>
            <h2 className="visually-hidden">{names.original}</h2>
            {sides.original}
          </section>
          <section className={styles.side} aria-label={names.markdown}>
            <h2 className="visually-hidden">{names.markdown}</h2>
            {sides.markdown}
          </section>
        </div>
      )}
    </>
  );
};
