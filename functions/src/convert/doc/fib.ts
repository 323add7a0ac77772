/** The file information block at the start of a Word document: what stands where ([MS-DOC] 2.5). */
import { AppError } from '../../errors.ts';
import type { ByteView } from '../ole2/byte-view.ts';

export interface FileInformation {
  /** Which stream the tables are in. */
  tableStream: '0Table' | '1Table';
  /** Characters of each part of the text, which follow one another in this order. */
  lengths: {
    main: number;
    footnotes: number;
    headers: number;
    macros: number;
    comments: number;
    endnotes: number;
    boxes: number;
  };
  /** Place and length of a table in the table stream, by its number in the list of [MS-DOC] 2.5.5–2.5.6. */
  table(index: number): { at: number; length: number };
}

export const TABLES = {
  styles: 1,
  footnoteReferences: 2,
  footnoteTexts: 3,
  commentReferences: 4,
  headers: 11,
  characterPages: 12,
  paragraphPages: 13,
  pieces: 33,
  endnoteReferences: 46,
  endnoteTexts: 47,
  boxTexts: 56,
  lists: 73,
  listOverrides: 74,
} as const;

const WORD_6 = 0xa5dc;
const WORD_97 = 0xa5ec;
const FIRST_READ = 0x00c1;
const ENCRYPTED = 0x0100;
const USES_1TABLE = 0x0200;
const TABLES_AT = 154;

/** Throws FILE_DAMAGED, FILE_ENCRYPTED, and FORMAT_UNSUPPORTED for what Word wrote before 1997. */
export const readFileInformation = (document: ByteView, fileName: string): FileInformation => {
  const [identifier, version] = [document.u16(0), document.u16(2)];
  if (identifier === WORD_6 || (identifier === WORD_97 && version < FIRST_READ)) {
    throw new AppError('FORMAT_UNSUPPORTED', {
      fileName,
      problem:
        'it is a Word document of the format used before 1997; open it in Word or LibreOffice and save it as .docx',
      supported: 'Word documents of Word 97 and later',
    });
  }
  if (identifier !== WORD_97) throw new AppError('FILE_DAMAGED', { fileName, problem: 'its text has no beginning' });
  const flags = document.u16(10);
  if ((flags & ENCRYPTED) !== 0) throw new AppError('FILE_ENCRYPTED', { fileName });
  const tables = document.u16(152);
  const length = (index: number) => Math.max(0, document.i32(64 + index * 4));
  return {
    tableStream: (flags & USES_1TABLE) === 0 ? '0Table' : '1Table',
    lengths: {
      main: length(3),
      footnotes: length(4),
      headers: length(5),
      macros: length(6),
      comments: length(7),
      endnotes: length(8),
      boxes: length(9),
    },
    table: (index) =>
      index < tables
        ? { at: document.u32(TABLES_AT + index * 8), length: document.u32(TABLES_AT + index * 8 + 4) }
        : { at: 0, length: 0 },
  };
};
