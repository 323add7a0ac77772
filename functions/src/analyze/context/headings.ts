/** Which blocks head a section: true headings, and paragraphs that only look like text. */
import type { Block, Document } from '../../contracts/document.ts';
import { leadingNumber, numberingOf, opensWithFigure } from '../numbering.ts';
import { sentenceEnds } from '../sentence-boundaries.ts';

export interface SectionStart {
  number: string;
  heading: string;
  /** Order of nesting only: 1–6 for headings, 10 and up for numbered text, 20 and up for emphasised lines. */
  level: number;
  /** All of the block is heading. */
  wholeBlock: boolean;
}

const MAX_HEADING_CHARACTERS = 110;
const BINDING = /\b(?:shall|must|will|should|may|is|are|be|has|have|can)\b/i;
const TOC_LINE = /(?:…|\.{3,}|(?:\. ){3,})\s*\S{1,5}$/;
const HASHES = /^(#{1,6})(?=[^#\s])/;
const EMPHASISED = /^(?:\*\*|__)(?:[^*_\n]|\\[*_])+(?:\*\*|__):?$/;
const CAPITALS = /^[^a-z]*[A-Z]{3}[^a-z]*$/;

/** "Phase 2" or "Task 3" may open any sentence; these only open a part of the document. */
const STRUCTURAL = /^(?:section|article|part|chapter|attachment|appendix|exhibit|annex)\b/i;

const afterNumber = (text: string, number: string): string =>
  text.slice(text.startsWith(number) ? number.length : 0).replace(/^[\s.):–—-]+/, '');

const depthOf = (number: string): number => (number.match(/[.(]/g)?.length ?? 0) + 1;

const isTitleLike = (text: string): boolean =>
  text !== '' &&
  text.length <= MAX_HEADING_CHARACTERS &&
  /^[\p{Lu}\d"“(]/u.test(text) &&
  !/[.;,:]$/.test(text) &&
  !TOC_LINE.test(text) &&
  !BINDING.test(text);

const fromHeading = (block: Block): SectionStart => {
  const numbering = numberingOf(block);
  const number = numbering === null || numbering.form === 'enumerator' ? '' : numbering.number;
  const isNamed = numbering?.form === 'named';
  const heading = number === '' || isNamed ? block.text : afterNumber(block.text, number);
  return { number, heading: heading === '' ? block.text : heading, level: block.depth ?? 1, wholeBlock: true };
};

const fromHashes = (source: string): SectionStart | null => {
  const hashes = HASHES.exec(source)?.[1];
  if (hashes === undefined) return null;
  const [line = '', ...rest] = source.slice(hashes.length).split('\n');
  const text = line.trim();
  const number = leadingNumber(text)?.number ?? '';
  return { number, heading: afterNumber(text, number) || text, level: hashes.length, wholeBlock: rest.length === 0 };
};

const LONGEST_QUESTION = 600;

/** "1. Shall the Contractor bring ladders?" asks; what follows it is not its section. */
const isQuestion = (text: string): boolean => {
  const opening = text.slice(0, LONGEST_QUESTION);
  return /\?["”’)]*$/.test(opening.slice(0, sentenceEnds(opening)[0]).trim());
};

const fromNumber = (block: Block): SectionStart | null => {
  const numbering = numberingOf(block);
  if (numbering === null || numbering.form === 'enumerator' || opensWithFigure(block, numbering.number)) return null;
  const { number, form } = numbering;
  const isPlainCount = /^\d+$/.test(number);
  if (block.kind === 'list_item' && (isPlainCount || form === 'named')) return null;
  if (isPlainCount && !/^\d+[.)]/.test(block.text) && block.numbering === undefined) return null;
  if (form === 'named' && !STRUCTURAL.test(number)) return null;
  const text = afterNumber(block.text, number);
  const asks = isQuestion(block.text);
  if (asks && isPlainCount) return null;
  const level = form === 'named' ? 9 : 10 + depthOf(number);
  if (isTitleLike(text)) return { number, heading: text, level, wholeBlock: true };
  if (form === 'named' || asks) return null;
  const firstSentence = text.slice(0, sentenceEnds(text)[0]).trim();
  const runIn = firstSentence.replace(/[.:]$/, '');
  const hasRunIn = firstSentence.length < text.length && isTitleLike(runIn) && runIn.split(' ').length <= 10;
  return { number, heading: hasRunIn ? runIn : '', level, wholeBlock: false };
};

/** The section that this block opens, or null. */
export const sectionStart = (block: Block, document: Document): SectionStart | null => {
  if (block.kind === 'heading') return fromHeading(block);
  if (block.charStart === null || block.charEnd === null) return null;
  if (block.kind !== 'paragraph' && block.kind !== 'list_item') return null;
  const source = document.markdown.slice(block.charStart, Math.min(block.charEnd, block.charStart + 400));
  const marked = block.kind === 'paragraph' ? fromHashes(source) : null;
  const numbered = marked ?? fromNumber(block);
  if (numbered) return numbered;
  if (block.kind !== 'paragraph' || block.parentId !== undefined || block.text.length > 80) return null;
  const looksBold = EMPHASISED.test(source.trim()) || (CAPITALS.test(block.text) && block.text.split(' ').length > 1);
  const text = block.text.replace(/:$/, '');
  return looksBold && isTitleLike(text) ? { number: '', heading: text, level: 20, wholeBlock: true } : null;
};
