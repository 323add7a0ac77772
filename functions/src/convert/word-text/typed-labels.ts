/** Labels of list items that were typed as text, where the writer made no list of them. */
import type { PhrasingContent } from 'mdast';
import type { ListNumber } from '../docx/numbering.ts';

export interface ParagraphIndent {
  /** Twips; undefined for none. */
  indentLeft: number | undefined;
  /** Twips that the first line stands further right than the others; negative where it hangs out to the left. */
  firstLine: number | undefined;
}

export interface LabelledItem {
  number: ListNumber;
  /** The paragraph without its label. */
  children: PhrasingContent[];
}

/** Hangs out by this much (1.6 mm) and more. */
const LEAST_HANGING = 90;
const LONGEST_LABEL = 12;
/** Nothing but a bullet, wherever it stands. */
const BULLET = /^ *([•●▪■◦○‣⁃·◾◆❖➢➤▸►])\s+/u;
/** In a line without a tab or hanging indent they are a dash, or a word. */
const DASH = /^ *([-–—*])\s+|^ *(o)\s*\t\s*/;
/** "1.", "(12)", "(a)", "iv)". */
const CLEAR_LABEL = /^ *(\d{1,3}[.)]|\((?:\d{1,3}|[a-z]{1,2}|[A-Z]{1,2}|[ivx]{1,5})\)|(?:[a-zA-Z]|[ivx]{2,5})\))\s+/;
/** Also the first letter of a name, so that a space after it says nothing. */
const LETTER_LABEL = /^ *([a-zA-Z]\.|[ivx]{2,5}\.)\s*(?:\t| {2})\s*/;

/** A bullet with text after it, or a label that hangs out to the left of its text; undefined for all other paragraphs. */
export const readTypedLabel = (
  children: readonly PhrasingContent[],
  { indentLeft = 0, firstLine = 0 }: ParagraphIndent,
): LabelledItem | undefined => {
  const start = leadingText(children);
  const hangs = firstLine <= -LEAST_HANGING;
  const bullet = BULLET.exec(start) ?? (hangs || /^ *\S\s*\t/.test(start) ? DASH.exec(start) : null);
  const found = bullet ?? (hangs ? (CLEAR_LABEL.exec(start) ?? LETTER_LABEL.exec(start)) : null);
  const label = found?.[1] ?? found?.[2];
  if (!found || label === undefined) return undefined;
  const rest = withoutStart(children, found[0].length);
  if (rest.length === 0) return undefined;
  const text = label === 'o' ? '◦' : label;
  const listId = `typed ${indentLeft} ${bullet ? '' : shapeOf(label)}`;
  return { number: { text, isBullet: bullet !== null, level: 0, indentLeft, listId }, children: rest };
};

/** Labels of one list look the same. */
const shapeOf = (label: string): string =>
  label
    .replace(/\d+/, '1')
    .replace(/[a-z]+/, 'a')
    .replace(/[A-Z]+/, 'A');

const isMark = (node: PhrasingContent): node is Extract<PhrasingContent, { type: 'strong' | 'emphasis' }> =>
  node.type === 'strong' || node.type === 'emphasis';

/** As much text as a label needs, whatever marks it stands in; it ends before anything that is no text. */
const leadingText = (children: readonly PhrasingContent[]): string => {
  let text = '';
  for (const node of children) {
    if (node.type === 'text') text += node.value;
    else if (isMark(node)) text += leadingText(node.children);
    else return text;
    if (text.length > LONGEST_LABEL * 2) return text;
  }
  return text;
};

const withoutStart = (children: readonly PhrasingContent[], length: number): PhrasingContent[] => {
  let left = length;
  const strip = (nodes: readonly PhrasingContent[]): PhrasingContent[] =>
    nodes.flatMap((node): PhrasingContent[] => {
      if (left === 0) return [node];
      if (isMark(node)) {
        const inner = strip(node.children);
        return inner.length > 0 ? [{ ...node, children: inner }] : [];
      }
      if (node.type !== 'text') return [node];
      const cut = Math.min(left, node.value.length);
      left -= cut;
      return cut < node.value.length ? [{ ...node, value: node.value.slice(cut) }] : [];
    });
  return strip(children);
};
