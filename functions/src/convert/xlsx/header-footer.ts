/** Page headers and footers of sheets. */
import type { XmlElement } from '../ooxml/xml.ts';
import { child, textOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';

const PLACES: readonly (readonly [string, RunningText['position']])[] = [
  ['oddHeader', 'head'],
  ['evenHeader', 'head'],
  ['firstHeader', 'head'],
  ['oddFooter', 'foot'],
  ['evenFooter', 'foot'],
  ['firstFooter', 'foot'],
];
/** Fonts, sizes, colours and styles; then page numbers, dates, the file's name: none of them is text of the file. */
const CODES = /&"[^"]*"|&K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|&\d{1,3}|&[BIUESXYPNDTZFAGOH]/gi;

/** The written text of a sheet's headers and footers, left, middle and right each on its own. */
export const readHeaderFooter = (worksheet: XmlElement | undefined): RunningText[] => {
  const root = child(worksheet, 'headerFooter');
  return PLACES.flatMap(([name, position]) => {
    const element = child(root, name);
    return element ? writtenLines(textOf(element), position) : [];
  });
};

/** `code`: as the file has it, with marks such as "&L" and "&P". */
export const writtenLines = (code: string, position: RunningText['position']): RunningText[] =>
  code
    .replaceAll('&&', '\uffff')
    .split(/&[LCR]|\n/i)
    .map((part) => part.replace(CODES, ' ').replaceAll('\uffff', '&').replace(/\s+/g, ' ').trim())
    .filter((text) => /\p{L}{2}/u.test(text))
    .map((text) => ({ text, position }));
