/** Lines to the text of a paragraph. */
import type { PhrasingContent, RootContent } from 'mdast';
import { findJoins, type LineProfile } from './lines.ts';

const LONG = 100;

/**
 * Lines that were wrapped are joined; lines that were ended on purpose stay lines, and long ones are paragraphs of their own. `textStart`:
 * where the text of the first line begins.
 */
export const toParagraphs = (
  lines: readonly string[],
  textStart: number,
  profile: LineProfile,
  isWord: (word: string) => boolean,
): RootContent[] => {
  const joins = findJoins(lines, profile);
  const paragraphs: PhrasingContent[][] = [[]];
  for (const [index, line] of lines.entries()) {
    const text = (index === 0 ? line.slice(textStart) : line).trim().replace(/\s+/g, ' ');
    const children = paragraphs.at(-1) ?? [];
    const next = lines[index + 1];
    if (next === undefined) children.push({ type: 'text', value: text });
    else if (joins[index]) children.push({ type: 'text', value: joinedTo(text, next, isWord) });
    else if (profile.unwrapped && Math.max(line.length, next.length) > LONG) {
      children.push({ type: 'text', value: text });
      paragraphs.push([]);
    } else children.push({ type: 'text', value: text }, { type: 'break' });
  }
  return paragraphs.map((children) => ({ type: 'paragraph', children }));
};

/** The hyphen of a word that was cut goes only where the document has the whole word elsewhere; "pre-" before "and" stands for itself. */
const joinedTo = (text: string, next: string, isWord: (word: string) => boolean): string => {
  if (text.endsWith('\u00ad')) return text.slice(0, -1);
  const head = /(\p{L}+)-$/u.exec(text)?.[1];
  const tail = /^\s*(\p{Ll}+)/u.exec(next)?.[1];
  if (head === undefined || tail === undefined || /^(?:and|or|to|nor|but|und|oder|et|ou|y|o)$/.test(tail))
    return `${text} `;
  return isWord(`${head}${tail}`.toLowerCase()) ? text.slice(0, -1) : text;
};

/** Whether a word stands somewhere in the lines; they are read when the question is first asked. */
export const wordsOf = (lines: readonly string[]): ((word: string) => boolean) => {
  let words: Set<string> | undefined;
  return (word) => {
    words ??= new Set(lines.flatMap((line) => line.toLowerCase().match(/\p{L}{4,}/gu) ?? []));
    return words.has(word);
  };
};
