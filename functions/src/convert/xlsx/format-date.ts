/** Dates and times as a spreadsheet shows them. */
import type { FormatToken } from './format-code.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_466;
const DAYS_FROM_1900_TO_1904 = 1462;

interface Moment {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hours: number;
  minutes: number;
  seconds: number;
  milliseconds: number;
  /** Since day 0, for elapsed time. */
  totalMs: number;
}

/**
 * A serial day number (whole days since the start of 1900, or of 1904, and the time as fraction) in a date format.
 * Undefined outside the years 1900–9999, where spreadsheets show no date.
 */
export const formatDate = (tokens: readonly FormatToken[], serial: number, date1904: boolean): string | undefined => {
  const shown = date1904 ? serial + DAYS_FROM_1900_TO_1904 : serial;
  if (!(serial >= 0 && shown < LAST_SERIAL)) return undefined;
  const unit = showsTime(tokens) ? 1000 / 10 ** fractionOf(tokens) : 1;
  const moment = toMoment(Math.round((shown * DAY_MS) / unit) * unit, date1904 ? DAYS_FROM_1900_TO_1904 : 0);
  const half = tokens.some(({ type }) => type === 'halfDay');
  return tokens.map((token, index) => write(token, index, tokens, moment, half)).join('');
};

/** Without a time, a moment just before midnight is still of the day it ends. */
const showsTime = (tokens: readonly FormatToken[]): boolean =>
  tokens.some((token) => token.type === 'halfDay' || (token.type === 'date' && /^[hs]/.test(token.text)));

/** Digits after the point of the seconds. */
const fractionOf = (tokens: readonly FormatToken[]): number =>
  Math.min(3, tokens.filter(({ type }) => type === 'digit').length);

/** 1900 was no leap year, but spreadsheets count a 29 February in it as day 60. Day 0 is "January 0" of it. */
const toMoment = (ms: number, offsetDays: number): Moment => {
  const days = Math.floor(ms / DAY_MS);
  const inDay = ms - days * DAY_MS;
  const unreal = days === 60 ? { year: 1900, month: 1, day: 29 } : { year: 1900, month: 0, day: 0 };
  const isUnreal = days === 60 || days === 0;
  const date = new Date((days - (days > 59 ? 25_569 : 25_568)) * DAY_MS);
  return {
    ...(isUnreal ? unreal : { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() }),
    weekday: (days + 6) % 7,
    hours: Math.floor(inDay / 3_600_000),
    minutes: Math.floor(inDay / 60_000) % 60,
    seconds: Math.floor(inDay / 1000) % 60,
    milliseconds: Math.round(inDay % 1000),
    totalMs: ms - offsetDays * DAY_MS,
  };
};

const two = (value: number): string => String(value).padStart(2, '0');
const sized = (value: number, length: number): string => (length > 1 ? two(value) : String(value));

const write = (
  token: FormatToken,
  index: number,
  tokens: readonly FormatToken[],
  moment: Moment,
  half: boolean,
): string => {
  switch (token.type) {
    case 'literal':
      return token.text;
    case 'slash':
      return '/';
    case 'comma':
      return ',';
    case 'point':
      return '.';
    case 'digit':
      return fractionDigit(index, tokens, moment);
    case 'halfDay':
      return token.text.length > 3 ? (moment.hours < 12 ? 'AM' : 'PM') : moment.hours < 12 ? 'A' : 'P';
    case 'date':
      return token.elapsed ? elapsed(token.text, moment) : datePart(token.text, isMinutes(index, tokens), moment, half);
    default:
      return '';
  }
};

const fractionDigit = (index: number, tokens: readonly FormatToken[], moment: Moment): string => {
  const before = tokens.slice(0, index).filter(({ type }) => type === 'digit').length;
  return String(moment.milliseconds).padStart(3, '0')[before] ?? '';
};

const elapsed = (text: string, { totalMs }: Moment): string => {
  const unitMs = text.startsWith('h') ? 3_600_000 : text.startsWith('m') ? 60_000 : 1000;
  return String(Math.floor(totalMs / unitMs)).padStart(text.length, '0');
};

/** "m" stands for minutes after hours and before seconds. */
const isMinutes = (index: number, tokens: readonly FormatToken[]): boolean => {
  const neighbour = (step: number): string => {
    for (let at = index + step; at >= 0 && at < tokens.length; at += step) {
      const token = tokens[at];
      if (token?.type === 'date') return token.text;
    }
    return '';
  };
  return neighbour(-1).startsWith('h') || neighbour(1).startsWith('s');
};

const datePart = (text: string, minutes: boolean, moment: Moment, half: boolean): string => {
  const length = text.length;
  switch (text[0]) {
    case 'y':
      return length > 2 ? String(moment.year) : two(moment.year % 100);
    case 'm':
      return minutes && length < 3 ? sized(moment.minutes, length) : monthPart(moment.month, length);
    case 'd':
      if (length < 3) return sized(moment.day, length);
      return (DAYS[moment.weekday] ?? '').slice(0, length === 3 ? 3 : undefined);
    case 'h':
      return sized(half ? moment.hours % 12 || 12 : moment.hours, length);
    default:
      return sized(moment.seconds, length);
  }
};

const monthPart = (month: number, length: number): string => {
  if (length < 3) return sized(month + 1, length);
  const name = MONTHS[month] ?? '';
  return length === 3 ? name.slice(0, 3) : length === 5 ? name.slice(0, 1) : name;
};
