import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BlockIndex, BoundingBox } from '../../../../functions/src/contracts/document.ts';
import { Notice } from '../../components/notice.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { TEXTS } from '../../texts/index.ts';
import type { BlockLookup } from '../block-lookup.ts';
import { RecognisedNote } from '../recognised-note.tsx';
import { recognisedPages } from '../recognised-pages.ts';
import type { Selection } from '../use-selection.ts';
import { OriginalPage } from './original-page.tsx';
import styles from './original-pages.module.css';
import { PageBar } from './page-bar.tsx';
import { pageSizesOf, pagesToDraw, scaleOf, scrollToShow, type Zoom } from './page-geometry.ts';
import { useOriginal } from './use-original.ts';

const { viewer } = TEXTS;

/** Pixels between pages, and around all of them. */
const GAP = 16;

const useRoom = (element: React.RefObject<HTMLElement | null>): number => {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setRoom(Math.max(0, box.clientWidth - 2 * GAP));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return room;
};

export interface OriginalPagesProps {
  conversionId: string;
  index: BlockIndex;
  lookup: BlockLookup;
  selection: Selection;
  select: (blockId: string) => void;
  /** A page is chosen by its number; it is gone to already. */
  selectPage: (pageNumber: number) => void;
}

/** The pages of the original, drawn as they come into view; their places are known before that. */
export const OriginalPages = ({ conversionId, index, lookup, selection, select, selectPage }: OriginalPagesProps) => {
  const { opened, again } = useOriginal(conversionId, index.mediaType);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const room = useRoom(box);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const recognised = useMemo(() => recognisedPages(index), [index]);
  const noteId = useId();
  const sizes = useMemo(() => pageSizesOf(index.pages), [index]);
  const scale = scaleOf(zoom, room, sizes);
  const virtualizer = useVirtualizer({
    count: room === 0 ? 0 : sizes.length,
    getScrollElement: () => box.current,
    estimateSize: (position) => Math.round((sizes[position]?.heightPt ?? 0) * scale),
    gap: GAP,
    paddingStart: GAP,
    paddingEnd: GAP,
    rangeExtractor: pagesToDraw,
  });

  /** Keeps the same line of the page at the top when the pages get another size. */
  const sized = useRef(scale);
  useLayoutEffect(() => {
    const pane = box.current;
    if (!pane || sized.current === scale) return;
    const at = virtualizer.getVirtualItemForOffset(pane.scrollTop);
    const share = at ? (pane.scrollTop - at.start) / Math.max(1, at.size) : 0;
    sized.current = scale;
    virtualizer.measure();
    // It scrolls no further than it is high, and it is not drawn with its new height yet.
    if (content.current) content.current.style.height = `${virtualizer.getTotalSize()}px`;
    const then = at && virtualizer.measurementsCache[at.index];
    if (then) pane.scrollTop = then.start + share * then.size;
  }, [scale, virtualizer]);

  const goTo = useCallback(
    (pageNumber: number, target: BoundingBox | null): void => {
      const pane = box.current;
      const start = virtualizer.getOffsetForIndex(pageNumber - 1, 'start')?.[0];
      if (!pane || start === undefined) return;
      if (target === null) {
        pane.scrollTop = start - GAP / 2;
        return;
      }
      const top = start + target.y * sized.current;
      const view = { start: pane.scrollTop, size: pane.clientHeight };
      pane.scrollTop = scrollToShow(view, { start: top, end: top + target.height * sized.current });
      const across = { start: pane.scrollLeft, size: pane.clientWidth };
      const left = GAP + target.x * sized.current;
      if (pane.scrollWidth > pane.clientWidth) {
        pane.scrollLeft = scrollToShow(across, { start: left, end: left + target.width * sized.current });
      }
    },
    [virtualizer],
  );

  const { place, chooser, pageNumber: chosenPage, turn } = selection;
  const isSized = room > 0;
  const isNew = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Goes there once for each choice, and when there is a size at last.
  useEffect(() => {
    if (!isSized) return;
    const [part] = place.parts;
    // What was chosen here is in sight already, unless the other side was shown in between.
    const isWanted = chooser !== 'original' || isNew.current;
    isNew.current = false;
    if (isWanted && chosenPage !== null) goTo(chosenPage, null);
    else if (isWanted && part) goTo(part.pageNumber, part.box);
  }, [turn, isSized]);
  /** The quote may stand far down in a long block. */
  const found = useCallback(
    (pageNumber: number, quote: BoundingBox) => {
      if (place.parts[0]?.pageNumber === pageNumber) goTo(pageNumber, quote);
    },
    [place, goTo],
  );

  const middle = (virtualizer.scrollOffset ?? 0) + (box.current?.clientHeight ?? 0) / 2;
  const current = (virtualizer.getVirtualItemForOffset(middle)?.index ?? 0) + 1;
  const widest = Math.max(
    0,
    ...virtualizer.getVirtualItems().map(({ index: at }) => (sizes[at]?.widthPt ?? 0) * scale),
  );
  return (
    <div className={styles.original}>
      <PageBar
        current={current}
        labels={index.pages.map(({ pageLabel }) => pageLabel)}
        zoom={zoom}
        setZoom={setZoom}
        goTo={(pageNumber) => {
          goTo(pageNumber, null);
          selectPage(pageNumber);
        }}
      />
      {recognised.size > 0 && <RecognisedNote id={noteId} isOther={!recognised.has(current)} />}
      {opened.state === 'failed' && opened.problem.kind === 'refused' && (
        <Notice tone="warn">{opened.problem.message}</Notice>
      )}
      {opened.state === 'failed' && opened.problem.kind !== 'refused' && (
        <div className={styles.failed}>
          <ProblemPanel problem={opened.problem} again={again} />
        </div>
      )}
      {opened.state === 'loading' && (
        <p className={styles.loading} role="status">
          {viewer.loadingOriginal}
        </p>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: It is no set of form fields. */}
      <div
        ref={box}
        className={styles.pages}
        role="group"
        aria-label={viewer.pages}
        aria-describedby={recognised.has(current) ? noteId : undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: A box that scrolls has to be reached by the keyboard.
        tabIndex={0}
      >
        <div
          ref={content}
          className={styles.all}
          style={{ height: virtualizer.getTotalSize(), minWidth: widest + 2 * GAP }}
        >
          {virtualizer.getVirtualItems().map(({ index: at, key, start, size }) => {
            const pageNumber = at + 1;
            return (
              <div key={key} className={styles.item} style={{ transform: `translateY(${start}px)` }}>
                <OriginalPage
                  original={opened.state === 'ready' ? opened.original : null}
                  pageNumber={pageNumber}
                  name={viewer.page(pageNumber, index.pages[at]?.pageLabel)}
                  width={Math.round((sizes[at]?.widthPt ?? 0) * scale)}
                  height={size}
                  scale={scale}
                  blocks={lookup.onPage(pageNumber)}
                  part={place.parts.find((part) => part.pageNumber === pageNumber) ?? null}
                  select={select}
                  found={found}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};
