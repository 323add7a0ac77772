/** The order of the marks of lists: "2." after "1.", "(d)" after "(c)", "v." after "iv.". */
import type { ListMarker } from './layout-model.ts';

const ROMAN_LETTERS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
const ROMAN = /^(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/i;

/** Of a Roman number that is well formed; undefined of other letters. */
const romanValue = (letters: string): number | undefined => {
  if (letters === '' || !ROMAN.test(letters)) return undefined;
  const values = [...letters.toLowerCase()].map((letter) => ROMAN_LETTERS[letter] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
};

/** What a mark is without its digits or letters: "()" of "(a)". */
const signsOf = (mark: string): string => mark.replace(/[\p{L}\d]+/u, ' ');
const bare = (mark: string): string => mark.replace(/[().]/g, '');
const isUpper = (text: string): boolean => text === text.toUpperCase();

const isNextLetter = (previous: string, next: string): boolean =>
  previous.length === 1 && next.length === 1 && next.charCodeAt(0) === previous.charCodeAt(0) + 1;

const isNextNumber = (previous: number | undefined, next: number | undefined): boolean =>
  previous !== undefined && next !== undefined && next === previous + 1;

/** Whether `next` directly follows `previous` in one list, as numbers, letters or Roman numbers, with the same signs around them. */
export const isNext = (previous: string, next: string): boolean => {
  const [a, b] = [bare(previous), bare(next)];
  if (signsOf(previous) !== signsOf(next)) return false;
  if (/^\d+$/.test(a) || /^\d+$/.test(b)) return /^\d+$/.test(a) && /^\d+$/.test(b) && Number(b) === Number(a) + 1;
  if (!/^\p{L}+$/u.test(a) || isUpper(a) !== isUpper(b)) return false;
  return isNextLetter(a, b) || isNextNumber(romanValue(a), romanValue(b));
};

/** Read by itself, an "i." is taken for the first of Roman numbers: with an "h." before it, it follows that one whatever its kind. */
export const kindOf = ({ text, kind }: ListMarker): ListMarker['kind'] =>
  kind === 'letter' && /^i$/i.test(bare(text)) ? 'roman' : kind;
