/** Running lines whose words change with the section: small or slanted print that stands at one place in the margin of most pages. */
import { type Segment, unionOf } from './page-model.ts';
import { COMMON_SHARE, type EdgeSegment, MIN_PAGES, SAME_HEIGHT_PT } from './repetitions.ts';

/** Share of the page's height, from its edge, that is margin on nearly every page. */
const MARGIN_SHARE = 0.08;
const SMALLER_PT = 0.4;
/** In ems, between such a line and the text. */
const GAP_EM = 1;

export interface PageEdge {
  height: number;
  /** Of most of its text, in points. */
  usualSize: number;
  edge: readonly EdgeSegment[];
  segments: readonly Segment[];
}

const isInMargin = ({ segment, position }: EdgeSegment, height: number): boolean =>
  (position === 'head' ? segment.bottom : height - segment.top) < height * MARGIN_SHARE;

const isUnlikeText = ({ size, italic, bold }: Segment, usualSize: number): boolean =>
  size <= usualSize - SMALLER_PT || (italic && !bold && size < usualSize + SMALLER_PT);

/** Lines of the margins that stand clear of the text. */
const candidatesOf = ({ height, usualSize, edge, segments }: PageEdge): EdgeSegment[] => {
  const inMargin = edge.filter((item) => isInMargin(item, height));
  const own = new Set(inMargin.map(({ segment }) => segment));
  const { top, bottom } = unionOf(segments.filter((segment) => !own.has(segment) && !segment.rotated));
  return inMargin.filter(({ segment, position }) => {
    const gap = position === 'head' ? top - segment.bottom : segment.top - bottom;
    return Number.isFinite(gap) && gap > GAP_EM * segment.size && isUnlikeText(segment, usualSize);
  });
};

const isSamePlace = (a: EdgeSegment, b: EdgeSegment): boolean =>
  a.position === b.position &&
  Math.abs(a.segment.baseline - b.segment.baseline) < SAME_HEIGHT_PT &&
  Math.abs(a.segment.size - b.segment.size) < SMALLER_PT &&
  a.segment.italic === b.segment.italic;

/** A place and the pages that have a line there. */
interface Place {
  first: EdgeSegment;
  items: EdgeSegment[];
  pages: Set<PageEdge>;
}

/** The lines that stand, in one look, where most of the pages have one. */
export const linesOfMargins = (pages: readonly PageEdge[]): Set<EdgeSegment> => {
  const places: Place[] = [];
  for (const page of pages)
    for (const item of candidatesOf(page)) {
      const known = places.find(({ first }) => isSamePlace(first, item));
      if (known) {
        known.items.push(item);
        known.pages.add(page);
      } else places.push({ first: item, items: [item], pages: new Set([page]) });
    }
  const enough = Math.max(MIN_PAGES, pages.length * COMMON_SHARE);
  return new Set(places.filter(({ pages: on }) => on.size >= enough).flatMap(({ items }) => items));
};
