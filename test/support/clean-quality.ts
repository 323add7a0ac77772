/** The part of a quality report that says what was lost, of a document that lost nothing. */
import type { Quality } from '../../functions/src/contracts/document.ts';

export const NOTHING_LOST = {
  unreadableShare: 0,
  pagesWithoutText: [],
  fallbacks: [],
  messageCounts: {},
} satisfies Partial<Quality>;
