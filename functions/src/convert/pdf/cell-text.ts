/** The lines of a table cell, its paragraphs and list items kept apart. */
import { readMarker } from './markers.ts';
import type { Segment } from './page-model.ts';
import { groupRows } from './rows.ts';

/** A step down of more than this many line heights parts two paragraphs. */
const PARAGRAPH_STEP = 1.45;

export const cellParagraphs = (segments: readonly Segment[]): string[][] => {
  const paragraphs: string[][] = [];
  let last: { baseline: number; size: number } | undefined;
  for (const row of groupRows(segments.filter(({ rotated }) => !rotated))) {
    const text = row.map((segment) => segment.text).join(' ');
    const [first] = row;
    if (!first) continue;
    const stepped = last && first.baseline - last.baseline > PARAGRAPH_STEP * 1.2 * Math.max(last.size, first.size);
    if (!last || stepped || readMarker(text)) paragraphs.push([text]);
    else paragraphs.at(-1)?.push(text);
    last = first;
  }
  const turned = segments.filter(({ rotated }) => rotated).map(({ text }) => [text]);
  return [...paragraphs, ...turned];
};
