/** Links and code inside a line. */
import type { InlinePlace } from './escape.ts';
import { isSpace } from './escape.ts';
import type { Run } from './inline-runs.ts';

/** Addresses that GFM links by itself: written bare, so that a quote of the text stands as it is. */
const BARE_ADDRESS = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[\w./%?=#+-]*[\w/])?$/i;
const BARE_EMAIL = /^[a-z0-9.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}$/i;

/** A link whose text is its address, where GFM finds it without help. */
export const isBareLink = (run: Run, previous: Run | undefined, next: Run | undefined): boolean => {
  if (run.url === undefined || run.kind !== 'text' || run.marks.size > 0) return false;
  if (run.url !== run.text && run.url !== `mailto:${run.text}`) return false;
  if (!BARE_ADDRESS.test(run.text) && !BARE_EMAIL.test(run.text)) return false;
  const before = previous?.text.at(-1) ?? '';
  return (isSpace(before) || before === '(') && (!next || next.kind === 'break' || /^[\s),;]/.test(next.text));
};

export const inlineCode = (value: string, place: InlinePlace): string => {
  const text = place.kind === 'cell' ? value.replaceAll('|', '\\|') : value;
  const lengths = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let size = 1;
  while (lengths.has(size)) size++;
  const fence = '`'.repeat(size);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
};

/** A link target that needs no angle brackets. */
export const destination = (url: string): string => {
  const balanced = !/[()]/.test(url) || /^[^()]*(?:\([^()]*\)[^()]*)*$/.test(url);
  return url
    .replace(/[\s\\<>|]/g, (character) => encodeURIComponent(character))
    .replace(/[()]/g, (character) => (balanced ? character : character === '(' ? '%28' : '%29'))
    .replace(/&(?=#?\w+;)/g, '&amp;');
};
