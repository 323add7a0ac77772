/** What is carried along while an HTML page is read. */
import type { PhrasingContent } from 'mdast';
import type { UnseenLog } from '../unseen-characters.ts';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, rawText } from './dom.ts';
import type { Notes } from './notes.ts';
import type { TextLook } from './visibility.ts';
import { lookIn, unseenElement, unseenText } from './visibility.ts';

/** Deeper than any real page, and far from the end of the stack. */
const MAX_DEPTH = 400;

export interface HtmlReading {
  around: ReadonlySet<HtmlNode>;
  /** What is no part of the text, with the end of the page it belongs to. */
  furniture: ReadonlyMap<HtmlNode, 'head' | 'foot'>;
  /** Ids of elements that are notes. */
  noteIds: ReadonlySet<string>;
  /** Those that are known by their links only. */
  notes: Notes;
  /** Ids of elements that a button shows. */
  unfolding: ReadonlySet<string>;
  /** What relative addresses start from, where the page says it. */
  base: string | undefined;
  depth: number;
  unseen: UnseenLog;
  look: TextLook;
  flattened: boolean;
}

/** Runs `read` one level deeper, or `flatten` where that is too deep; undefined if the element is hidden, which is noted. */
export const enter = <T>(
  reading: HtmlReading,
  element: HtmlElement,
  read: () => T,
  flatten: () => T,
): T | undefined => {
  if (reading.furniture.has(element)) return undefined;
  const reason = unfolds(reading, element) ? undefined : unseenElement(element);
  if (reason !== undefined) {
    noteUnseen(reading, reason, rawText(element));
    return undefined;
  }
  if (reading.depth >= MAX_DEPTH) {
    reading.flattened = true;
    return flatten();
  }
  const { look } = reading;
  reading.look = lookIn(element, look);
  reading.depth += 1;
  const result = read();
  reading.depth -= 1;
  reading.look = look;
  return result;
};

/** Runs `read` with the look that some elements around it, outermost first, give to their text. */
export const lookingLike = <T>(reading: HtmlReading, elements: readonly HtmlElement[], read: () => T): T => {
  const { look } = reading;
  for (const element of elements) reading.look = lookIn(element, reading.look);
  const result = read();
  reading.look = look;
  return result;
};

/** Whether a button of the page shows the element: closed at first, it is there to be read. */
const unfolds = ({ unfolding }: HtmlReading, element: HtmlElement): boolean =>
  unfolding.size > 0 && unfolding.has(attribute(element, 'id') ?? '');

const SOFT_HYPHENS = /\u00ad/g;

/** Text right in the element that is being read; nothing if it cannot be seen. */
export const shownText = (reading: HtmlReading, source: string): PhrasingContent[] => {
  const value = source.replace(SOFT_HYPHENS, '');
  const reason = value.trim() === '' ? undefined : unseenText(reading.look);
  if (reason === undefined) return [{ type: 'text', value }];
  noteUnseen(reading, reason, value);
  return [];
};

const noteUnseen = (reading: HtmlReading, reason: Parameters<UnseenLog['add']>[0], text: string): void => {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words !== '') reading.unseen.add(reason, undefined, [...words].length, `${words} `);
};
