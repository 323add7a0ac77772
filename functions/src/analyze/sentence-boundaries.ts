/** Where sentences end in plain text. English, with the abbreviations and numbering of solicitations. */
import abbreviations from './rules/abbreviations.json' with { type: 'json' };

const INSIDE = new Set(abbreviations.inside);
const BEFORE_NAME = new Set(abbreviations.beforeName);
const BEFORE_NUMBER = new Set(abbreviations.beforeNumber);
const MAYBE_END = new Set(abbreviations.maybeEnd);
const END_BEFORE_CAPITAL = new Set(abbreviations.endBeforeCapital);
const NOT_AFTER_TIME = new Set(abbreviations.notAfterTime);
const STARTERS = new Set(abbreviations.starters);

/** A stop with the quotes and brackets that close after it and a blank or the end; a stop with no blank before a new sentence; a bullet in the line. */
const CANDIDATE =
  /(?<stop>(?<![.!?…])[.!?…]+)[\])}"'”’»]*(?=\s|$)|(?<glued>(?<=[a-z]{4}\)?)\.)(?=(?:The|This|If|All|Any|Each|Offerors?|Contractors?|In|Please|Failure)\s)|(?<bullet>\s(?=[•▪●◦‣➢❖]\s))/g;

/** An enumerator that opens the text: "1.", "a.", "(iv)", "C.3.2". Its stop ends nothing. */
const OPENING_ENUMERATOR =
  /^(?:[•▪●◦‣➢❖]\s+)?(?:\(?(?:[A-Za-z]|\d{1,3}|[ivxIVX]{1,5})[.)]|(?:[A-Z][.-])?\d+(?:\.\d+)*\.?)$/;
const ENUMERATOR_TOKEN = /^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)?$/;
/** No abbreviation is longer. Looking no further back keeps the work linear. */
const LONGEST_TOKEN = 40;
const NEXT_WORD = /^\s*["'“‘«([]*([\p{L}\p{N}][\p{L}\p{N}'’.-]*)/u;

/** "Vehicles shall …", "Key staff must …": a capital and, within four words, a modal. */
const CLAUSE = /^\s*["'“‘«([]*\p{Lu}[\p{L}-]*(?:\s+[\p{L}-]+){0,3}?\s+(?:shall|must|will|should|may|can|is|are)\b/u;
/** What a letter can be a name for: "Appendix B. Personnel shall …" ends, "J. Smith shall …" does not. */
const LABEL =
  /(?:^|[\s(])(?:Appendix|Attachment|Exhibit|Annex|Enclosure|Form|Level|Section|Part|Schedule|Phase|Type|Class|Category|Tier|Option|Volume|Table|Figure|Group|Lot|Zone|Factor|Task|Building|Area|Grade|Step|Article|Addendum|Amendment|Chapter|Clause|Site|Unit|Wing|Room|Floor|Bin|Series|Set|Plan|Module|Tab)s?\s+$/i;
const STREETS = new Set(['st', 'ave', 'blvd', 'rd']);
const UNITS = new Set(['ft', 'hr', 'hrs', 'min', 'sq', 'lbs', 'yrs', 'max', 'mt']);
/** Written all in capitals these are letters that stand for an office or a time zone. */
const ACRONYMS = new Set(['co', 'est', 'ed', 'al', 'div', 'ave', 'min', 'max', 'bd', 'mt', 'st']);

/** Where the token before the stop is one that often goes on: does what follows begin a clause, and can the token close one? */
const closesBeforeClause = (token: string, rest: string, before: string): boolean => {
  const lower = token.toLowerCase();
  const next = NEXT_WORD.exec(rest)?.[1] ?? '';
  const opensClause = CLAUSE.test(rest) || STARTERS.has(next.toLowerCase());
  if (!opensClause || !/^\p{Lu}/u.test(next)) return false;
  if (/^[A-Z]{2,}$/.test(token) && ACRONYMS.has(lower) && before !== '') return /\p{Ll}/u.test(next);
  if (/^(?:[A-Z]|[IVX]+)$/.test(token)) return LABEL.test(before);
  if (STREETS.has(lower)) return /(?:\d(?:st|nd|rd|th)|\p{Lu}[\p{L}’']+)\s+$/u.test(before);
  return UNITS.has(lower) && /\d\s*$/.test(before);
};

const endsAtPeriod = (token: string, rest: string, near: string): boolean => {
  if (closesBeforeClause(token, rest, near)) return true;
  const nextWord = NEXT_WORD.exec(rest)?.[1] ?? '';
  const before = near.slice(-3);
  const lower = token.toLowerCase();
  const next = nextWord.toLowerCase().replace(/[.'’-]+$/, '');
  if (token === '' || INSIDE.has(lower) || BEFORE_NAME.has(lower)) return false;
  if (BEFORE_NUMBER.has(lower)) return !/^(?:\d|[A-Z]\.?$|[A-Z][-.]?\d|[IVX]+\.?$)/.test(nextWord) && nextWord !== '';
  if (END_BEFORE_CAPITAL.has(lower)) return !NOT_AFTER_TIME.has(next);
  if (MAYBE_END.has(lower) || /^(?:[A-Z]\.)*[A-Z]$/.test(token)) return STARTERS.has(next);
  if (ENUMERATOR_TOKEN.test(token) && /[:;.,]\s*\(?$/.test(before)) return false;
  return true;
};

const isBoundary = (text: string, stopAt: number, stop: string, end: number): boolean => {
  if (end >= text.length) return true;
  const rest = text.slice(end, end + 80);
  const first = rest.trimStart()[0] ?? '';
  if (/[\p{Ll}.,;:!?…)]/u.test(first)) return false;
  const nextWord = NEXT_WORD.exec(rest)?.[1] ?? '';
  if (/^\p{Ll}/u.test(nextWord) && /^\s*["'“‘«([]/.test(rest) && !/[!?]/.test(stop)) return false;
  if (/^(?:\.{3}|…)$/.test(stop)) return STARTERS.has(nextWord.toLowerCase());
  if (/^\.{4,}$/.test(stop)) return !/^\d/.test(nextWord);
  if (!stop.startsWith('.') || stop.length > 1) return true;
  if (stopAt < 14 && OPENING_ENUMERATOR.test(text.slice(0, stopAt + 1))) return false;
  const near = Math.max(0, stopAt - LONGEST_TOKEN);
  const before = text.slice(near, stopAt);
  const tokenStart = near + Math.max(before.lastIndexOf(' '), before.lastIndexOf('(')) + 1;
  return endsAtPeriod(
    text.slice(tokenStart, stopAt),
    rest,
    text.slice(Math.max(0, tokenStart - LONGEST_TOKEN), tokenStart),
  );
};

/** Exclusive end of each sentence of `text`, ascending; the last one is text.length. */
export const sentenceEnds = (text: string): number[] => {
  const ends: number[] = [];
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match; match = CANDIDATE.exec(text)) {
    const end = match.index + match[0].length;
    const stop = match.groups?.stop;
    const last = ends.at(-1) ?? 0;
    const isNew = end - last > 1 || text[last] !== ' ';
    if (isNew && (stop === undefined || isBoundary(text, match.index, stop, end))) ends.push(end);
  }
  if (text.slice(ends.at(-1) ?? 0).trim() !== '') ends.push(text.length);
  return ends;
};
