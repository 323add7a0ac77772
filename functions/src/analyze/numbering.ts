/** Paragraph numbers as solicitations print them: "C.3.2(a)", "SECTION L", "Article IV", "(b)", "1.". */
import type { Block } from '../contracts/document.ts';

const NAMED =
  /^(?:section|article|part|chapter|attachment|appendix|exhibit|annex|volume|schedule|phase|task|factor)\s+(?:[A-Z]{1,2}(?=[\s.:–—-]|$)(?:[.-]?\d+)*|[IVXLC]+\b|\d+(?:\.\d+)*)/i;
const DECIMAL = /^(?:[A-Z](?:\.|-)?)?\d{1,3}(?:\.\d{1,3})*(?:\([A-Za-z0-9]{1,4}\))*(?=[.):]?\s|[.):][A-Z]|[.):]?$)/;
const LETTERED = /^[A-Z](?=\.\s+[A-Z])/;
const ENUMERATOR = /^(?:\(?(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,3})\)|[a-z]\.(?=\s))/;

/** `decimal`: a number that can head a section. `enumerator`: "(a)", "b.", "iv)", which only has meaning below another number. */
export interface Numbering {
  number: string;
  form: 'named' | 'decimal' | 'enumerator';
}

/** The number that plain text opens with, its closing stop or bracket left off unless it also opens with one. */
export const leadingNumber = (text: string): Numbering | null => {
  const named = NAMED.exec(text)?.[0];
  if (named !== undefined) return { number: named, form: 'named' };
  const enumerator = ENUMERATOR.exec(text)?.[0];
  if (enumerator !== undefined) return { number: asReference(enumerator), form: 'enumerator' };
  const decimal = DECIMAL.exec(text)?.[0] ?? LETTERED.exec(text)?.[0];
  if (decimal === undefined || /^\d{4}$/.test(decimal)) return null;
  return { number: decimal, form: 'decimal' };
};

const asReference = (mark: string): string => (mark.startsWith('(') ? mark : mark.replace(/[.):]+$/, ''));

/** The number of a block: what its converter found, else what its text opens with. Bullets are not numbers. */
export const numberingOf = (block: Block): Numbering | null => {
  const shown = block.numbering?.trim();
  if (shown === undefined || shown === '') return leadingNumber(block.text);
  if (!/[A-Za-z0-9]/.test(shown)) return null;
  const parsed = leadingNumber(`${shown} `) ?? leadingNumber(shown);
  return parsed ?? { number: asReference(shown), form: 'enumerator' };
};

/** "36 CFR Part 1194", "11 Unless a note says so", "2.5 miles": a figure or a note's mark, not the number of the paragraph. */
export const opensWithFigure = (block: Block, number: string): boolean =>
  block.numbering === undefined &&
  (/^\d+$/.test(number) ? /^\d+\s/.test(block.text) : /^[\d.]+\s+\p{Ll}/u.test(block.text));

/** "L.4" and "(b)" → "L.4(b)"; "4" and "a" → "4 a". A number that repeats its parent stands alone. */
export const joinNumbers = (parent: string, own: string): string => {
  if (parent === '') return own;
  if (own === '' || own === parent) return parent;
  if (own.startsWith(`${parent}.`) || own.startsWith(`${parent}(`)) return own;
  return own.startsWith('(') ? `${parent}${own}` : `${parent} ${own}`;
};
