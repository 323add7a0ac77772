/** Inline runs as Markdown. Where Markdown cannot express a mark ("**(a)**b"), the mark is left out and the text stays. */
import type { PageBreak } from '../../contracts/document.ts';
import type { InlineFacts, InlinePlace, Surroundings } from './escape.ts';
import { escapeText, isPunctuation, isSpace } from './escape.ts';
import { findFacts } from './inline-facts.ts';
import type { Mark, Run } from './inline-runs.ts';
import { destination, inlineCode, isBareLink } from './link-and-code.ts';

/** Outermost first. */
const MARKS: readonly Mark[] = ['delete', 'strong', 'emphasis'];
/** An underscore in front would be taken for a part of it. */
const EMAIL_START = /^[a-z0-9._+-]+@/i;

/** Runs are cut and copied while marks are placed; `order` says which one a copy came from. */
interface PlacedRun extends Run {
  order: number;
}

interface Writer {
  parts: string[];
  breaks: PageBreak[];
  last: string;
  lines: number;
  /** How many parts there were when the last code had been written. */
  codeEnd: number;
  /** The same for the end of a mark: where an outer mark was left out, two inner ones must not touch. */
  markEnd: number;
  place: InlinePlace;
  facts: InlineFacts;
  all: readonly PlacedRun[];
  delimiters: Record<Mark, string>;
}

/**
 * Markdown of the runs. A hard break is two spaces and "\n", so that a quote across it stays to the letter; the caller adds the
 * line's prefix. In headings and cells it is one space. Where a run begins a further page, `breaks` gets its offset in the answer.
 */
export const writeInline = (runs: readonly Run[], place: InlinePlace, breaks: PageBreak[] = []): string => {
  const linked = runs.map((run, order): PlacedRun => {
    const { kind, text, url, marks, pageNumber } = run;
    const placed = { kind, text, marks, order, ...(pageNumber === undefined ? {} : { pageNumber }) };
    return url === undefined || isBareLink(run, runs[order - 1], runs[order + 1]) ? placed : { ...placed, url };
  });
  const facts = findFacts(linked);
  const both = linked.some((run) => run.marks.has('strong'));
  const writer: Writer = {
    parts: [],
    breaks,
    last: '',
    lines: 0,
    codeEnd: -1,
    markEnd: -1,
    place,
    facts,
    all: linked,
    delimiters: { delete: '~~', strong: '**', emphasis: both ? '_' : '*' },
  };
  writeLinks(writer, linked);
  return writer.parts.join('');
};

const put = (writer: Writer, text: string): void => {
  if (text === '') return;
  writer.parts.push(text);
  writer.last = text.at(-1) ?? '';
};

/** Consecutive runs that agree on `key`, in order. */
const groups = (runs: readonly PlacedRun[], key: (run: PlacedRun) => unknown): PlacedRun[][] => {
  const found: PlacedRun[][] = [];
  let last: unknown;
  for (const run of runs) {
    const group = found.at(-1);
    if (group && key(run) === last) group.push(run);
    else found.push([run]);
    last = key(run);
  }
  return found;
};

const writeLinks = (writer: Writer, runs: readonly PlacedRun[]): void => {
  if (!writer.facts.hasMarks) {
    writeRuns(writer, runs, undefined, '');
    return;
  }
  const parts = groups(runs, (run) => run.url);
  parts.forEach((group, index) => {
    const url = group[0]?.url;
    const following = parts[index + 1]?.[0];
    if (url === undefined) {
      writeMarks(writer, group, 0, following, undefined);
      return;
    }
    const { leading, inner, trailing } = trimGroup(group);
    put(writer, leading);
    if (inner.length > 0) {
      put(writer, '[');
      writeMarks(writer, inner, 0, undefined, ']');
      put(writer, `](${destination(url)})`);
    }
    put(writer, trailing);
  });
};

/** White space goes outside of marks; breaks never stand at their edges. */
const trimGroup = (group: readonly PlacedRun[]): { leading: string; inner: PlacedRun[]; trailing: string } => {
  const inner = [...group];
  let leading = '';
  let trailing = '';
  const [first] = inner;
  if (first?.kind === 'text' && first.text.startsWith(' ')) {
    leading = ' ';
    if (first.text === ' ') inner.shift();
    else inner[0] = { ...first, text: first.text.slice(1) };
  }
  const last = inner.at(-1);
  if (last?.kind === 'text' && last.text.endsWith(' ')) {
    trailing = ' ';
    if (last.text === ' ') inner.pop();
    else inner[inner.length - 1] = { ...last, text: last.text.slice(0, -1) };
  }
  return { leading, inner, trailing };
};

/** `closing`: what is written right after this stretch, if it is known (marks that end, and the character after); else `following` is the next run. */
const writeMarks = (
  writer: Writer,
  runs: readonly PlacedRun[],
  level: number,
  following: Run | undefined,
  closing: string | undefined,
): void => {
  const mark = MARKS[level];
  if (mark === undefined) {
    writeRuns(writer, runs, following, closing ?? '');
    return;
  }
  const parts = groups(runs, (run) => run.marks.has(mark));
  parts.forEach((group, index) => {
    const next = parts[index + 1]?.[0] ?? following;
    const ending = index === parts.length - 1 ? closing : undefined;
    if (!group[0]?.marks.has(mark)) {
      writeMarks(writer, group, level + 1, next, ending);
      return;
    }
    const { leading, inner, trailing } = trimGroup(group);
    put(writer, leading);
    const delimiter = writer.delimiters[mark];
    const outside = trailing || (ending ?? firstCharacter(next));
    const touches = writer.markEnd === writer.parts.length && writer.last === delimiter[0];
    if (touches || !canMark(delimiter, writer.last, inner, level, outside[0] ?? '')) {
      if (inner.length > 0) writeMarks(writer, inner, level + 1, trailing ? undefined : next, trailing || ending);
    } else {
      put(writer, delimiter);
      writeMarks(writer, inner, level + 1, undefined, delimiter + (outside || '\n'));
      put(writer, delimiter);
      writer.markEnd = writer.parts.length;
    }
    put(writer, trailing);
  });
};

const firstCharacter = (run: Run | undefined): string => {
  if (!run || run.kind === 'break') return '';
  return run.kind === 'code' ? '`' : run.kind === 'note' ? '[' : (run.text[0] ?? '');
};
const lastCharacter = (run: Run | undefined): string => {
  if (!run || run.kind === 'break') return '';
  return run.kind === 'code' ? '`' : run.kind === 'note' ? ']' : (run.text.at(-1) ?? '');
};

/** Whether the delimiter opens and closes where it would be written. The next character counts as the text's, marks may yet fall away. */
const canMark = (
  delimiter: string,
  before: string,
  inner: readonly PlacedRun[],
  level: number,
  outside: string,
): boolean => {
  const [first] = inner;
  const last = inner.at(-1);
  if (!first || !last || first.kind === 'break' || last.kind === 'break') return false;
  const deeper = MARKS.slice(level + 1);
  const opensMore = deeper.some((mark) => first.marks.has(mark));
  const closesMore = deeper.some((mark) => last.marks.has(mark));
  const punctuated = (character: string, more: boolean) => more || isPunctuation(character);
  const head = punctuated(firstCharacter(first), opensMore);
  const tail = punctuated(lastCharacter(last), closesMore);
  const freeBefore = isSpace(before) || isPunctuation(before);
  const freeAfter = isSpace(outside) || isPunctuation(outside);
  if (delimiter === '_') return freeBefore && freeAfter && !EMAIL_START.test(first.text);
  return (!head || freeBefore) && (!tail || freeAfter);
};

/** Runs without marks of their own. */
const writeRuns = (writer: Writer, runs: readonly PlacedRun[], following: Run | undefined, closing: string): void => {
  runs.forEach((run, index) => {
    const next = runs[index + 1] ?? (closing ? undefined : following);
    if (run.pageNumber !== undefined) notePage(writer, run.pageNumber);
    if (run.kind === 'break') writeBreak(writer);
    else if (run.kind === 'note') put(writer, `[^${run.text}]`);
    else if (run.kind === 'code' && writer.codeEnd !== writer.parts.length) writeCode(writer, run.text);
    else put(writer, escapeText(run.text, writer.place, writer.facts, surroundings(writer, run, next, closing)));
  });
};

/** The page begins at the first letter, not at the space before it: where the run is cut in two, only once. */
const notePage = ({ breaks, parts }: Writer, pageNumber: number): void => {
  if (breaks.at(-1)?.pageNumber === pageNumber) return;
  breaks.push({ charStart: parts.reduce((sum, part) => sum + part.length, 0), pageNumber });
};

/** Two codes side by side would run into one; the second one is then written as text. */
const writeCode = (writer: Writer, text: string): void => {
  put(writer, inlineCode(text, writer.place));
  writer.codeEnd = writer.parts.length;
};

const writeBreak = (writer: Writer): void => {
  if (writer.place.kind === 'heading' || writer.place.kind === 'cell') {
    if (writer.last !== ' ') put(writer, ' ');
    return;
  }
  writer.parts.push('  \n');
  writer.last = '';
  writer.lines += 1;
};

const surroundings = (writer: Writer, run: PlacedRun, next: Run | undefined, closing: string): Surroundings => {
  const after = next ? nextCharacter(next) : (closing[0] ?? '');
  const around: Surroundings = {
    before: writer.last,
    after,
    firstLine: writer.lines === 0,
    inLink: run.url !== undefined,
    wordGoesOn: next ? !isSpace(after) : closing !== '' && !/^[*_~]*\s/.test(closing),
    endsHeading: writer.place.kind === 'heading' && next === undefined && closing === '',
  };
  return writer.last === '' ? { ...around, lineRest: lineRest(writer.all, run) } : around;
};

/** First character of what is written for a run: its marks, or the spaces of a break, come before its text. */
const nextCharacter = (run: Run): string => {
  if (run.kind === 'break') return ' ';
  if (run.url !== undefined) return '[';
  return run.marks.size > 0 ? '*' : firstCharacter(run);
};

/** Text from a run to the next break: what a line start is judged by. */
const lineRest = (all: readonly PlacedRun[], run: PlacedRun): string => {
  let rest = run.text;
  for (let i = run.order + 1; i < all.length; i++) {
    const next = all[i];
    if (!next || next.kind === 'break') break;
    rest += next.kind === 'note' ? '[^]' : next.kind === 'code' ? '`' : next.text;
  }
  return rest;
};
