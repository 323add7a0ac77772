/** What is carried along while an HTML page is read. */
import type { HtmlElement, HtmlNode } from './dom.ts';
import { isHidden, rawText } from './dom.ts';

/** Deeper than any real page, and far from the end of the stack. */
const MAX_DEPTH = 400;

export interface HtmlReading {
  around: ReadonlySet<HtmlNode>;
  /** Ids of elements that are notes. */
  noteIds: ReadonlySet<string>;
  depth: number;
  hiddenPlaces: number;
  flattened: boolean;
}

/** Runs `read` one level deeper, or `flatten` where that is too deep; undefined if the element is hidden, which is counted. */
export const enter = <T>(
  reading: HtmlReading,
  element: HtmlElement,
  read: () => T,
  flatten: () => T,
): T | undefined => {
  if (isHidden(element)) {
    if (rawText(element).trim() !== '') reading.hiddenPlaces += 1;
    return undefined;
  }
  if (reading.depth >= MAX_DEPTH) {
    reading.flattened = true;
    return flatten();
  }
  reading.depth += 1;
  const result = read();
  reading.depth -= 1;
  return result;
};
