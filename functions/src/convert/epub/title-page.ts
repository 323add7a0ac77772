/** The title page of a book whose text has a title of its own. */
import type { RootContent } from 'mdast';
import { collectRuns, plainText } from '../markdown/inline-runs.ts';
import type { RunningText } from '../source-tree.ts';

/**
 * What the first of the chapters says as lines beside the text, if it only repeats what the package states of the book, and the rest is one
 * text under one heading of level 1; undefined if it is a part of the text.
 */
export const readTitlePage = (
  chapters: readonly (readonly RootContent[])[],
  metadata: Readonly<Record<string, string>>,
): RunningText[] | undefined => {
  const [first = [], ...rest] = chapters.map((blocks) => blocks.filter((block) => lineOf(block) !== ''));
  const lines = first.map(lineOf);
  const stated = new Set(Object.values(metadata).map(normal));
  const repeats = lines.every((line) => line !== undefined && stated.has(normal(line)));
  if (!repeats || !lines.some((line) => line !== undefined && normal(line) === normal(metadata.title ?? '')))
    return undefined;
  return isOneText(rest.flat())
    ? lines.flatMap((text) => (text === undefined ? [] : [{ text, position: 'head' as const }]))
    : undefined;
};

const lineOf = (block: RootContent): string | undefined =>
  block.type === 'heading' || block.type === 'paragraph' ? plainText(collectRuns(block.children)) : undefined;

const normal = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

const isOneText = (blocks: readonly RootContent[]): boolean => {
  const depths = blocks.flatMap((block) => (block.type === 'heading' ? [block.depth] : []));
  const [first] = blocks;
  return first?.type === 'heading' && first.depth === 1 && depths.length > 1 && !depths.slice(1).includes(1);
};
