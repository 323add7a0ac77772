/** Inline HTML to mdast. */
import type { PhrasingContent } from 'mdast';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isDropped, isElement, rawText } from './dom.ts';
import type { HtmlReading } from './reading.ts';
import { enter, shownText } from './reading.ts';

const MARKS: Readonly<Record<string, 'strong' | 'emphasis' | 'delete'>> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  cite: 'emphasis',
  dfn: 'emphasis',
  var: 'emphasis',
  del: 'delete',
  s: 'delete',
  strike: 'delete',
};
const CODE = new Set(['code', 'kbd', 'samp', 'tt']);

/** One node, which has no block in it, as inline content. */
export const readInline = (reading: HtmlReading, node: HtmlNode): PhrasingContent[] => {
  if ('value' in node) return shownText(reading, node.value);
  if (!isElement(node) || isDropped(node)) return [];
  return (
    enter(
      reading,
      node,
      () => readElement(reading, node),
      () => [{ type: 'text', value: rawText(node) }],
    ) ?? []
  );
};

const readElement = (reading: HtmlReading, element: HtmlElement): PhrasingContent[] => {
  const name = element.tagName;
  if (name === 'br') return [{ type: 'break' }];
  if (name === 'img')
    return [{ type: 'image', url: attribute(element, 'src') ?? '', alt: attribute(element, 'alt') ?? '' }];
  if (CODE.has(name)) return [{ type: 'inlineCode', value: rawText(element).replace(/\s+/g, ' ') }];
  if (name === 'input' || name === 'select' || name === 'textarea') return readControl(element);
  if (name === 'a') return readAnchor(reading, element);
  if (name === 'math') return [{ type: 'text', value: formulaText(element) }];
  // The dots and gaps that Word draws for a tab.
  if (/mso-tab-count/i.test(attribute(element, 'style') ?? '')) return [{ type: 'text', value: ' ' }];
  const children = readChildren(reading, element);
  if (name === 'svg' || name === 'text') return apart(children);
  const mark = MARKS[name];
  if (mark) return [{ type: mark, children }];
  if (name === 'q') return [{ type: 'text', value: '“' }, ...children, { type: 'text', value: '”' }];
  return children;
};

/** Words in a drawing stand beside each other, with nothing between them in the file. */
const apart = (children: PhrasingContent[]): PhrasingContent[] => [
  { type: 'text', value: ' ' },
  ...children,
  { type: 'text', value: ' ' },
];

const MAX_FORMULA_DEPTH = 50;

/** A formula as one line: its letters in order, fractions with a stroke. */
const formulaText = (node: HtmlNode, depth = 0): string => {
  if (!isElement(node) || depth > MAX_FORMULA_DEPTH) return rawText(node).replace(/\s+/g, ' ');
  if (isDropped(node)) return '';
  const parts = node.childNodes.map((child) => formulaText(child, depth + 1)).filter((part) => part.trim() !== '');
  if (node.tagName === 'mtext') return parts.join('');
  return parts.map((part) => part.trim()).join(node.tagName === 'mfrac' ? '/' : '');
};

const readChildren = (reading: HtmlReading, element: HtmlElement): PhrasingContent[] =>
  element.childNodes.flatMap((child) => readInline(reading, child));

/** Links inside the page say nothing outside of it: only their text is kept. */
const readAnchor = (reading: HtmlReading, element: HtmlElement): PhrasingContent[] => {
  const url = (attribute(element, 'href') ?? '').trim();
  if (attribute(element, 'role') === 'doc-noteref' && reading.noteIds.has(url.slice(1))) {
    return [{ type: 'footnoteReference', identifier: url.slice(1) }];
  }
  const label = reading.notes.references.get(element);
  if (label !== undefined) return [{ type: 'footnoteReference', identifier: label, label }];
  if (attribute(element, 'role') === 'doc-backlink' || reading.notes.backLinks.has(element)) return [];
  const children = readChildren(reading, element);
  if (url === '' || url.startsWith('#') || /^(?:javascript|data|vbscript):/i.test(url)) return children;
  return [{ type: 'link', url: resolved(url, reading.base), children }];
};

const resolved = (url: string, base: string | undefined): string =>
  base === undefined || /^[a-z][\w+.-]*:/i.test(url) || !URL.canParse(url, base) ? url : new URL(url, base).href;

/** Buttons, and what shows no value. */
const WITHOUT_VALUE = new Set(['hidden', 'password', 'image', 'submit', 'reset', 'button', 'file']);

/** What a form field shows: the value filled in, a box ticked or not, the choices there are. */
const readControl = (element: HtmlElement): PhrasingContent[] => {
  const value = (text: string): PhrasingContent[] => [{ type: 'text', value: ` ${text}` }];
  if (element.tagName === 'textarea') return value(rawText(element));
  if (element.tagName === 'select') {
    const options = element.childNodes.filter(isElement);
    const chosen = options.filter((option) => attribute(option, 'selected') !== undefined);
    const shown = (chosen.length > 0 ? chosen : options).map((option) => rawText(option).trim());
    return value(shown.filter((option) => option !== '').join(' / '));
  }
  const type = attribute(element, 'type')?.toLowerCase() ?? 'text';
  if (WITHOUT_VALUE.has(type)) return [];
  if (type === 'checkbox' || type === 'radio') return value(attribute(element, 'checked') === undefined ? '☐ ' : '☒ ');
  return value(attribute(element, 'value') ?? '');
};
