/** List items by kind, depth and their first letters. */
import { keyOf } from './plain-text.ts';

const TAB_STOP = 4;
const DEEPEST = 4;
const KEY_LETTERS = 40;
/** With fewer items in the truth there is nothing to measure. */
const FEWEST_ITEMS = 3;

const columnAfter = (space: string): number => {
  let column = 0;
  for (const letter of space) column += letter === '\t' ? TAB_STOP - (column % TAB_STOP) : 1;
  return column;
};

/** One key for each item. A line of running text at the margin ends all lists. */
const itemsOf = (plainMarkdown: string): string[] => {
  const items: string[] = [];
  let enclosing: number[] = [];
  for (const line of plainMarkdown.split('\n')) {
    const item = /^(\s*)(-|\d+\.) +(.*)$/.exec(line);
    if (!item) {
      if (line.trim() && !line.startsWith(' ')) enclosing = [];
      continue;
    }
    const [, space = '', marker = '', text = ''] = item;
    const indent = columnAfter(space);
    enclosing = [...enclosing.filter((outer) => outer < indent), indent];
    const kind = marker === '-' ? 'bulleted' : 'ordered';
    items.push(`${kind} ${Math.min(enclosing.length, DEEPEST)} ${keyOf(text).slice(0, KEY_LETTERS)}`);
  }
  return items;
};

/** Dice coefficient of the two multisets of items; null when the truth has fewer than three. */
export const scoreLists = (truth: string, prediction: string): number | null => {
  const [wanted, got] = [itemsOf(truth), itemsOf(prediction)];
  if (wanted.length < FEWEST_ITEMS) return null;
  const free = new Map<string, number>();
  for (const key of got) free.set(key, (free.get(key) ?? 0) + 1);
  let shared = 0;
  for (const key of wanted) {
    const left = free.get(key) ?? 0;
    if (left === 0) continue;
    free.set(key, left - 1);
    shared += 1;
  }
  return (2 * shared) / (wanted.length + got.length);
};
