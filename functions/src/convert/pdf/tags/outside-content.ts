/** Text at the edges of a page that the tags leave out of the document's content: running heads and feet, and page numbers. */
import type { PageContent, Segment } from '../page-model.ts';

/** Share of the page's letters that must be in elements for the tags to say something of the page. */
const MOST = 0.6;
/** The same for what is not even marked as no content: some programs mark nothing of their heads and feet. */
const NEARLY_ALL = 0.9;
/** In font sizes: lines this near above the first row of a table are its head, printed again. */
const NEAR = 1.2;

const lettersOf = (segments: readonly Segment[]): number => segments.reduce((sum, { text }) => sum + text.length, 0);

interface Parts {
  inside: Segment[];
  artifacts: Segment[];
  /** Share of what is not marked as no content that stands in elements. */
  share: number;
}

const partsOf = (segments: readonly Segment[]): Parts => {
  const artifacts = segments.filter(({ tag }) => tag?.role === 'artifact');
  const inside = segments.filter(({ tag }) => tag !== undefined && tag.role !== 'artifact');
  const content = lettersOf(segments) - lettersOf(artifacts);
  return { inside, artifacts, share: content === 0 ? 0 : lettersOf(inside) / content };
};

/** Whether most of what the page says stands in elements. */
export const isMostlyTagged = (segments: readonly Segment[]): boolean => partsOf(segments).share >= MOST;

/** Top of the content, with the head of a table that is printed again as no content. */
const topOf = ({ inside, artifacts }: Parts): number => {
  const first = inside.reduce((a, b) => (b.top < a.top ? b : a));
  if (!first.tag?.cell) return first.top;
  return artifacts
    .toSorted((a, b) => b.bottom - a.bottom)
    .reduce(
      (top, { bottom, size, ...head }) => (top - bottom < NEAR * size ? Math.min(top, head.top) : top),
      first.top,
    );
};

/** Tells of a segment whether it stands above or below all that is in elements, and in none itself. */
export const outsideContent = ({ segments }: PageContent): ((segment: Segment) => boolean) => {
  const parts = partsOf(segments);
  if (parts.share < MOST) return () => false;
  const top = topOf(parts);
  const bottom = parts.inside.reduce((most, segment) => Math.max(most, segment.bottom), Number.NEGATIVE_INFINITY);
  return (segment) => {
    const isLeftOut = segment.tag ? segment.tag.role === 'artifact' : parts.share >= NEARLY_ALL && !segment.isFormValue;
    return isLeftOut && (segment.bottom <= top + 1 || segment.top >= bottom - 1);
  };
};
