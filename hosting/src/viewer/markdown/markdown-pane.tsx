import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import { TEXTS } from '../../texts/index.ts';
import type { BlockLookup } from '../block-lookup.ts';
import type { Selection } from '../use-selection.ts';
import styles from './markdown-pane.module.css';
import { MarkdownSegment, ShownBlock } from './markdown-segment.tsx';
import type { SegmentPlan } from './remark-segment.ts';
import { type Segment, segmentAt } from './segments.ts';
import { useReveal } from './use-reveal.ts';

const { viewer } = TEXTS;

/** Pixels of height per character, before a segment is measured. */
const HEIGHT_OF_CHARACTER = 0.4;

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

export interface MarkdownPaneProps {
  markdown: string;
  lookup: BlockLookup;
  segments: readonly Segment[];
  /** Page labels by number, as they are printed. */
  labels: ReadonlyMap<number, string>;
  selection: Selection;
  select: (blockId: string) => void;
}

const blockOf = (element: EventTarget): string | undefined =>
  element instanceof Element ? element.closest<HTMLElement>('[data-block]')?.dataset.block : undefined;

/** Only the segments in view are parsed and drawn. */
const usePlans = ({ markdown, lookup, segments, labels, selection }: MarkdownPaneProps): SegmentPlan[] => {
  const inert = useMemo(
    () => ({
      picture: viewer.picture,
      pageLabel: (pageNumber: number) => viewer.page(pageNumber, labels.get(pageNumber)),
    }),
    [labels],
  );
  const plain = useMemo(
    () => segments.map((segment): SegmentPlan => ({ segment, markdown, lookup, range: null, words: inert })),
    [segments, markdown, lookup, inert],
  );
  const { range } = selection.place;
  // A segment without a mark keeps its plan, and is not parsed again.
  return useMemo(
    () =>
      range === null
        ? plain
        : plain.map((plan) =>
            plan.segment.start < range.to && range.from < plan.segment.end ? { ...plan, range } : plan,
          ),
    [plain, range],
  );
};

export const MarkdownPane = (props: MarkdownPaneProps) => {
  const { lookup, segments, selection, select } = props;
  const plans = usePlans(props);
  const box = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const virtualizer = useVirtualizer({
    count: plans.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => {
      const { start = 0, end = 0 } = plans[index]?.segment ?? {};
      return 24 + (end - start) * HEIGHT_OF_CHARACTER;
    },
    overscan: 2,
  });
  const reveal = useReveal(box, virtualizer);
  /** The block to which the arrow keys have gone last, by its position among the leaves. */
  const cursor = useRef(-1);

  const goTo = (position: number): void => {
    const leaf = lookup.leaves[position];
    if (!leaf) return;
    cursor.current = position;
    reveal(segmentAt(segments, leaf.charStart), `[data-block="${CSS.escape(leaf.blockId)}"]`, { focus: true });
  };

  const { place, chooser, pageNumber, turn } = selection;
  // biome-ignore lint/correctness/useExhaustiveDependencies: Goes there once for each choice.
  useEffect(() => {
    if (pageNumber !== null) {
      const start = lookup.startOfPage(pageNumber);
      const leaf = start === undefined ? undefined : lookup.leafAt(start);
      cursor.current = -1;
      if (leaf) reveal(segmentAt(segments, leaf.charStart), `[data-block="${CSS.escape(leaf.blockId)}"]`);
      return;
    }
    const block = place.blockId === null ? undefined : lookup.byId(place.blockId);
    const first = place.parts[0]?.pageNumber;
    const offset =
      place.range?.from ?? block?.charStart ?? (first === undefined ? undefined : lookup.startOfPage(first));
    cursor.current = lookup.leaves.findIndex(({ blockId }) => blockId === place.blockId);
    if (chooser === 'markdown' || offset === undefined || offset === null) return;
    const shown = block ?? lookup.leafAt(offset) ?? lookup.leafIn(offset, Number.POSITIVE_INFINITY);
    const leaf = shown && lookup.firstLeafOf(shown);
    const selector = place.range ? 'mark' : `[data-block="${CSS.escape(leaf?.blockId ?? '')}"]`;
    reveal(segmentAt(segments, offset), selector);
  }, [turn]);

  const pick = ({ target }: MouseEvent): void => {
    // Who selects text to copy it does not mean the block.
    const blockId = getSelection()?.isCollapsed === false ? undefined : blockOf(target);
    if (blockId !== undefined) select(blockId);
  };
  const go = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const blockId = blockOf(event.target);
    const step = STEPS[event.key];
    if (event.key === 'Enter' && blockId !== undefined) select(blockId);
    else if (step === undefined) return;
    else {
      const focused = blockId === undefined ? -1 : lookup.leaves.findIndex((leaf) => leaf.blockId === blockId);
      const from = cursor.current === -1 ? focused : cursor.current;
      goTo(Math.max(0, Math.min(lookup.leaves.length - 1, from + step)));
    }
    event.preventDefault();
  };

  if (props.markdown.trim() === '') return <p className={styles.empty}>{viewer.empty}</p>;
  return (
    <>
      <p id={hintId} className="visually-hidden">
        {viewer.keys}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: It is no set of form fields. */}
      <div
        ref={box}
        className={styles.pane}
        role="group"
        aria-label={viewer.passage}
        aria-describedby={hintId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: A box that scrolls has to be reached by the keyboard.
        tabIndex={0}
        onClick={pick}
        onKeyDown={go}
      >
        <ShownBlock value={place.blockId}>
          <div className={styles.all} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
              const plan = plans[index];
              return (
                plan && (
                  <div
                    key={key}
                    data-index={index}
                    ref={virtualizer.measureElement}
                    className={styles.item}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <MarkdownSegment plan={plan} height={size} />
                  </div>
                )
              );
            })}
          </div>
        </ShownBlock>
      </div>
    </>
  );
};
