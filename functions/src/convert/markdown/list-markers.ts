/** What stands in front of list items in Markdown. */
import type { List } from 'mdast';
import { isBlank } from './blank-nodes.ts';
import { escapeText } from './escape.ts';
import { cleanText } from './inline-runs.ts';

export interface ListMarker {
  markdown: string;
  /** A number that Markdown cannot express, written as text before the item's own. */
  shown: string;
  numbering?: string;
}

/** Whether the list may follow a paragraph without an empty line: bullets or from 1, and text at once. */
export const mayInterrupt = (node: List): boolean => {
  const first = node.children[0]?.children.find((child) => !isBlank(child));
  return first?.type === 'paragraph' && /^(?:[-+]|1[.)])$/.test(listMarkers(node, false)[0]?.markdown ?? '');
};

/** Two lists in a row with these would be read as one. */
export const sameMarkers = (a: List, b: List): boolean =>
  listMarkers(a, false)[0]?.markdown.at(-1) === listMarkers(b, false)[0]?.markdown.at(-1);

/** `alternate`: another list stands right above; only a different marker keeps the two apart. */
export const listMarkers = (node: List, alternate: boolean): ListMarker[] => {
  const numbers = node.children.map((item) => item.data?.provenance?.numbering?.trim() ?? '');
  const bullet = alternate ? '+' : '-';
  const shownNumbers = numbers.some((number) => /[\p{L}\p{N}]/u.test(number));
  if (shownNumbers && !numbers.every((number) => /^\d{1,9}[.)]$/.test(number))) {
    return numbers.map((number) => ({ markdown: bullet, shown: cleanText(number), numbering: number }));
  }
  if (!shownNumbers && !node.ordered) return numbers.map((numbering) => ({ markdown: bullet, shown: '', numbering }));
  const shownEnd = numbers[0]?.at(-1) ?? '.';
  const end = alternate ? (shownEnd === '.' ? ')' : '.') : shownEnd;
  return node.children.map((_, index) => {
    const numbering = (shownNumbers && numbers[index]) || `${(node.start ?? 1) + index}${shownEnd}`;
    return { markdown: `${numbering.slice(0, -1)}${end}`, shown: '', numbering };
  });
};

/** A shown number as text at the start of an item. */
export const escapeShown = (text: string): string => {
  const facts = { hasMarks: true, ticksPair: true, pairing: new Set<string>(), hasGreaterThan: true };
  const around = { before: '', after: ' ', firstLine: true, inLink: false, wordGoesOn: false, endsHeading: false };
  return escapeText(text, { kind: 'task' }, facts, { ...around, lineRest: `${text} ` });
};
