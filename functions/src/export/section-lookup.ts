/** The section of a sentence of the ledger, which itself only knows its place. */
import type { ComplianceMatrix, LedgerSource } from '../contracts/rfp.ts';

/** Where a sentence stands whose section is known. */
interface Anchor {
  charStart: number;
  /** Headings from the top down, as one text. */
  path: string;
  heading: string | undefined;
}

interface Places {
  anchors: Anchor[];
  /** Where headings begin; header cells of tables, which count as headings too, do no harm here. */
  headingStarts: number[];
}

const placesByDocument = ({ rows, coverage }: ComplianceMatrix): Map<string, Places> => {
  const byDocument = new Map<string, Places>();
  const placesOf = (documentId: string): Places => {
    const places = byDocument.get(documentId) ?? { anchors: [], headingStarts: [] };
    byDocument.set(documentId, places);
    return places;
  };
  const sources = [...rows.flatMap(({ source, otherSources }) => [source, ...otherSources]), ...coverage.unresolved];
  for (const { documentId, charStart, sectionPath } of sources) {
    if (charStart === null) continue;
    placesOf(documentId).anchors.push({ charStart, path: sectionPath.join('\n'), heading: sectionPath.at(-1) });
  }
  for (const { source, reason } of coverage.excluded) {
    if (reason === 'heading' && source.charStart !== null) {
      placesOf(source.documentId).headingStarts.push(source.charStart);
    }
  }
  for (const { anchors, headingStarts } of byDocument.values()) {
    anchors.sort((a, b) => a.charStart - b.charStart);
    headingStarts.sort((a, b) => a - b);
  }
  return byDocument;
};

/** How many of the ascending `starts` are at or before a place. */
const countAtOrBefore = <T>(items: readonly T[], startOf: (item: T) => number, charStart: number): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && startOf(item) <= charStart) low = middle + 1;
    else high = middle;
  }
  return low;
};

const onlyOne = (anchors: readonly Anchor[]): Anchor | undefined =>
  anchors.every(({ path }) => path === anchors[0]?.path) ? anchors[0] : undefined;

/**
 * Rows and unresolved sentences name their section. A section has no gaps and begins with a heading, so a sentence shares
 * the section of its neighbours when these agree, or of one that no heading parts it from. Elsewhere it is not known, and
 * undefined is better than a guess.
 */
export const createSectionLookup = (matrix: ComplianceMatrix) => {
  const byDocument = placesByDocument(matrix);
  return ({ documentId, charStart }: LedgerSource): string | undefined => {
    const places = byDocument.get(documentId);
    if (charStart === null || !places) return undefined;
    const { anchors, headingStarts } = places;
    const next = countAtOrBefore(anchors, (anchor) => anchor.charStart, charStart);
    const neighbours = anchors.slice(Math.max(0, next - 1), next + 1);
    if (next > 0 && neighbours.length === 2 && onlyOne(neighbours)) return neighbours[0]?.heading;
    const stretch = (place: number): number => countAtOrBefore(headingStarts, (start) => start, place);
    return onlyOne(neighbours.filter((anchor) => stretch(anchor.charStart) === stretch(charStart)))?.heading;
  };
};
