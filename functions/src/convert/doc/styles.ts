/** The style sheet of a Word document, with what each style inherits ([MS-DOC] 2.9.271, 2.9.260). */
import type { ByteView } from '../ole2/byte-view.ts';
import type { CharacterProperties, ParagraphProperties } from './properties.ts';
import { characterProperties, paragraphProperties } from './properties.ts';

export interface DocStyle {
  /** Lower case; built-in styles by their English name in whatever language they are stored. */
  name: string;
  paragraph: ParagraphProperties;
  character: CharacterProperties;
}

interface StoredStyle extends DocStyle {
  basedOn: number;
}

const PARAGRAPH_STYLE = 1;
const CHARACTER_STYLE = 2;
const MAX_INHERITANCE = 50;
const MAX_STYLES = 4096;

/** The styles by their number. */
export const readStyles = (table: ByteView): ((index: number) => DocStyle | undefined) => {
  const header = table.u16(0);
  const count = Math.min(MAX_STYLES, table.u16(2));
  const baseBytes = table.u16(4);
  const stored: (StoredStyle | undefined)[] = [];
  let at = 2 + header;
  for (let index = 0; index < count; index++) {
    const length = table.u16(at);
    stored.push(length === 0 ? undefined : readStyle(table.slice(at + 2, length), baseBytes));
    at += 2 + length;
  }
  const resolved = new Map<number, DocStyle>();
  const resolve = (index: number, depth: number): DocStyle | undefined => {
    const known = resolved.get(index);
    const own = stored[index];
    if (known || !own || depth > MAX_INHERITANCE) return known;
    const base = resolve(own.basedOn, depth + 1);
    const style = {
      name: own.name,
      paragraph: { ...base?.paragraph, ...own.paragraph },
      character: { ...base?.character, ...own.character },
    };
    resolved.set(index, style);
    return style;
  };
  return (index) => resolve(index, 0);
};

const readStyle = (style: ByteView, baseBytes: number): StoredStyle => {
  const builtin = style.u16(0) & 0x0fff;
  const kind = style.u16(2) & 0x000f;
  const characters = style.u16(baseBytes);
  const found: StoredStyle = {
    name:
      builtinName(builtin) ??
      style
        .utf16(baseBytes + 2, characters)
        .split(',')[0]
        ?.trim()
        .toLowerCase() ??
      '',
    basedOn: style.u16(2) >> 4,
    paragraph: {},
    character: {},
  };
  const first = baseBytes + 2 + characters * 2 + 2;
  const firstLength = style.u16(first);
  if (kind === CHARACTER_STYLE) found.character = characterProperties(style.slice(first + 2, firstLength));
  if (kind !== PARAGRAPH_STYLE) return found;
  const second = first + 2 + firstLength + (firstLength % 2);
  // The number of the style itself comes before its properties.
  found.paragraph = paragraphProperties(style.slice(first + 4, firstLength - 2));
  found.character = characterProperties(style.slice(second + 2, style.u16(second)));
  return found;
};

/** [MS-DOC] 2.9.271, "sti": numbers of the styles that every document has. */
const builtinName = (builtin: number): string | undefined => {
  if (builtin >= 1 && builtin <= 9) return `heading ${builtin}`;
  if (builtin >= 19 && builtin <= 27) return `toc ${builtin - 18}`;
  if (builtin === 34) return 'caption';
  return builtin === 62 ? 'title' : undefined;
};
