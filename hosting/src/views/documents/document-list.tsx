import { useEffect, useMemo, useRef, useState } from 'react';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import type { Run } from '../../../../functions/src/contracts/run.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { TEXTS } from '../../texts/index.ts';
import { pathsOf, withContents } from './containers.ts';
import { isReadable, newestRuns } from './describe-document.ts';
import { DocumentCards } from './document-cards.tsx';
import { DocumentTable } from './document-table.tsx';
import { ListTools, SelectionTools } from './document-tools.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { NEWEST_FIRST, orderDocuments, searchDocuments } from './order-documents.ts';
import { runsErased } from './runs-erased.ts';
import { keepShown, shareOf, toggle } from './selection.ts';
import { useAnalysisStart } from './use-analysis-start.ts';
import { useErasing } from './use-erasing.ts';

const { documents } = TEXTS;

/** `most`: how many are listened to at most; the list may be one of more. `runs`: the newest first. */
export const DocumentList = ({
  all,
  runs,
  most,
}: {
  all: readonly Conversion[];
  runs: readonly Run[];
  most: number;
}) => {
  const [search, setSearch] = useState('');
  const [order, sort] = useState(NEWEST_FIRST);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly string[]>([]);
  const { erasing, erase } = useErasing();
  const { isStarting, problem, start } = useAnalysisStart();
  const isNarrow = useIsNarrow();

  const countRef = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The keyboard may have stood on a document that went.
  useEffect(() => {
    if (erasing.size > 0 && document.activeElement === document.body) countRef.current?.focus();
  }, [erasing, all]);

  const shown = useMemo(() => orderDocuments(searchDocuments(all, search), order), [all, search, order]);
  const runIds = useMemo(() => newestRuns(runs), [runs]);
  const paths = useMemo(() => pathsOf(all), [all]);
  const canBeTicked = shown.flatMap(({ conversionId }) =>
    erasing.get(conversionId) === 'leaving' ? [] : [conversionId],
  );
  const selected = keepShown(ticked, canBeTicked);
  const ready = shown.filter((each) => selected.has(each.conversionId) && isReadable(each));
  const share = shareOf(selected, canBeTicked);
  const toggleAll = () => setTicked(new Set(share === 'all' ? [] : canBeTicked));
  const list = shown.map((document) => ({
    document,
    isSelected: selected.has(document.conversionId),
    erasing: erasing.get(document.conversionId),
    runId: runIds.get(document.conversionId) ?? document.runId,
    container: paths.get(document.conversionId)?.at(-2),
  }));
  const actions = {
    toggle: (conversionId: string) => setTicked(toggle(selected, conversionId)),
    askToErase: setAsked,
    eraseAgain: (conversionId: string) => erase([conversionId]),
  };
  const tools = { search, setSearch, order, sort, share, toggleAll, isNarrow };
  const count = [documents.shown(shown.length, all.length), ...(all.length < most ? [] : [documents.most(most)])];

  const erasedIds = withContents(asked, all);

  return (
    <>
      <ListTools {...tools} count={count.join(' · ')} countRef={countRef} />
      {shown.length === 0 && (
        <StatePanel
          icon="search"
          title={documents.noMatch(search)}
          actions={<Button onClick={() => setSearch('')}>{documents.clearSearch}</Button>}
        />
      )}
      {shown.length > 0 && isNarrow && <DocumentCards list={list} actions={actions} />}
      {shown.length > 0 && !isNarrow && (
        <DocumentTable list={list} order={order} sort={sort} share={share} toggleAll={toggleAll} actions={actions} />
      )}
      {problem && <Notice tone="bad">{documents.notStarted(problem.message)}</Notice>}
      {selected.size > 0 && (
        <SelectionTools
          selected={selected.size}
          ready={ready.length}
          isStarting={isStarting}
          analyse={() => start(ready.map(({ conversionId }) => conversionId))}
          askToErase={() => setAsked([...selected])}
          clear={() => setTicked(new Set())}
        />
      )}
      {asked.length > 0 && (
        <EraseDialog
          fileNames={all.filter(({ conversionId }) => asked.includes(conversionId)).map(({ fileName }) => fileName)}
          filesInside={erasedIds.length - asked.length}
          erased={runsErased(erasedIds, runs)}
          confirm={() => erase(asked)}
          close={() => setAsked([])}
        />
      )}
    </>
  );
};
