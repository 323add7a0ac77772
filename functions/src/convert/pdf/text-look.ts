/** How a text block is set: what a reader's eye sees before reading it. */
import type { TextBlock } from './layout-model.ts';
import { isCentred } from './paragraphs.ts';

export interface TextLook {
  /** In half points. */
  size: number;
  bold: boolean;
  italic: boolean;
  underlined: boolean;
  coloured: boolean;
  capitals: boolean;
  centred: boolean;
}

export const textOf = ({ lines }: TextBlock): string => lines.map(({ text }) => text).join(' ');

/** Sizes that differ by less are one. */
export const sizeKey = (size: number): number => Math.round(size * 2) / 2;

/** A letter alone ("A", "B2") tells nothing. */
const isAllCaps = (text: string): boolean => /\p{Lu}[^\p{Ll}]*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);

/** A name in brackets may have small letters amid capitals. */
const withoutAsides = (text: string): string => text.replace(/(\s)\([^()]*\)/g, '$1');

/** What follows the number: "C.1 SCOPE" is in capitals, "SECTION C Scope" is not. */
export const lookOf = (block: TextBlock, number: string | undefined): TextLook => {
  const { lines, column } = block;
  const words = textOf(block).slice(number?.length ?? 0);
  return {
    size: sizeKey(lines[0]?.size ?? 0),
    bold: lines.every(({ bold }) => bold),
    italic: lines.every(({ italic }) => italic),
    underlined: lines.every(({ underlined }) => underlined),
    coloured: lines.every(({ coloured }) => coloured),
    capitals: isAllCaps(withoutAsides(/\p{L}/u.test(words) ? words : textOf(block))),
    centred: lines.every((line) => isCentred(line, column)),
  };
};

/** The more a look stands out, the greater; size first. */
export const prominenceOf = ({ size, bold, capitals, centred, underlined, coloured, italic }: TextLook): number =>
  size * 64 +
  (bold ? 32 : 0) +
  (capitals ? 16 : 0) +
  (centred ? 8 : 0) +
  (underlined ? 4 : 0) +
  (coloured ? 2 : 0) +
  (italic ? 0 : 1);
