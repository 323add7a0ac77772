/** Lines of plain text: columns, indents, and the width at which they were wrapped. */

const TAB_STOP = 8;

/** The lines of a text, without what is blank at their ends. */
export const splitLines = (text: string): string[] => text.split(/\r\n?|\n/).map((line) => line.trimEnd());

/** Tabs as spaces up to the next of the stops, eight columns apart. */
export const expandTabs = (line: string): string => {
  if (!line.includes('\t')) return line;
  let expanded = '';
  for (const [index, part] of line.split('\t').entries()) {
    if (index > 0) expanded += ' '.repeat(TAB_STOP - (expanded.length % TAB_STOP));
    expanded += part;
  }
  return expanded;
};

/** The column at which a line's text begins. */
export const indentOf = (line: string): number => expandTabs(/^\s*/.exec(line)?.[0] ?? '').length;

/** Runs of blank columns inside a line; prose has them only where it is justified. */
const hasGap = (line: string): boolean => /\S(?: {3,}|\t)\s*\S/.test(line);

const LABEL = /^\s*\p{Lu}[\p{L}\p{N} .,/&#'’()-]{0,40}:(?:\s|$)/u;
/** "Name: value", and a name whose value stands below. */
export const isLabelled = (line: string): boolean => LABEL.test(line);

export interface LineProfile {
  /** The column at which prose was wrapped by hand or by a program; undefined where too little of it was. */
  width: number | undefined;
  /** Each line is a paragraph: no line was wrapped. */
  unwrapped: boolean;
}

const LONGEST_WRAPPED = 140;
const MIN_WRAPPED = 40;
const MIN_WRAPS = 3;
/** A line that begins in the middle of a sentence. */
const GOES_ON = /^\s*(?:\p{Ll}{2,}|a)[\s,;)]/u;

/** What the lines of a whole document say about how it was written. */
export const profileOf = (lines: readonly string[]): LineProfile => {
  const widths: number[] = [];
  let long = 0;
  let filled = 0;
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.includes('|') || hasGap(line)) continue;
    filled += 1;
    if (line.length > LONGEST_WRAPPED) long += 1;
    else if (line.length >= MIN_WRAPPED && GOES_ON.test(lines[index + 1] ?? '')) widths.push(line.length);
  }
  widths.sort((a, b) => a - b);
  const width = widths.length >= MIN_WRAPS ? widths[Math.floor((widths.length - 1) * 0.95)] : undefined;
  return { width, unwrapped: long * 20 >= filled && long > widths.length };
};

const USUAL_WIDTH = 60;
/** Of the width, for a line that prose filled; a wrapped line may end earlier before a long word. */
const FILLED = 0.72;

/** Lines set in as far as this, each as far as it likes, are centred. */
const CENTRED = 8;

/** Whether the text of each line but the last goes on in the next one, and was not ended on purpose. */
export const findJoins = (lines: readonly string[], { width, unwrapped }: LineProfile): boolean[] => {
  if (lines.length < 2 || unwrapped) return lines.slice(1).map(() => false);
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const edge = Math.max(width ?? USUAL_WIDTH, longest > LONGEST_WRAPPED ? 0 : longest);
  const prose =
    longest >= (width ?? USUAL_WIDTH) * 0.85 && lines.slice(0, -1).every((line) => line.length >= longest * FILLED);
  return lines.slice(1).map((next, index) => {
    const line = lines[index] ?? '';
    const word = /\S+/.exec(next)?.[0] ?? '';
    const goesOn =
      /^[\p{Ll}(]/u.test(word) &&
      !/[@:/]/.test(word) &&
      (line.length >= edge / 2 || /^\s*(?:\S+\s+){3}.*[^.:;!?]$/.test(line));
    if (isLabelled(next) && /[.:;]$/.test(line)) return false;
    if (Math.min(indentOf(line), indentOf(next)) >= CENTRED && indentOf(line) !== indentOf(next)) return false;
    const full = line.length + 1 + word.length > edge;
    return goesOn || full || (prose && !isLabelled(next));
  });
};
