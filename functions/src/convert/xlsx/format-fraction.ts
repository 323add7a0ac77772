/** Numbers as common fractions ("1 1/2"), as a spreadsheet shows them in formats such as "# ?/?" and "# ?/8". */
import type { FormatToken } from './format-code.ts';

/** More digits below the line than these are cut to them. */
const MOST_DIGITS = 3;

interface Fraction {
  hasWhole: boolean;
  /** The one that the format fixes; undefined if the nearest is to be found. */
  denominator: number | undefined;
  largest: number;
  before: string;
  after: string;
}

/** `value` at least 0, `tokens` with a slash; undefined if what stands around the slash is no fraction. */
export const showCommonFraction = (tokens: readonly FormatToken[], value: number): string | undefined => {
  const format = readFormat(tokens);
  if (!format || !Number.isFinite(value) || value >= 1e15) return undefined;
  let whole = format.hasWhole ? Math.floor(value) : 0;
  const found = nearest(value - whole, format);
  let [numerator] = found;
  const [, denominator] = found;
  if (format.hasWhole && numerator === denominator) {
    whole += 1;
    numerator = 0;
  }
  const parts = [
    ...(format.hasWhole && (whole > 0 || numerator === 0) ? [String(whole)] : []),
    ...(numerator > 0 || !format.hasWhole ? [`${numerator}/${denominator}`] : []),
  ];
  return format.before + parts.join(' ') + format.after;
};

const readFormat = (tokens: readonly FormatToken[]): Fraction | undefined => {
  const slash = tokens.findIndex(({ type }) => type === 'slash');
  const isDigit = (at: number) => tokens[at]?.type === 'digit';
  const first = tokens.findIndex(({ type }) => type === 'digit');
  let numerator = slash;
  while (isDigit(numerator - 1)) numerator -= 1;
  if (slash === -1 || numerator === slash) return undefined;
  let end = slash + 1;
  while (isDigit(end) || isFigure(tokens[end])) end += 1;
  const below = tokens.slice(slash + 1, end);
  if (below.length === 0) return undefined;
  const isFixed = below.some(isFigure);
  const denominator = isFixed ? Number(textOf(below)) : undefined;
  const digits = Math.min(MOST_DIGITS, below.length);
  return {
    hasWhole: first < numerator,
    denominator: denominator === 0 ? 1 : denominator,
    largest: 10 ** digits - 1,
    before: textOf(tokens.slice(0, first)),
    after: textOf(tokens.slice(end)),
  };
};

const isFigure = (token: FormatToken | undefined): boolean => token?.type === 'literal' && /^\d$/.test(token.text);

const textOf = (tokens: readonly FormatToken[]): string =>
  tokens.map((token) => (token.type === 'literal' ? token.text : '')).join('');

/** The last convergent of the continued fraction that fits, which is what spreadsheets show: 22/7 for pi, not the closer 311/99. */
const nearest = (value: number, { denominator, largest }: Fraction): [number, number] => {
  if (denominator !== undefined) return [Math.round(value * denominator), denominator];
  let [above, below] = [Math.floor(value), 1];
  let [aboveBefore, belowBefore] = [1, 0];
  let rest = value - above;
  while (rest > EXACT) {
    const term = Math.floor(1 / rest);
    rest = 1 / rest - term;
    const next: [number, number] = [term * above + aboveBefore, term * below + belowBefore];
    if (next[1] > largest) break;
    [aboveBefore, belowBefore, above, below] = [above, below, ...next];
  }
  return [above, below];
};

const EXACT = 5e-8;
