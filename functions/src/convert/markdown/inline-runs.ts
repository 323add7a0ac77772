/** Inline content as a flat list of runs: the form in which marks can be merged, moved and left out without losing text. */
import type { PhrasingContent } from 'mdast';

export type Mark = 'delete' | 'strong' | 'emphasis';

export interface Run {
  kind: 'text' | 'code' | 'break' | 'note';
  /** The characters as read; for a note its label; empty for a break. */
  text: string;
  /** Target of the link this run is part of. */
  url?: string;
  marks: ReadonlySet<Mark>;
  /** Set where it begins a further page of its block. */
  pageNumber?: number;
}

const NO_MARKS: ReadonlySet<Mark> = new Set();
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters have no place in Markdown
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/g;
const SPACES = /\s+/g;
/** Cheap first look: most text has nothing to clean. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const UNCLEAN = /[\u0000-\u001f\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]| {2}/;

/** White space collapsed to single spaces, control characters out. */
export const cleanText = (text: string): string =>
  UNCLEAN.test(text) ? text.replace(CONTROL, '').replace(SPACES, ' ') : text;

/**
 * The runs of some inline content. White space is collapsed over run borders and gone at the start, at the end and around
 * breaks, of which only one is kept in a row; an image is its alternative text; html is the text it is made of, for it is not ours to trust.
 */
export const collectRuns = (children: readonly PhrasingContent[]): Run[] => {
  const runs: Run[] = [];
  for (const child of children) visit(child, NO_MARKS, undefined, runs);
  return tidy(runs);
};

const visit = (node: PhrasingContent, marks: ReadonlySet<Mark>, url: string | undefined, runs: Run[]): void => {
  switch (node.type) {
    case 'text':
    case 'html':
      runs.push(withUrl({ kind: 'text', text: cleanText(node.value), marks, ...pageOf(node) }, url));
      return;
    case 'inlineCode':
      runs.push(withUrl({ kind: 'code', text: cleanText(node.value).trim(), marks }, url));
      return;
    case 'break':
      runs.push({ kind: 'break', text: '', marks });
      return;
    case 'image':
    case 'imageReference':
      runs.push(withUrl({ kind: 'text', text: cleanText(node.alt ?? ''), marks }, url));
      return;
    case 'footnoteReference':
      runs.push({ kind: 'note', text: noteLabel(node.label ?? node.identifier), marks });
      return;
    case 'link':
      for (const child of node.children) visit(child, marks, node.url, runs);
      return;
    case 'linkReference':
      for (const child of node.children) visit(child, marks, url, runs);
      return;
    default:
      for (const child of node.children) visit(child, new Set([...marks, node.type]), url, runs);
  }
};

const pageOf = (node: PhrasingContent): Pick<Run, 'pageNumber'> => {
  const pageNumber = node.data?.provenance?.pageNumber;
  return pageNumber === undefined ? {} : { pageNumber };
};

const withUrl = (run: Run, url: string | undefined): Run => (url === undefined ? run : { ...run, url });

/** A footnote label without what would end it early. */
export const noteLabel = (label: string): string => label.replace(/[\s[\]\\^|]+/g, '-');

const sameMarks = (a: Run, b: Run): boolean =>
  b.pageNumber === undefined &&
  a.url === b.url &&
  a.marks.size === b.marks.size &&
  [...a.marks].every((mark) => b.marks.has(mark));

/** Neighbours that look the same joined; white space collapsed over borders and dropped at line edges. */
const tidy = (runs: readonly Run[]): Run[] => {
  const tidied: Run[] = [];
  let atLineStart = true;
  let afterSpace = false;
  for (const run of runs) {
    if (run.kind === 'break') {
      dropTrailingSpace(tidied);
      if (tidied.length > 0 && tidied.at(-1)?.kind !== 'break') tidied.push(run);
      atLineStart = true;
      continue;
    }
    const text: string = (atLineStart || afterSpace) && run.text.startsWith(' ') ? run.text.slice(1) : run.text;
    if (text === '') continue;
    const previous: Run | undefined = tidied.at(-1);
    if (previous && previous.kind === run.kind && run.kind !== 'note' && sameMarks(previous, run)) {
      tidied[tidied.length - 1] = { ...previous, text: previous.text + text };
    } else tidied.push({ ...run, text });
    atLineStart = false;
    afterSpace = run.kind === 'text' && text.endsWith(' ');
  }
  while (tidied.at(-1)?.kind === 'break') tidied.pop();
  dropTrailingSpace(tidied);
  return tidied;
};

const dropTrailingSpace = (runs: Run[]): void => {
  const last = runs.at(-1);
  if (last?.kind !== 'text' || !last.text.endsWith(' ')) return;
  runs.pop();
  if (last.text.length > 1) runs.push({ ...last, text: last.text.slice(0, -1) });
};

/** What a reader sees, on one line: no marks, breaks as spaces, no note references. */
export const plainText = (runs: readonly Run[]): string => {
  const [only] = runs;
  if (runs.length === 1 && only && only.kind !== 'note') return only.text;
  return runs
    .map((run) => (run.kind === 'break' ? ' ' : run.kind === 'note' ? '' : run.text))
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim();
};
