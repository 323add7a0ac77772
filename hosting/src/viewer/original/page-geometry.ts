/** Sizes and places of pages on the screen, known before anything is drawn. Pure. */
import type { Page } from '../../../../functions/src/contracts/document.ts';
import type { Leaf } from '../block-lookup.ts';

export interface PageSize {
  widthPt: number;
  heightPt: number;
}

/** Letter, for a page whose size is not known. */
const USUAL: PageSize = { widthPt: 612, heightPt: 792 };

export const pageSizesOf = (pages: readonly Page[]): PageSize[] =>
  pages.map(({ widthPt, heightPt }) => (widthPt && heightPt ? { widthPt, heightPt } : USUAL));

/** As it is shown: 100 % is a page of its printed size. */
export const PIXELS_PER_POINT = 96 / 72;
export const ZOOMS = [0.75, 1, 1.5, 2] as const;
export type Zoom = 'fit' | (typeof ZOOMS)[number];

const LARGEST_FIT = 2 * PIXELS_PER_POINT;

/** Pixels per point. `room`: pixels for the widest page. */
export const scaleOf = (zoom: Zoom, room: number, sizes: readonly PageSize[]): number => {
  if (zoom !== 'fit') return zoom * PIXELS_PER_POINT;
  const widest = sizes.reduce((most, { widthPt }) => Math.max(most, widthPt), 1);
  return Math.max(0.1, Math.min(LARGEST_FIT, room / widest));
};

/** The smallest block under a point of the page: a cell rather than the paragraph that it overlaps. */
export const blockAt = (blocks: readonly Leaf[], x: number, y: number): Leaf | null => {
  let best: Leaf | null = null;
  let smallest = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    const { bbox } = block;
    if (!bbox || x < bbox.x || y < bbox.y || x > bbox.x + bbox.width || y > bbox.y + bbox.height) continue;
    const area = bbox.width * bbox.height;
    if (area < smallest) [best, smallest] = [block, area];
  }
  return best;
};

/** Canvases that live at the same time. */
export const MOST_PAGES_DRAWN = 8;

/** Positions of the pages to be drawn: those in view, one before and two after them, never more than MOST_PAGES_DRAWN. */
export const pagesToDraw = ({
  startIndex,
  endIndex,
  count,
}: {
  startIndex: number;
  endIndex: number;
  count: number;
}): number[] => {
  const first = Math.max(0, startIndex - 1);
  const last = Math.min(count - 1, endIndex + 2, first + MOST_PAGES_DRAWN - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
};

/** How far to scroll so that [start, end) is in view, with some room around it; what is in view already stays where it is. */
export const scrollToShow = (view: { start: number; size: number }, target: { start: number; end: number }): number => {
  const room = Math.min(48, view.size / 8);
  const isInView = target.start >= view.start + room && target.end <= view.start + view.size - room;
  if (isInView) return view.start;
  return Math.max(0, target.start - Math.max(room, (view.size - (target.end - target.start)) / 3));
};
