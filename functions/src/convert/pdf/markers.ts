/** Marks that introduce a list item, and numbers that introduce a heading. */
import type { ListMarker } from './layout-model.ts';

const BULLET = /^([•●▪■◦○‣⁃·◾◆❖➢➤▸►✓✔–—*\uf0b7\uf0a7\uf0d8\uf0fc\uf076-]|[☐☑☒□]|o(?=\s))(?:\s+|$)/u;

/** A mark that says something itself: it stays in the text. */
export const isCheckBox = (mark: string): boolean => /^[☐☑☒□]$/u.test(mark);
const NUMBERED = /^(\(\d{1,3}\)|\d{1,3}[.)])(?:\s+|$)/;
const LETTERED = /^(\([a-zA-Z]{1,2}\)|[a-zA-Z][.)])(?:\s+|$)/;
const ROMAN = /^(\((?:x{0,3}(?:ix|iv|v?i{0,3}))\)|(?:x{0,3}(?:ix|iv|v?i{1,3}|v))[.)])(?:\s+|$)/i;

export interface MarkerText {
  text: string;
  kind: ListMarker['kind'];
  /** Length of the mark and the space after it. */
  length: number;
}

/** The mark at the start of the text, if it has one. "A." alone at the start of a name ("J. Smith") cannot be told apart here. */
export const readMarker = (text: string): MarkerText | undefined => {
  const bullet = BULLET.exec(text);
  if (bullet?.[1]) return { text: bullet[1], kind: 'bullet', length: bullet[0].length };
  const number = NUMBERED.exec(text);
  if (number?.[1]) return { text: number[1], kind: 'number', length: number[0].length };
  const roman = ROMAN.exec(text);
  if (roman?.[1] && roman[1].length > 2) return { text: roman[1], kind: 'roman', length: roman[0].length };
  const letter = LETTERED.exec(text);
  if (letter?.[1]) return { text: letter[1], kind: 'letter', length: letter[0].length };
  return undefined;
};

const KEYWORDS = 'SECTION|PART|ARTICLE|ATTACHMENT|APPENDIX|EXHIBIT|ANNEX|VOLUME|CHAPTER';

const HEADING_NUMBER = new RegExp(
  `^((?:${KEYWORDS}|${KEYWORDS.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase())}|Sec\\.)\\s+(?:[A-Z]|[IVXLC]+|[A-Z]?\\d+)(?:[.-][A-Z0-9]+)*\\.?` +
    String.raw`|[A-Z]\.?\d+(?:[.-]\d+)*\.?|\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.|[IVXLC]{1,6}\.|[A-Z]\.)(?=[\s:–—-]|$)`,
);

/** "C.3.2", "1.0", "SECTION L", "Article IV" … at the start of a heading; undefined when it has none. */
export const readHeadingNumber = (text: string): string | undefined => HEADING_NUMBER.exec(text)?.[1];

/** Begins with a word such as SECTION or Appendix, and its number. */
export const isKeywordNumber = (number: string): boolean => /^\p{L}{3}/u.test(number);

/** Numbers that introduce list items as often as headings: "1.", "A.", "IV." */
export const isListLikeNumber = (number: string): boolean => /^(?:\d{1,3}\.|[A-Z]\.|[IVXLC]+\.)$/.test(number);

/** 1 for "1.0" or "SECTION C", 2 for "1.1", "C.1" or "Section 1.1", 3 for "1.1.1". */
export const numberDepth = (number: string): number => {
  const parts = number
    .replace(/^\p{L}{3,}\.?\s+/u, '')
    .replace(/\.$/, '')
    .split(/[.-]/)
    .filter((part) => part !== '');
  if (parts.length === 2 && parts[1] === '0') return 1;
  if (/^[A-Z]\d+$/.test(parts[0] ?? '') && !isKeywordNumber(number)) return parts.length + 1;
  return parts.length;
};
