/** Gathers what a page holds and nobody sees, by why it is not seen. */
import type { UnseenReason } from '../../contracts/document.ts';
import { type Box, type UnseenText, unionOf } from './page-model.ts';
import type { Pointer } from './pdfium.ts';

/** Longer than any excerpt that is shown. */
const LONGEST_EXCERPT = 1000;

export interface UnseenCollector {
  add(reason: UnseenReason, letter: string, startsObject: boolean): void;
  space(): void;
  found(): UnseenText[];
}

export const createUnseenCollector = (): UnseenCollector => {
  const byReason = new Map<UnseenReason, UnseenText>();
  let last: UnseenText | undefined;
  const write = (text: UnseenText, piece: string): void => {
    if (text.excerpt.length < LONGEST_EXCERPT && !(piece === ' ' && text.excerpt.endsWith(' '))) text.excerpt += piece;
  };
  return {
    add: (reason, letter, startsObject) => {
      const text = byReason.get(reason) ?? { reason, characters: 0, excerpt: '' };
      byReason.set(reason, text);
      write(text, startsObject && text !== last ? ` ${letter}` : letter);
      text.characters += 1;
      last = text;
    },
    space: () => {
      if (last) write(last, ' ');
    },
    found: () => [...byReason.values()],
  };
};

/** Text objects whose letters may not be seen, and the box around those letters. */
export interface SuspectTexts {
  texts: Set<Pointer>;
  region: Box | undefined;
}

export const addSuspect = (suspects: SuspectTexts, object: Pointer, { x0, x1, top, bottom }: Box): void => {
  suspects.texts.add(object);
  const box = { x0, x1, top, bottom };
  suspects.region = suspects.region ? unionOf([suspects.region, box]) : box;
};

/** What was found in the text of a page, and values that it does not show. */
export const withUnseenValues = (
  found: readonly UnseenText[],
  values: readonly { reason: UnseenReason; text: string }[],
): UnseenText[] => {
  const all = new Map(found.map((text) => [text.reason, { ...text }]));
  for (const { reason, text } of values) {
    const known = all.get(reason) ?? { reason, characters: 0, excerpt: '' };
    all.set(reason, known);
    known.characters += text.replace(/\s/g, '').length;
    known.excerpt = `${known.excerpt} ${text}`.slice(0, LONGEST_EXCERPT);
  }
  return [...all.values()];
};
