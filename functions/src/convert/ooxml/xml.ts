/** A small XML reader for Office parts: fast on tens of megabytes, no DTD, no entities but XML's own. */

export interface XmlElement {
  /** With the usual prefix of its namespace ("w:p"), whatever prefix the file uses. */
  name: string;
  /** As written; read by `attribute`. */
  rawAttributes: string;
  children: (XmlElement | string)[];
}

export interface XmlOptions {
  /** Children of this element are handed over one by one and then forgotten, so that a large body never stands in memory whole. */
  streamUnder?: string;
  onElement?: (element: XmlElement) => void;
}

/** The text is no well-formed XML, or is nested deeper than any real document and than the stack can bear. */
export class XmlError extends Error {}

const MAX_DEPTH = 300;

/** Namespaces by the end of their address, transitional and strict alike, then OpenDocument's; spreadsheet parts usually have no prefix. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/\/wordprocessingml\/(?:2006\/)?main$/, 'w'],
  [/\/officeDocument\/(?:2006\/)?relationships$/, 'r'],
  [/\/officeDocument\/(?:2006\/)?math$/, 'm'],
  [/\/markup-compatibility\/2006$/, 'mc'],
  [/\/spreadsheetml\/(?:2006\/)?main$/, ''],
  [/\/(?:2006\/spreadsheetDrawing|drawingml\/spreadsheetDrawing)$/, 'xdr'],
  [/\/drawingml\/(?:2006\/)?main$/, 'a'],
  [/\/drawingml\/(?:2006\/)?chart$/, 'c'],
  [/\/drawingml\/(?:2006\/)?diagram$/, 'dgm'],
  [/\/presentationml\/(?:2006\/)?main$/, 'p'],
  [/:opendocument:xmlns:office:1\.0$/, 'office'],
  [/:opendocument:xmlns:style:1\.0$/, 'style'],
  [/:opendocument:xmlns:text:1\.0$/, 'text'],
  [/:opendocument:xmlns:table:1\.0$/, 'table'],
  [/:opendocument:xmlns:drawing:1\.0$/, 'draw'],
  [/:opendocument:xmlns:presentation:1\.0$/, 'presentation'],
  [/:opendocument:xmlns:meta:1\.0$/, 'meta'],
  [/:opendocument:xmlns:manifest:1\.0$/, 'manifest'],
];

/** Throws XmlError. */
export const parseXml = (text: string, options: XmlOptions = {}): XmlElement => new XmlReader(text, options).read();

class XmlReader {
  readonly #text: string;
  readonly #options: XmlOptions;
  readonly #top: XmlElement = { name: '', rawAttributes: '', children: [] };
  readonly #stack: XmlElement[] = [this.#top];
  /** Names as written, of everything open. */
  readonly #names: string[] = [];
  readonly #known = new Map<string, string>();
  readonly #renamed = new Map<string, string>();

  constructor(text: string, options: XmlOptions) {
    this.#text = text;
    this.#options = options;
  }

  read(): XmlElement {
    const text = this.#text;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) break;
      if (tag > at) this.#addText(decodeEntities(text.slice(at, tag)));
      at = this.#markup(tag);
    }
    const root = this.#top.children.find((child) => typeof child !== 'string');
    if (this.#names.length > 0 || root === undefined) throw new XmlError('the XML ends too early');
    return root;
  }

  #addText(text: string): void {
    if (this.#names.length > 0) this.#stack.at(-1)?.children.push(text);
  }

  /** Reads what begins with the `<` at `tag`; gives the offset after it. */
  #markup(tag: number): number {
    const text = this.#text;
    switch (text.charCodeAt(tag + 1)) {
      case 47:
        return this.#close(tag);
      case 63:
        return this.#find('?>', tag) + 2;
      case 33: {
        if (text.startsWith('<!--', tag)) return this.#find('-->', tag + 4) + 3;
        if (!text.startsWith('<![CDATA[', tag)) throw new XmlError('it declares a document type');
        const end = this.#find(']]>', tag);
        this.#addText(text.slice(tag + 9, end));
        return end + 3;
      }
      default:
        return this.#open(tag);
    }
  }

  #find(what: string, from: number): number {
    const found = this.#text.indexOf(what, from);
    if (found === -1) throw new XmlError('the XML ends too early');
    return found;
  }

  #close(tag: number): number {
    const end = this.#find('>', tag);
    const name = this.#text.slice(tag + 2, end).trimEnd();
    if (this.#names.pop() !== name) throw new XmlError('its tags do not pair up');
    this.#finish(this.#stack.pop());
    return end + 1;
  }

  #finish(element: XmlElement | undefined): void {
    const { streamUnder, onElement } = this.#options;
    const parent = this.#stack.at(-1);
    if (!element || !parent || parent.name !== streamUnder || this.#stack.length > 3) return;
    parent.children.pop();
    onElement?.(element);
  }

  #open(tag: number): number {
    const end = this.#tagEnd(tag);
    const empty = this.#text.charCodeAt(end - 1) === 47;
    const inner = this.#text.slice(tag + 1, empty ? end - 1 : end);
    const space = inner.search(/\s/);
    const written = space === -1 ? inner : inner.slice(0, space);
    const rawAttributes = space === -1 ? '' : inner.slice(space);
    if (rawAttributes.includes('xmlns')) this.#declare(rawAttributes);
    const element = { name: this.#nameOf(written), rawAttributes, children: [] };
    this.#stack.at(-1)?.children.push(element);
    this.#stack.push(element);
    if (empty) this.#finish(this.#stack.pop());
    else this.#names.push(written);
    if (this.#names.length > MAX_DEPTH) throw new XmlError(`its elements are nested more than ${MAX_DEPTH} deep`);
    return end + 1;
  }

  /** The `>` that ends a tag, not one inside an attribute's value. */
  #tagEnd(tag: number): number {
    const text = this.#text;
    let quote = 0;
    for (let at = tag + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (quote !== 0) {
        if (code === quote) quote = 0;
      } else if (code === 34 || code === 39) quote = code;
      else if (code === 62) return at;
    }
    throw new XmlError('the XML ends too early');
  }

  #declare(rawAttributes: string): void {
    for (const [, prefix, uri] of rawAttributes.matchAll(/xmlns:?([\w.-]*)\s*=\s*["']([^"']*)["']/g)) {
      const usual = PREFIXES.find(([pattern]) => pattern.test(uri ?? ''))?.[1];
      if (usual !== undefined && usual !== prefix) {
        this.#renamed.set(prefix ?? '', usual);
        this.#known.clear();
      }
    }
  }

  #nameOf(written: string): string {
    const known = this.#known.get(written);
    if (known !== undefined) return known;
    const colon = written.indexOf(':');
    const renamed = this.#renamed.get(colon === -1 ? '' : written.slice(0, colon));
    const local = written.slice(colon + 1);
    const name = renamed === undefined ? written : renamed === '' ? local : `${renamed}:${local}`;
    this.#known.set(written, name);
    return name;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(\w+));/g, (all, hex, decimal, name) => {
        if (name !== undefined) return ENTITIES[name] ?? all;
        const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      })
    : text;

const patterns = new Map<string, RegExp>();

/** An attribute by its local name, whatever its prefix. */
export const attribute = (element: XmlElement | undefined, name: string): string | undefined => {
  if (!element || element.rawAttributes === '') return undefined;
  let pattern = patterns.get(name);
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  const match = pattern.exec(element.rawAttributes);
  return match ? decodeEntities(match[1] ?? match[2] ?? '') : undefined;
};

const isXmlElement = (node: XmlElement | string): node is XmlElement => typeof node !== 'string';

export const elementsOf = (element: XmlElement | undefined, name?: string): XmlElement[] =>
  (element?.children ?? []).filter(
    (child): child is XmlElement => isXmlElement(child) && (!name || child.name === name),
  );

export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((node): node is XmlElement => isXmlElement(node) && node.name === name);

/** Attribute `val` of a child. */
export const childValue = (element: XmlElement | undefined, name: string): string | undefined =>
  attribute(child(element, name), 'val');

/** A switch as Office writes it: there and not "0", "false" or "off"; undefined if it is not there. */
export const toggle = (element: XmlElement | undefined, name: string): boolean | undefined => {
  const found = child(element, name);
  if (!found) return undefined;
  return !/^(?:0|false|off|none)$/.test(attribute(found, 'val') ?? '1');
};

/** Every element of a name at any depth, in order. */
export const descendants = (element: XmlElement, name: string): XmlElement[] =>
  elementsOf(element).flatMap((inner) =>
    inner.name === name ? [inner, ...descendants(inner, name)] : descendants(inner, name),
  );

/** All text in an element. */
export const textOf = (element: XmlElement): string =>
  element.children.map((node) => (isXmlElement(node) ? textOf(node) : node)).join('');
