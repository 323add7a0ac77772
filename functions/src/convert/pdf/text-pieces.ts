/** The text of a block in pieces: what stands on one page, and references to notes between. */
import type { PhrasingContent } from 'mdast';
import type { NoteReference } from './note-references.ts';

export interface Piece {
  text: string;
  /** Set where a further page begins. */
  pageNumber?: number | undefined;
  /** Label of the note that is referred to; its text is empty. */
  note?: string;
}

/** One text node for what stands on one page between two references. */
export const toTexts = (pieces: readonly Piece[]): PhrasingContent[] => {
  const nodes: (Piece & { parts: string[] })[] = [];
  for (const piece of pieces) {
    const last = nodes.at(-1);
    if (last && last.note === undefined && piece.note === undefined && piece.pageNumber === undefined)
      last.parts.push(piece.text);
    else nodes.push({ ...piece, parts: [piece.text] });
  }
  return nodes.map(({ parts, pageNumber, note }) =>
    note === undefined
      ? {
          type: 'text',
          value: parts.join(''),
          ...(pageNumber === undefined ? {} : { data: { provenance: { pageNumber } } }),
        }
      : { type: 'footnoteReference', identifier: note, label: note },
  );
};

export const textOfPieces = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

/** The pieces without the first `count` letters, and the white space after them. */
export const withoutLetters = (pieces: readonly Piece[], count: number): Piece[] => {
  let left = count;
  let isStart = true;
  return pieces.map((piece) => {
    const cut = Math.min(left, piece.text.length);
    left -= cut;
    const rest = piece.text.slice(cut);
    const text = isStart ? rest.trimStart() : rest;
    if (text !== '') isStart = false;
    return { ...piece, text };
  });
};

/** A line with its references in place of their numbers, which stand close to their words. */
export const withReferences = (line: Piece, references: readonly NoteReference[] = []): Piece[] => {
  let from = 0;
  const parts = references.flatMap(({ at, length, label }): Piece[] => {
    const before = line.text.slice(from, at).replace(/ $/, '');
    from = at + length;
    return [{ text: before }, { text: '', note: label }];
  });
  const [first, ...others] = [...parts, { text: line.text.slice(from) }];
  return [{ ...line, text: first?.text ?? '' }, ...others];
};
