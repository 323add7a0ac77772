/** The text of a Word document: pieces that lie anywhere in the file, put together in order ([MS-DOC] 2.4.1, 2.8.35). */
import { AppError } from '../../errors.ts';
import type { ByteView } from '../ole2/byte-view.ts';

export interface Piece {
  /** First character, and the one after the last, by their places in the text. */
  start: number;
  end: number;
  /** Where it lies in the file. */
  offset: number;
  bytesPerCharacter: 1 | 2;
}

export interface PieceText {
  text: string;
  pieces: readonly Piece[];
}

const PROPERTIES = 1;
const PIECES = 2;
const COMPRESSED = 0x4000_0000;

/** Throws FILE_DAMAGED if there is no table of pieces, or if it holds more characters than the file has bytes. */
export const readPieces = (document: ByteView, table: ByteView, fileName: string): PieceText => {
  const damaged = (problem: string) => new AppError('FILE_DAMAGED', { fileName, problem });
  const list = pieceList(table);
  if (!list) throw damaged('it does not say where its text stands');
  const count = Math.floor((list.length - 4) / 12);
  const pieces: Piece[] = [];
  const texts: string[] = [];
  let end = 0;
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const start = list.u32(index * 4);
    const next = list.u32((index + 1) * 4);
    if (start !== end || next < start) throw damaged('the pieces of its text are not in order');
    const place = list.u32((count + 1) * 4 + index * 8 + 2);
    const isCompressed = (place & COMPRESSED) !== 0;
    const bytesPerCharacter = isCompressed ? 1 : 2;
    const offset = isCompressed ? (place & (COMPRESSED - 1)) >>> 1 : place & (COMPRESSED - 1);
    bytes += (next - start) * bytesPerCharacter;
    if (bytes > document.length) throw damaged('it says that it has more text than the file has bytes');
    const content = document.slice(offset, (next - start) * bytesPerCharacter);
    if (content.length < (next - start) * bytesPerCharacter) throw damaged('a part of its text lies behind its end');
    texts.push(new TextDecoder(isCompressed ? 'windows-1252' : 'utf-16le', { ignoreBOM: true }).decode(content.bytes));
    pieces.push({ start, end: next, offset, bytesPerCharacter });
    end = next;
  }
  return { text: texts.join(''), pieces };
};

/** Behind property lists that only fast saves have. */
const pieceList = (table: ByteView): ByteView | undefined => {
  let at = 0;
  while (table.u8(at) === PROPERTIES && at < table.length) at += 3 + table.u16(at + 1);
  if (table.u8(at) !== PIECES) return undefined;
  return table.slice(at + 5, table.u32(at + 1));
};
