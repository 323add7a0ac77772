import { describe, expect, test } from '@jest/globals';
import { createSegmentBuilder, type Letter } from '../../../../functions/src/convert/pdf/segment-builder.ts';

interface Piece {
  text: string;
  /** To the letter before, in points. */
  gap: number;
  size?: number;
  /** The file sets it on its own. */
  own?: boolean;
  /** PDFium takes the gap for a space. */
  guessed?: boolean;
}

const textOf = (pieces: readonly Piece[]): string => {
  const builder = createSegmentBuilder([]);
  let x = 0;
  for (const { text, gap, size = 10, own = false, guessed = false } of pieces) {
    x += gap;
    const letter: Letter = {
      ...{ text, x0: x, x1: x + 6, top: 92, bottom: 102, baseline: 100, size, startsObject: own },
      ...{ bold: false, italic: false, rotated: false },
    };
    if (guessed) builder.space(true);
    builder.letter(letter);
    x += 6;
  }
  return builder
    .finish()
    .map((segment) => segment.text)
    .join(' ');
};

const word = (text: string, gap: number, first: Partial<Piece> = {}): Piece[] =>
  [...text].map((letter, index) => ({ text: letter, gap, ...(index === 0 ? first : {}) }));

describe('words by the space between their letters', () => {
  test('In a squeezed line a gap too narrow for other lines parts two words', () => {
    const pieces = [...word('LAMPS', -0.4), ...word('OF', -0.4, { gap: 1.4, own: true })];
    expect(textOf(pieces)).toBe('LAMPS OF');
    expect(textOf(pieces.map((piece) => ({ ...piece, gap: Math.max(0, piece.gap) })))).toBe('LAMPSOF');
  });

  test('A title that is spaced out is made of words', () => {
    const pieces = [...word('LAMPS', 2, { gap: 0 }), ...word('OIL', 2, { gap: 5.5 })];
    expect(textOf(pieces.map((piece) => ({ ...piece, guessed: piece.gap > 0 })))).toBe('LAMPS OIL');
  });

  test('A few letters with spaces between them stay letters', () => {
    expect(textOf(word('ABCD', 3))).toBe('A B C D');
  });

  test('Small capitals whose widths are those of small letters are not torn apart', () => {
    const rest = [...'amps'].map((text): Piece => ({ text, gap: 2, size: 7.5, own: true, guessed: true }));
    expect(textOf([{ text: 'L', gap: 0 }, ...rest])).toBe('Lamps');
  });
});
