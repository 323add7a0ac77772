/** The tables of a text with HTML in it, read as leniently as peers write them. */
import NAMED from './entities.json' with { type: 'json' };

export interface HtmlElement {
  /** In lower case. */
  name: string;
  hasAttributes: boolean;
  colspan: number;
  rowspan: number;
  children: HtmlNode[];
}

export type HtmlNode = HtmlElement | string;

const CHARACTERS = new Map(Object.entries(NAMED));
const LAST_CODE_POINT = 0x10ffff;

const fromNumber = (number: string): string => {
  const code = Number(number.replace(/^x/i, '0x'));
  return code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : '\ufffd';
};

export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7}|[xX][\da-fA-F]{1,6});?|(\w+);)/g, (all: string, number?: string, name = '') =>
    number ? fromNumber(number) : (CHARACTERS.get(name) ?? all),
  );

const VOID_ELEMENTS = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);
/** A comment, a declaration, or a tag: its slash, name and attributes. */
const TAG = /<!--[\s\S]*?-->|<[!?][^>]*>|<(\/?)([a-zA-Z][^\s/>]*)((?:=\s*"[^"]*"|=\s*'[^']*'|[^>])*?)>/g;

const spanOf = (attributes: string, name: 'colspan' | 'rowspan'): number =>
  Number(new RegExp(`\\b${name}\\s*=\\s*["']?\\s*(\\d+)`, 'i').exec(attributes)?.[1] ?? 1);

const elementOf = (name: string, attributes: string): HtmlElement => ({
  name,
  hasAttributes: attributes.trim() !== '',
  colspan: spanOf(attributes, 'colspan'),
  rowspan: spanOf(attributes, 'rowspan'),
  children: [],
});

/**
 * Every table in order of its start tag, those inside other tables too. An end tag closes the nearest open element of its name
 * with all that is open inside it; an end tag without one is dropped.
 */
export const findTables = (html: string): HtmlElement[] => {
  const tables: HtmlElement[] = [];
  const root = elementOf('', '');
  const open = [root];
  const append = (node: HtmlNode): void => void (open.at(-1) ?? root).children.push(node);
  let at = 0;
  for (const match of html.matchAll(TAG)) {
    if (match.index > at) append(decodeEntities(html.slice(at, match.index)));
    at = match.index + match[0].length;
    const [, slash, rawName, attributes = ''] = match;
    if (!rawName) continue;
    const name = rawName.toLowerCase();
    if (slash) {
      const namesake = open.findLastIndex((element) => element.name === name);
      if (namesake > 0) open.length = namesake;
      continue;
    }
    const element = elementOf(name, attributes);
    append(element);
    if (name === 'table') tables.push(element);
    if (!VOID_ELEMENTS.has(name) && !attributes.endsWith('/')) open.push(element);
  }
  if (html.length > at) append(decodeEntities(html.slice(at)));
  return tables;
};
