/** Numbers as a spreadsheet shows them. */
import type { FormatSection, FormatToken } from './format-code.ts';
import { parseFormat } from './format-code.ts';
import { formatDate } from './format-date.ts';
import { showCommonFraction } from './format-fraction.ts';

export interface NumberFormat {
  showNumber(value: number): string;
  showText(text: string): string;
}

/** `code`: as in the file; "General" shows numbers plainly. Month and day names are English whatever locale the code names. */
export const createNumberFormat = (code: string, date1904: boolean): NumberFormat => {
  const sections = parseFormat(code);
  const textSection = sections[3] ?? sections.find(({ tokens }) => tokens.some(({ type }) => type === 'text'));
  return {
    showNumber: (value) => {
      const { section, shown } = sectionFor(sections, value);
      return section ? showIn(section, shown, date1904) : general(value);
    },
    showText: (text) =>
      textSection
        ? textSection.tokens
            .map((token) => (token.type === 'text' ? text : token.type === 'literal' ? token.text : ''))
            .join('')
        : text,
  };
};

/** The section for a value, and the value as that section shows it: a section for negative numbers writes its own sign. */
const sectionFor = (
  sections: readonly FormatSection[],
  value: number,
): { section: FormatSection | undefined; shown: number } => {
  const numeric = sections.slice(0, 3).filter(({ kind, tokens }) => kind !== 'text' || !hasText(tokens));
  if (numeric.some(({ condition }) => condition)) {
    const section = numeric.find(({ condition }) => !condition || holds(condition, value));
    return { section, shown: value };
  }
  const [positive, negative, zero] = numeric;
  if (value < 0 && negative) return { section: negative, shown: -value };
  if (value === 0 && zero) return { section: zero, shown: 0 };
  return { section: positive, shown: value };
};

const hasText = (tokens: readonly FormatToken[]): boolean => tokens.some(({ type }) => type === 'text');

const holds = ({ operator, limit }: { operator: string; limit: number }, value: number): boolean => {
  if (operator === '<>') return value !== limit;
  if (operator.includes('=') && value === limit) return true;
  return (operator.includes('<') && value < limit) || (operator.includes('>') && value > limit);
};

const showIn = ({ kind, tokens }: FormatSection, value: number, date1904: boolean): string => {
  if (kind === 'date') return formatDate(tokens, value, date1904) ?? general(value);
  const sign = value < 0 ? '-' : '';
  if (kind === 'text') return sign + literals(tokens);
  if (kind === 'general' || tokens.some(({ type }) => type === 'slash')) {
    const fraction = kind === 'number' ? showCommonFraction(tokens, Math.abs(value)) : undefined;
    const number = fraction ?? general(Math.abs(value));
    if (kind === 'number') return sign + number;
    return sign + tokens.map((token) => (token.type === 'general' ? number : literals([token]))).join('');
  }
  const shown = showDigits(tokens, Math.abs(value));
  return /[1-9]/.test(shown) ? sign + shown : shown;
};

const literals = (tokens: readonly FormatToken[]): string =>
  tokens.map((token) => (token.type === 'literal' ? token.text : '')).join('');

/** At most ten significant digits after the point, and all digits of whole numbers: they may be numbers of something. */
const general = (value: number): string => {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const short = Number(value.toPrecision(10));
  const magnitude = Math.abs(short);
  if (magnitude >= 1e15 || magnitude < 1e-9) {
    return short
      .toExponential()
      .replace(/e([+-])(\d)$/, 'E$10$2')
      .replace('e', 'E');
  }
  return magnitude < 1e-4 ? short.toFixed(14).replace(/0+$/, '') : String(short);
};

interface Layout {
  integer: FormatToken[];
  fraction: FormatToken[];
  /** Between the digits of the exponent and the end, "E+" first; empty without exponent. */
  exponent: FormatToken[];
  hasPoint: boolean;
  grouped: boolean;
  /** Power of ten that the value is shown in: percent signs count up, commas after the last digit count down. */
  scale: number;
}

const layOut = (tokens: readonly FormatToken[]): Layout => {
  const exponentAt = tokens.findIndex(({ type }) => type === 'exponent');
  const main = exponentAt === -1 ? tokens : tokens.slice(0, exponentAt);
  const pointAt = main.findIndex(({ type }) => type === 'point');
  const integer = pointAt === -1 ? [...main] : main.slice(0, pointAt);
  const lastDigit = integer.findLastIndex(({ type }) => type === 'digit');
  const isScaling = ({ type }: FormatToken, index: number): boolean =>
    type === 'comma' && lastDigit !== -1 && index > (pointAt === -1 ? lastDigit : Math.min(lastDigit, pointAt));
  return {
    integer: integer.filter(({ type }) => type !== 'comma'),
    fraction: pointAt === -1 ? [] : main.slice(pointAt + 1).filter(({ type }) => type !== 'comma'),
    exponent: exponentAt === -1 ? [] : tokens.slice(exponentAt),
    hasPoint: pointAt !== -1,
    grouped: integer.some(({ type }, index) => type === 'comma' && index < lastDigit),
    scale: tokens.filter(({ type }) => type === 'percent').length * 2 - main.filter(isScaling).length * 3,
  };
};

const isDigit = (token: FormatToken): token is FormatToken & { type: 'digit' } => token.type === 'digit';

const showDigits = (tokens: readonly FormatToken[], value: number): string => {
  const layout = layOut(tokens);
  const places = layout.fraction.filter(isDigit).length;
  let exponent = 0;
  if (layout.exponent.length > 0 && value !== 0) {
    const step = Math.max(1, layout.integer.filter(isDigit).length);
    const rounded = Number(value.toExponential(Math.min(14, places + step - 1)));
    exponent = Math.floor(Number(rounded.toExponential().split('e')[1]) / step) * step;
  }
  const [whole = '', fraction = ''] = toDecimal(value, layout.scale - exponent, places).split('.');
  return (
    showInteger(layout, whole === '0' ? '' : whole) +
    showFraction(layout, fraction) +
    showExponent(layout.exponent, exponent)
  );
};

/** `value` times ten to `scale`, with `places` decimals, rounded half up in the 15 digits that a spreadsheet keeps. */
const toDecimal = (value: number, scale: number, places: number): string => {
  const [digits = '0', exponent = '0'] = value.toExponential(14).split('e');
  const scaled = Math.round(Number(`${digits}e${Number(exponent) + scale + places}`));
  if (!(scaled < 1e21)) return String(value);
  const all = BigInt(scaled)
    .toString()
    .padStart(places + 1, '0');
  return `${all.slice(0, all.length - places)}.${all.slice(all.length - places)}`;
};

const showInteger = ({ integer, grouped }: Layout, whole: string): string => {
  const leftmost = integer.findIndex(isDigit);
  let out = '';
  let position = 0;
  let rest = whole;
  const put = (digit: string) => {
    out = digit + (grouped && position > 0 && position % 3 === 0 ? ',' : '') + out;
    position += 1;
  };
  for (let at = integer.length - 1; at >= 0; at--) {
    const token = integer[at];
    if (token?.type !== 'digit') out = markOf(token) + out;
    else {
      const digit = rest.at(-1) ?? (token.text === '0' ? '0' : undefined);
      rest = rest.slice(0, -1);
      if (digit !== undefined) put(digit);
      while (at === leftmost && rest !== '') {
        put(rest.at(-1) ?? '');
        rest = rest.slice(0, -1);
      }
    }
  }
  return leftmost === -1 ? out + whole : out;
};

const showFraction = ({ fraction, hasPoint }: Layout, digits: string): string => {
  if (!hasPoint) return '';
  const places = fraction.filter(isDigit);
  let kept = places.length;
  while (kept > 0 && places[kept - 1]?.text !== '0' && (digits[kept - 1] ?? '0') === '0') kept -= 1;
  let at = 0;
  const shown = fraction.map((token) => {
    if (token.type !== 'digit') return markOf(token);
    const digit = at < kept ? (digits[at] ?? '') : '';
    at += 1;
    return digit;
  });
  return `.${shown.join('')}`;
};

const showExponent = (tokens: readonly FormatToken[], exponent: number): string => {
  const [first] = tokens;
  if (first?.type !== 'exponent') return '';
  const width = tokens.filter(isDigit).length;
  const sign = exponent < 0 ? '-' : first.text.endsWith('+') ? '+' : '';
  const after = tokens.slice(1).map(markOf).join('');
  return `E${sign}${String(Math.abs(exponent)).padStart(width, '0')}${after}`;
};

const markOf = (token: FormatToken | undefined): string =>
  token?.type === 'literal' ? token.text : token?.type === 'percent' ? '%' : '';
