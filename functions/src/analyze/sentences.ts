/** Sentence segmentation over one leaf's slice of the canonical Markdown. */
import type { Block, BlockKind } from '../contracts/document.ts';
import { toPlainText } from './plain-text.ts';
import { sentenceEnds } from './sentence-boundaries.ts';

export interface Sentence {
  /** UTF-16 offsets into Document.markdown, half-open. */
  charStart: number;
  charEnd: number;
  /** Marks removed, entities decoded, white space collapsed. */
  text: string;
}

const CONTAINERS: ReadonlySet<BlockKind> = new Set(['table', 'table_row', 'quote']);
const ONE_UNIT: ReadonlySet<BlockKind> = new Set(['heading', 'code', 'caption', 'figure', 'header_footer']);

/** A block with text of its own. */
export const isLeaf = (block: Block): boolean => !CONTAINERS.has(block.kind);

/** Text that is only indented, not marked as code with a fence: in Markdown both are blocks of code. */
const FENCE = /^\s*(?:```|~~~)/;
const FENCE_ABOVE = /(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[^\n]*\n[ \t>]*$/;
const LONGEST_FENCE_LINE = 200;
const BINDS = /\b(?:shall|must|will|should|required)\b/i;
const CODE_MARKS = /[{}=<>|\\]|;\s*$|\w\(\)|^\s*[$#]\s/m;
const SENTENCE_LIKE = /(?:^|\s)\p{Lu}\p{L}*(?:\s+\S+){4}/u;

/** A block of code that holds sentences with words that bind: an indented paragraph. It is read as a paragraph. */
export const isIndentedProse = (block: Block, markdown: string): boolean => {
  if (block.kind !== 'code' || block.charStart === null || block.charEnd === null) return false;
  const source = markdown.slice(block.charStart, block.charEnd);
  const above = markdown.slice(Math.max(0, block.charStart - LONGEST_FENCE_LINE), block.charStart);
  if (FENCE.test(source) || FENCE_ABOVE.test(above)) return false;
  return BINDS.test(source) && !CODE_MARKS.test(source) && SENTENCE_LIKE.test(source);
};

const WHITE = /\s/;

/** The sentences of a leaf, in order. Each non-white character of its range is in exactly one. Empty for a block without offsets. */
export const splitSentences = (markdown: string, block: Block): Sentence[] => {
  if (block.charStart === null || block.charEnd === null || !isLeaf(block)) return [];
  const base = block.charStart;
  const source = markdown.slice(base, block.charEnd);
  const isProse = isIndentedProse(block, markdown);
  const plain = toPlainText(source, block.kind === 'code' && !isProse);
  const first = source.search(/\S/);
  if (first < 0) return [];
  const isOneUnit = ONE_UNIT.has(block.kind) && !isProse;
  const ends = isOneUnit || plain.text === '' ? [plain.text.length] : sentenceEnds(plain.text);
  const sentences: Sentence[] = [];
  let start = first;
  let textStart = 0;
  ends.forEach((textEnd, index) => {
    const isLast = index === ends.length - 1;
    const end = isLast ? source.trimEnd().length : sourceEnd(source, plain, textEnd);
    sentences.push({ charStart: base + start, charEnd: base + end, text: plain.text.slice(textStart, textEnd).trim() });
    start = end;
    while (start < source.length && WHITE.test(source[start] ?? '')) start++;
    textStart = textEnd;
  });
  return sentences;
};

/** Where in the source the sentence ends whose text ends (exclusive) at `textEnd`: closing marks that touch it are its own. */
const sourceEnd = (source: string, plain: ReturnType<typeof toPlainText>, textEnd: number): number => {
  let last = textEnd - 1;
  while (last > 0 && plain.text[last] === ' ') last--;
  let next = textEnd;
  while (next < plain.text.length && plain.text[next] === ' ') next++;
  const limit = plain.offsets[next] ?? source.length;
  let position = (plain.offsets[last] ?? 0) + 1;
  while (position < limit && !WHITE.test(source[position] ?? ' '))
    position = plain.unbreakable.get(position) ?? position + 1;
  return position;
};
