import { expect, test } from '@jest/globals';
import { qualityOf } from '../../../functions/src/convert/quality.ts';
import { emptyTree } from '../../../functions/src/convert/source-tree-parts.ts';

test('The quality report names pages without text, the share that cannot be read, ways round, and messages by kind', () => {
  const tree = {
    ...emptyTree([]),
    unreadableCharacters: 5,
    pages: [
      { pageNumber: 1, source: 'text' as const },
      { pageNumber: 2, source: 'none' as const },
      { pageNumber: 3, source: 'ocr' as const },
    ],
  };
  const message = (code: string, pageNumber?: number) => ({
    level: 'warning' as const,
    code,
    text: 'x',
    ...(pageNumber === undefined ? {} : { pageNumber }),
  });
  const messages = [message('PAGE_BLANK', 2), message('FILE_REPAIRED'), message('TEXT_LAYER_UNTRUSTED', 3)];
  expect(qualityOf(tree, 100, [...messages, message('PAGE_BLANK', 4)])).toEqual({
    characters: 100,
    pages: 3,
    pagesWithText: 2,
    unreadableCharacters: 5,
    unreadableShare: 0.05,
    pagesWithoutText: [2],
    fallbacks: [
      { code: 'FILE_REPAIRED', pages: [] },
      { code: 'TEXT_LAYER_UNTRUSTED', pages: [3] },
    ],
    messageCounts: { PAGE_BLANK: 2, FILE_REPAIRED: 1, TEXT_LAYER_UNTRUSTED: 1 },
  });
  expect(qualityOf(emptyTree([]), 0, []).unreadableShare).toBe(0);
});
