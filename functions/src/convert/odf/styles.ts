/** Styles of an OpenDocument file, with what each inherits (OpenDocument 1.3 part 3, 16). */
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import { toEmu } from './lengths.ts';

export interface Style {
  /** Of the nearest common style, lower case: "heading 1", "quotations". */
  name?: string;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  /** Text that is switched off. */
  hidden?: boolean;
  /** 0-based. */
  outlineLevel?: number;
  /** Twips; of the first line against the others, negative where it hangs out to the left. */
  indentLeft?: number;
  firstLine?: number;
  /** Empty where a style takes its numbering away. */
  listStyle?: string;
  /** A paragraph in a list that shows no bullet. */
  unnumbered?: boolean;
  /** Cells: bold or on a coloured ground. */
  filled?: boolean;
  ruled?: boolean;
  /** Tables and slides that are not shown. */
  notShown?: boolean;
  /** Of the page that begins with it. */
  masterPage?: string;
}

export interface Styles {
  /** `family`: "paragraph", "text", "table-cell"; an unknown style is the plain one. */
  get(family: string, name: string | undefined): Style;
  /** BCP 47, of the default paragraph. */
  language: string | undefined;
}

const MAX_INHERITANCE = 50;
const PLAIN: Style = {};

export const readStyles = (content: XmlElement, styles: XmlElement | undefined): Styles => {
  const own = new Map<string, { element: XmlElement; isCommon: boolean }>();
  const add = (group: XmlElement | undefined, isCommon: boolean) => {
    for (const element of elementsOf(group, 'style:style')) {
      own.set(keyOf(attribute(element, 'family') ?? '', attribute(element, 'name') ?? ''), { element, isCommon });
    }
  };
  add(child(styles, 'office:styles'), true);
  add(child(styles, 'office:automatic-styles'), false);
  add(child(content, 'office:automatic-styles'), false);
  const resolved = new Map<string, Style>();
  const resolve = (family: string, name: string, depth: number): Style => {
    const key = keyOf(family, name);
    const known = resolved.get(key);
    const entry = own.get(key);
    // Programs name styles of their own that they never define: the name says what they are.
    if (known || !entry || depth > MAX_INHERITANCE) return known ?? { name: readName(name) };
    const parent = attribute(entry.element, 'parent-style-name');
    const inherited = parent === undefined ? PLAIN : resolve(family, parent, depth + 1);
    const style = { ...inherited, ...readStyle(entry.element, family, entry.isCommon) };
    resolved.set(key, style);
    return style;
  };
  return {
    get: (family, name) => (name === undefined ? PLAIN : resolve(family, name, 0)),
    language: readLanguage(child(styles, 'office:styles')),
  };
};

const keyOf = (family: string, name: string): string => `${family} ${name}`;

const readStyle = (element: XmlElement, family: string, isCommon: boolean): Style => {
  const style: Style = {};
  if (isCommon) style.name = readName(attribute(element, 'display-name') ?? attribute(element, 'name') ?? '');
  const outline = Number(attribute(element, 'default-outline-level'));
  if (outline > 0) style.outlineLevel = outline - 1;
  const listStyle = attribute(element, 'list-style-name');
  if (listStyle !== undefined) style.listStyle = listStyle;
  const masterPage = attribute(element, 'master-page-name');
  if (masterPage) style.masterPage = masterPage;
  const text = child(element, 'style:text-properties');
  if (text) addTextProperties(style, text, family === 'paragraph' && isCommon);
  const paragraph = child(element, 'style:paragraph-properties');
  if (paragraph) addIndents(style, paragraph);
  const cell = child(element, 'style:table-cell-properties');
  if (cell) addCellProperties(style, cell);
  const display = attribute(child(element, 'style:table-properties'), 'display');
  if (display !== undefined) style.notShown = display === 'false';
  const visibility = attribute(child(element, 'style:drawing-page-properties'), 'visibility');
  if (visibility !== undefined) style.notShown = visibility === 'hidden';
  return style;
};

/** Spaces in names are written as "_20_", by some programs as "_": "Heading_20_1", "Source_Text". */
const readName = (name: string): string =>
  name
    .replace(/_([0-9a-f]{2,4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('_', ' ')
    .toLowerCase();

const EMU_PER_TWIP = 635;

const addIndents = (style: Style, paragraph: XmlElement): void => {
  if (attribute(paragraph, 'enable-numbering') === 'false') style.unnumbered = true;
  const [left, first] = [toEmu(attribute(paragraph, 'margin-left')), toEmu(attribute(paragraph, 'text-indent'))];
  if (left !== undefined) style.indentLeft = Math.round(left / EMU_PER_TWIP);
  if (first !== undefined) style.firstLine = Math.round(first / EMU_PER_TWIP);
};

/** What all paragraphs of a kind look like is not what a writer has set off in one of them. */
const addTextProperties = (style: Style, text: XmlElement, isKind: boolean): void => {
  const weight = attribute(text, 'font-weight');
  const slant = attribute(text, 'font-style');
  const line = attribute(text, 'text-line-through-style') ?? attribute(text, 'text-line-through-type');
  const display = attribute(text, 'display');
  if (weight !== undefined && !isKind) style.bold = weight === 'bold' || Number(weight) >= 600;
  if (slant !== undefined && !isKind) style.italic = slant !== 'normal';
  if (line !== undefined && !isKind) style.strike = line !== 'none';
  if (display !== undefined) style.hidden = display === 'none';
};

const addCellProperties = (style: Style, cell: XmlElement): void => {
  const ground = attribute(cell, 'background-color');
  if (ground !== undefined) style.filled = !/^(?:transparent|#ffffff)$/i.test(ground);
  const all = attribute(cell, 'border');
  const side = (name: string) => (attribute(cell, `border-${name}`) ?? all ?? 'none') !== 'none';
  if (/\sfo:border/.test(cell.rawAttributes)) style.ruled = side('bottom') || (side('left') && side('right'));
};

const readLanguage = (group: XmlElement | undefined): string | undefined => {
  const style = elementsOf(group, 'style:default-style').find((entry) => attribute(entry, 'family') === 'paragraph');
  const text = child(style, 'style:text-properties');
  const [language, country] = [attribute(text, 'language'), attribute(text, 'country')];
  if (!language || language === 'none') return undefined;
  return country && country !== 'none' ? `${language}-${country}` : language;
};
