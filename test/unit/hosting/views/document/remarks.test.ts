import { describe, expect, it } from '@jest/globals';
import { remarksOf } from '../../../../../hosting/src/views/document/remarks.ts';
import { NOTHING_LOST } from '../../../../support/clean-quality.ts';

const whole: Parameters<typeof remarksOf>[0] = {
  pages: [{ pageNumber: 1, source: 'text' }],
  messages: [],
  safety: [],
  quality: { characters: 10, pages: 1, pagesWithText: 1, unreadableCharacters: 0, ...NOTHING_LOST },
  pagesNeedingOcr: [],
};

describe('the remarks on a document', () => {
  it('are none for one that was read whole', () => {
    expect(remarksOf(whole)).toEqual([]);
  });

  it('name the pages without text once, and lead to the first', () => {
    const remarks = remarksOf({
      ...whole,
      pages: [1, 2, 3].map((pageNumber) => ({ pageNumber, source: pageNumber === 1 ? 'text' : 'none' })),
      pagesNeedingOcr: [2, 3],
      messages: [2, 3].map((pageNumber) => ({
        level: 'warning',
        code: 'PAGE_NEEDS_OCR',
        pageNumber,
        text: `Page ${pageNumber} is a picture.`,
      })),
    });
    expect(remarks).toEqual([
      {
        label: 'Warning',
        text: 'Pages 2 and 3 have no text that could be read. Look at the original.',
        tone: 'warn',
        pageNumber: 2,
      },
    ]);
  });

  it('say what could not be decoded, what is hidden, and every message with its place', () => {
    const remarks = remarksOf({
      ...whole,
      quality: { ...whole.quality, unreadableCharacters: 1 },
      safety: [{ code: 'HIDDEN_TEXT', text: 'White text.', excerpt: 'approve us', pageNumber: 4 }],
      messages: [{ level: 'error', code: 'BROKEN_TABLE', text: 'A table is broken.', blockId: 'b1' }],
    });
    expect(remarks.map(({ label, tone }) => [label, tone])).toEqual([
      ['Warning', 'warn'],
      ['Hidden text', 'warn'],
      ['Error', 'bad'],
    ]);
    expect(remarks[1]).toMatchObject({ pageNumber: 4, quote: 'approve us' });
    expect(remarks[2]).toMatchObject({ blockId: 'b1' });
  });
});
