/** Styles of a Word document, with what each inherits. Ids are localised; names of built-in styles are not. */
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, descendants, elementsOf, toggle } from '../ooxml/xml.ts';
import type { RunLook } from './run-look.ts';
import { readGround, readLook } from './run-look.ts';

interface NumberingReference {
  numId?: string;
  level?: number;
  /** Of a style: the one that names the list. A level of the list may name it back. */
  styleId?: string;
}

export interface Style {
  id: string;
  /** Lower case: "heading 1", "toc 2". */
  name: string;
  /** 0–8; 9 means body text. */
  outlineLevel?: number;
  numbering?: NumberingReference;
  indentLeft?: number;
  firstLine?: number;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  look: RunLook;
  /** Of its paragraphs. */
  ground?: string;
  /** Of a table's style: some part of the table has a ground of its own. */
  isShaded: boolean;
}

export interface Styles {
  get(id: string | undefined): Style | undefined;
  defaultParagraphId: string | undefined;
  language: string | undefined;
  /** Size of text that says nothing of its size. */
  halfPoints: number;
}

const MAX_INHERITANCE = 50;

export const readStyles = (root: XmlElement | undefined): Styles => {
  const own = new Map<string, XmlElement>();
  let defaultParagraphId: string | undefined;
  for (const element of elementsOf(root, 'w:style')) {
    const id = attribute(element, 'styleId') ?? '';
    own.set(id, element);
    const isDefault = /^(?:1|true|on)$/.test(attribute(element, 'default') ?? '');
    if (isDefault && attribute(element, 'type') === 'paragraph') defaultParagraphId = id;
  }
  const resolved = new Map<string, Style>();
  const resolve = (id: string, depth: number): Style | undefined => {
    const known = resolved.get(id);
    const element = own.get(id);
    if (known || !element || depth > MAX_INHERITANCE) return known;
    const basedOn = childValue(element, 'w:basedOn');
    const style = inherit(basedOn ? resolve(basedOn, depth + 1) : undefined, readStyle(element, id));
    resolved.set(id, style);
    return style;
  };
  const defaults = child(child(child(root, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr');
  return {
    get: (id) => (id === undefined ? undefined : resolve(id, 0)),
    defaultParagraphId,
    halfPoints: readLook(defaults).halfPoints ?? 20,
    language: attribute(child(defaults, 'w:lang'), 'val'),
  };
};

/** A style may name the level of a list only, and the one it is based on the list. */
const inherit = (base: Style | undefined, own: Style): Style => {
  const style = { ...base, ...own };
  if (base?.numbering || own.numbering) style.numbering = { ...base?.numbering, ...own.numbering };
  style.look = { ...base?.look, ...own.look };
  style.isShaded = own.isShaded || base?.isShaded === true;
  return style;
};

const readStyle = (element: XmlElement, id: string): Style => {
  const paragraph = child(element, 'w:pPr');
  const run = child(element, 'w:rPr');
  const style: Style = {
    id,
    name: (childValue(element, 'w:name') ?? id).toLowerCase(),
    look: readLook(run),
    isShaded: descendants(element, 'w:shd').length > 0,
  };
  const ground = readGround(paragraph);
  if (ground !== undefined) style.ground = ground;
  const outline = childValue(paragraph, 'w:outlineLvl');
  const named = /^heading ([1-9])$/.exec(style.name)?.[1];
  if (outline !== undefined) style.outlineLevel = Number(outline);
  else if (named !== undefined) style.outlineLevel = Number(named) - 1;
  const numbering = readNumberingReference(paragraph);
  if (numbering) style.numbering = numbering.numId === undefined ? numbering : { ...numbering, styleId: id };
  const indentLeft = readIndent(paragraph);
  if (indentLeft !== undefined) style.indentLeft = indentLeft;
  const firstLine = readFirstLine(paragraph);
  if (firstLine !== undefined) style.firstLine = firstLine;
  for (const [key, name] of RUN_TOGGLES) {
    const value = toggle(run, name);
    if (value !== undefined) style[key] = value;
  }
  return style;
};

export const RUN_TOGGLES = [
  ['bold', 'w:b'],
  ['italic', 'w:i'],
  ['strike', 'w:strike'],
] as const;

export const readNumberingReference = (properties: XmlElement | undefined): NumberingReference | undefined => {
  const element = child(properties, 'w:numPr');
  if (!element) return undefined;
  const numId = childValue(element, 'w:numId');
  const level = childValue(element, 'w:ilvl');
  return { ...(numId === undefined ? {} : { numId }), ...(level === undefined ? {} : { level: Number(level) }) };
};

/** Left indent in twips. */
export const readIndent = (properties: XmlElement | undefined): number | undefined => {
  const element = child(properties, 'w:ind');
  const value = attribute(element, 'left') ?? attribute(element, 'start');
  return value === undefined ? undefined : Number.parseInt(value, 10);
};

/** Indent of the first line against the others in twips; negative where it hangs out to the left. */
export const readFirstLine = (properties: XmlElement | undefined): number | undefined => {
  const element = child(properties, 'w:ind');
  const hanging = attribute(element, 'hanging');
  const value = hanging ?? attribute(element, 'firstLine');
  if (value === undefined) return undefined;
  return hanging === undefined ? Number.parseInt(value, 10) : -Number.parseInt(value, 10);
};
