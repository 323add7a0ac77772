/** Every different text once; cells name it by its position. */
import { cellText } from './xml-text.ts';

export interface SharedStrings {
  indexOf(text: string): number;
  xml(): string;
}

export const createSharedStrings = (): SharedStrings => {
  const indexes = new Map<string, number>();
  let uses = 0;
  return {
    indexOf(text) {
      uses += 1;
      const known = indexes.get(text);
      if (known !== undefined) return known;
      indexes.set(text, indexes.size);
      return indexes.size - 1;
    },
    xml() {
      const items = [...indexes.keys()].map((text) => `<si><t xml:space="preserve">${cellText(text)}</t></si>`);
      return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
        `count="${uses}" uniqueCount="${indexes.size}">${items.join('')}</sst>`
      );
    },
  };
};
