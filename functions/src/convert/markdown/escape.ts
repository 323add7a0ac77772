/** Backslashes, and only where Markdown (CommonMark with GFM) would otherwise read something else than the text. */

/** Where inline content stands; it decides what can be misread. */
export interface InlinePlace {
  /** `block`: a paragraph, whose lines may look like the start of something else. `task`: the same at the start of a list item. */
  kind: 'block' | 'task' | 'heading' | 'cell';
}

/** What is known of the whole inline content, found once. */
export interface InlineFacts {
  hasMarks: boolean;
  /** Two runs of backticks or more: they could pair up. */
  ticksPair: boolean;
  /** Characters of which one run could open and a later one close an emphasis. */
  pairing: ReadonlySet<string>;
  hasGreaterThan: boolean;
}

/** The neighbourhood of one piece of text. Empty strings are line edges. */
export interface Surroundings {
  before: string;
  after: string;
  /** Text from here to the end of the line, if this piece starts one; it is what block starts are looked for in. */
  lineRest?: string;
  /** The line is the first of its block. */
  firstLine: boolean;
  inLink: boolean;
  /** Something follows without a space, which a bare web address at the end would swallow. */
  wordGoesOn: boolean;
  /** Last piece of a heading. */
  endsHeading: boolean;
}

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const SPECIAL = /[\\`*_~[\]<&!|]/;
const SPECIALS = /[*_~]+|[\\`[\]<&!|]/g;
const ENTITY = /^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});/;
const ADDRESS_START = /https?:\/\/|www\./gi;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<]*/gi;

export const isSpace = (character: string): boolean => character === '' || /\s/.test(character);
/** As the parser classifies: by UTF-16 unit, so half of a pair is no punctuation. */
export const isPunctuation = (character: string): boolean => PUNCTUATION.test(character);
export const isSpecial = (text: string): boolean => SPECIAL.test(text);

/** Whether a run of `*`, `_` or `~` between two characters could open or close an emphasis. */
export const flanking = (run: string, before: string, after: string): { opens: boolean; closes: boolean } => {
  const left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  if (!run.startsWith('_')) return { opens: left, closes: right };
  return { opens: left && (!right || isPunctuation(before)), closes: right && (!left || isPunctuation(after)) };
};

/** Block starts at the head of a line, each with the offset that a backslash in front of takes the meaning from. */
const LINE_STARTS: readonly (readonly [RegExp, (match: RegExpExecArray) => number])[] = [
  [/^#{1,6}(?=\s|$)/, () => 0],
  [/^>/, () => 0],
  [/^[-+*](?=\s|$)/, () => 0],
  [/^\d{1,9}[.)](?=\s|$)/, (match) => match[0].length - 1],
  [/^(?:(?:- *){2,}|=+ *|(?:\* *){3,}|(?:_ *){3,})$/, () => 0],
  [/^(?:`{3,}|~{3,})/, () => 0],
  [/^[|:-][|:\s-]*$/, () => 0],
  [/^<[A-Za-z/!?]/, () => 0],
];
const DEFINITION = /^\[(?:[^[\]\\]|\\.)*\]:/;
const TASK = /^\[[ xX]\](?=\s|$)/;

const lineStartEscape = (place: InlinePlace, around: Surroundings): number | undefined => {
  const rest = around.lineRest;
  if (rest === undefined || place.kind === 'heading' || place.kind === 'cell') return undefined;
  for (const [pattern, offset] of LINE_STARTS) {
    const match = pattern.exec(rest);
    if (match) return offset(match);
  }
  if (around.firstLine && (DEFINITION.test(rest) || (place.kind === 'task' && TASK.test(rest)))) return 0;
  return undefined;
};

/** One piece of text in Markdown's spelling. */
export const escapeText = (text: string, place: InlinePlace, facts: InlineFacts, around: Surroundings): string => {
  const offsets = new Set<number>();
  const atStart = lineStartEscape(place, around);
  if (atStart !== undefined && atStart < text.length) offsets.add(atStart);
  const fence = atStart === 0 ? (/^(?:`{3,}|~{3,})/.exec(text)?.[0].length ?? 0) : 0;
  for (let i = 1; i < fence; i++) offsets.add(i);
  if (around.endsHeading) {
    const closing = /(?:^|(?<= ))#+$/.exec(text);
    if (closing) offsets.add(closing.index);
  }
  if (isSpecial(text)) {
    for (const match of text.matchAll(SPECIALS)) {
      const length = match[0].length;
      if (!needsEscape(text, match.index, match[0], place, facts, around)) continue;
      for (let i = 0; i < length; i++) offsets.add(match.index + i);
    }
  }
  if (text.includes('://') || /www\./i.test(text)) breakAddresses(text, offsets, around);
  return withBackslashes(text, offsets);
};

const needsEscape = (
  text: string,
  at: number,
  run: string,
  place: InlinePlace,
  facts: InlineFacts,
  around: Surroundings,
): boolean => {
  const next = text[at + run.length] ?? around.after;
  switch (run[0]) {
    case '\\':
      return at === text.length - 1 || ASCII_PUNCTUATION.test(next);
    case '`':
      return facts.ticksPair;
    case '[':
      return around.inLink || next === '^';
    case ']':
      return around.inLink || next === '(';
    case '!':
      return next === '[' && at === text.length - 1;
    case '<':
      return facts.hasGreaterThan && /[A-Za-z/!?]/.test(next);
    case '&':
      return ENTITY.test(text.slice(at, at + 40));
    case '|':
      return place.kind === 'cell';
    default:
      return emphasisNeedsEscape(text, at, run, facts, around);
  }
};

const emphasisNeedsEscape = (
  text: string,
  at: number,
  run: string,
  facts: InlineFacts,
  around: Surroundings,
): boolean => {
  const before = text[at - 1] ?? around.before;
  const after = text[at + run.length] ?? around.after;
  if (facts.hasMarks) {
    const inside = at > 0 && at + run.length < text.length;
    if (inside || (isSpace(before) && isSpace(after))) {
      const { opens, closes } = flanking(run, before, after);
      return opens || closes || mixed(run);
    }
    return true;
  }
  return facts.pairing.has(run[0] ?? '') || mixed(run);
};

/** "*_" side by side: each is the other's punctuation; rare enough to play safe. */
const mixed = (run: string): boolean => run.split('').some((character) => character !== run[0]);

/**
 * A bare web address takes every character up to the next space to the letter, backslashes and marks too. Where it would swallow
 * one, the address itself is broken by a backslash, so that all of it is plain text.
 */
const breakAddresses = (text: string, offsets: Set<number>, around: Surroundings): void => {
  if (around.inLink) return;
  for (const { index, 0: address } of text.matchAll(ADDRESS)) {
    const end = index + address.length;
    const swallows = anyBetween(offsets, index, end);
    if (!swallows && !(end === text.length && around.wordGoesOn)) continue;
    for (const start of address.matchAll(ADDRESS_START)) offsets.add(index + start.index + start[0].search(/[:.]/));
  }
};

const anyBetween = (offsets: ReadonlySet<number>, from: number, to: number): boolean => {
  if (offsets.size === 0) return false;
  for (let offset = from; offset <= to; offset++) if (offsets.has(offset)) return true;
  return false;
};

const withBackslashes = (text: string, offsets: ReadonlySet<number>): string => {
  if (offsets.size === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    pieces.push(text.slice(from, offset), '\\');
    from = offset;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
};
