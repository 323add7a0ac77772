/** Headings in plain text: only what cannot well be anything else. */

type HeadingDepth = 1 | 2 | 3 | 4 | 5 | 6;

const LONGEST = 100;
const DIVISION =
  /^(?:section|article|part|chapter|volume|appendix|attachment|exhibit|annex)\s+(?:[A-Z]|\d+|[IVXL]+)(?:$|[\s.:–—-])/i;
const NUMBERED = /^([A-Z](?:\.\d+)+|\d+(?:\.\d+)*)\.?\s+\p{Lu}/u;

/**
 * The level of a paragraph that is one short line: 1 for "Section L …", 2 for capitals, by its parts for "3.2 Scope". A numbered line
 * right before another one of the same kind, or after an item (`inList`), is an item of a list.
 */
export const headingDepth = (lines: readonly string[], nextLine: string, inList: boolean): HeadingDepth | undefined => {
  const line = lines.length === 1 ? (lines[0]?.trim() ?? '') : '';
  if (line === '' || line.length > LONGEST || /[.,;:?!]$/.test(line)) return undefined;
  if (DIVISION.test(line) && line.split(/\s+/).length <= 12) return 1;
  const numbered = NUMBERED.exec(line)?.[1];
  if (numbered !== undefined && !inList && isTitle(line) && !NUMBERED.test(nextLine.trim())) {
    return Math.min(6, numbered.split('.').length + 1) as HeadingDepth;
  }
  const letters = line.replace(/\P{L}/gu, '');
  return letters.length >= 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase() ? 2 : undefined;
};

/** Most words of some length begin with a capital. */
const isTitle = (line: string): boolean => {
  const words = line.split(/\s+/).filter((word) => /^\p{L}{4,}/u.test(word));
  return words.length > 0 && words.every((word) => /^\p{Lu}/u.test(word));
};
