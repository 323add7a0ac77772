/** Strings of workbooks: shared between cells, or inside one. */
import type { OfficePackage } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { elementsOf, textOf } from '../ooxml/xml.ts';

export const readSharedStrings = (office: OfficePackage, part: string | undefined): string[] => {
  const strings: string[] = [];
  if (part !== undefined) {
    office.xml(part, { streamUnder: 'sst', onElement: (item) => strings.push(stringItem(item)) });
  }
  return strings;
};

/** The text of a string, rich or plain, without the pronunciation that East Asian ones may carry. */
export const stringItem = (item: XmlElement | undefined): string =>
  elementsOf(item)
    .map((part) => {
      if (part.name === 't') return decodeEscapes(textOf(part));
      return part.name === 'r'
        ? elementsOf(part, 't')
            .map((text) => decodeEscapes(textOf(text)))
            .join('')
        : '';
    })
    .join('');

/** Characters that XML cannot hold are written as "_x000D_" (ECMA-376 part 1, 22.9.2.19). */
export const decodeEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
