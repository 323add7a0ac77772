/** The quality report: what a careful reader should know of how well a file could be read. */
import type { ConversionMessage, Quality } from '../contracts/document.ts';
import fallbackCodes from './fallback-codes.json' with { type: 'json' };
import type { SourceTree } from './source-tree.ts';

const FALLBACKS: readonly string[] = fallbackCodes;

const fallbacksOf = (messages: readonly ConversionMessage[]): Quality['fallbacks'] =>
  FALLBACKS.flatMap((code) => {
    const told = messages.filter((message) => message.code === code);
    if (told.length === 0) return [];
    return [{ code, pages: told.flatMap(({ pageNumber }) => (pageNumber === undefined ? [] : [pageNumber])) }];
  });

const countsOf = (messages: readonly ConversionMessage[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { code } of messages) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

/** `characters`: of the Markdown, which shows each unreadable character as one. */
export const qualityOf = (
  { pages, unreadableCharacters }: SourceTree,
  characters: number,
  messages: readonly ConversionMessage[],
): Quality => {
  const withoutText = pages.filter(({ source }) => source === 'none').map(({ pageNumber }) => pageNumber);
  return {
    characters,
    pages: pages.length,
    pagesWithText: pages.length - withoutText.length,
    unreadableCharacters,
    unreadableShare: characters === 0 ? 0 : Math.min(1, unreadableCharacters / characters),
    pagesWithoutText: withoutText,
    fallbacks: fallbacksOf(messages),
    messageCounts: countsOf(messages),
  };
};
