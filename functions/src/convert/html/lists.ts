/** HTML lists to mdast. */
import type { ListItem, PhrasingContent, RootContent } from 'mdast';
import type { NumberStyle } from '../list-numbers.ts';
import { formatNumber } from '../list-numbers.ts';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isElement } from './dom.ts';

const LIST_STYLES: Readonly<Record<string, NumberStyle>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  'lower-alpha': 'lowerLetter',
  'lower-latin': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'upper-latin': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
  'decimal-leading-zero': 'decimalZero',
};

/** Its items bring their own, if any. */
const WITHOUT_MARKERS = /list-style(?:-type)?\s*:\s*none/i;

const listStyle = (element: HtmlElement): NumberStyle | undefined => {
  const style = /list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman)|decimal-leading-zero)/i.exec(
    attribute(element, 'style') ?? '',
  );
  return LIST_STYLES[style?.[1]?.toLowerCase() ?? attribute(element, 'type') ?? ''];
};

/** Reads the inside of an element; undefined if it is hidden. */
type ReadPart = (part: HtmlElement) => RootContent[] | undefined;

export const readList = (
  element: HtmlElement,
  readLoose: (nodes: readonly HtmlNode[]) => RootContent[],
  readPart: ReadPart,
): RootContent[] => {
  const ordered = element.tagName === 'ol' && !WITHOUT_MARKERS.test(attribute(element, 'style') ?? '');
  const counter = createCounter(element);
  const children: ListItem[] = [];
  for (const group of itemGroups(element.childNodes)) {
    const [own] = group;
    if (own && isItem(own)) {
      const blocks = readPart(own);
      const number = blocks && counter.next(own);
      if (blocks) children.push(listItem(blocks, ordered ? number : undefined));
    } else addLoose(children, readLoose(group));
  }
  if (children.length === 0) return [];
  return [{ type: 'list', ordered, start: ordered ? Math.max(0, counter.start) : null, spread: false, children }];
};

const isItem = (node: HtmlNode): node is HtmlElement => isElement(node) && node.tagName === 'li';

const numberIn = (element: HtmlElement, name: string): number | undefined => {
  const value = Number.parseInt(attribute(element, name) ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
};

/** `next`: the number of an item as shown; undefined in a list that simply counts up in figures. */
const createCounter = (list: HtmlElement) => {
  const items = list.childNodes.filter(isItem);
  const isReversed = attribute(list, 'reversed') !== undefined;
  const start = numberIn(list, 'start') ?? (isReversed ? items.length : 1);
  const style = listStyle(list);
  const isPlain = style === undefined && !isReversed && items.every((item) => numberIn(item, 'value') === undefined);
  let value = start;
  return {
    start,
    next: (item: HtmlElement): string | undefined => {
      value = numberIn(item, 'value') ?? value;
      const shown = `${formatNumber(value, style ?? 'decimal')}.`;
      value += isReversed ? -1 : 1;
      return isPlain ? undefined : shown;
    },
  };
};

const listItem = (blocks: RootContent[], numbering?: string): ListItem => {
  const item: ListItem = { type: 'listItem', spread: false, children: blocks as ListItem['children'] };
  if (numbering !== undefined) item.data = { provenance: { numbering } };
  return item;
};

/** Content between items belongs to the item above it. */
const addLoose = (items: ListItem[], blocks: RootContent[]): void => {
  if (blocks.every((block) => block.type === 'paragraph' && rawIsBlank(block.children))) return;
  const last = items.at(-1);
  if (last) last.children.push(...(blocks as ListItem['children']));
  else items.push(listItem(blocks));
};

const rawIsBlank = (children: readonly PhrasingContent[]): boolean =>
  children.every((child) => child.type === 'text' && child.value.trim() === '');

/** Each li alone; what stands between them, a nested list above all, together. */
const itemGroups = (nodes: readonly HtmlNode[]): HtmlNode[][] => {
  const groups: HtmlNode[][] = [];
  let loose: HtmlNode[] | undefined;
  for (const node of nodes) {
    if (isItem(node)) {
      groups.push([node]);
      loose = undefined;
    } else if (loose) loose.push(node);
    else {
      loose = [node];
      groups.push(loose);
    }
  }
  return groups;
};

/** Terms in bold, each with its definitions below it. */
export const readDefinitions = (element: HtmlElement, readPart: ReadPart): RootContent[] => {
  const children: ListItem[] = [];
  const parts = element.childNodes.filter(isElement);
  const entries = parts.flatMap((part) => (part.tagName === 'div' ? part.childNodes.filter(isElement) : [part]));
  for (const entry of entries) {
    const blocks = readPart(entry);
    if (!blocks) continue;
    const [first, ...rest] = blocks as ListItem['children'];
    const last = children.at(-1);
    if (entry.tagName === 'dt' && first?.type === 'paragraph') {
      const term: ListItem['children'][number] = {
        type: 'paragraph',
        children: [{ type: 'strong', children: first.children }],
      };
      children.push({ type: 'listItem', spread: false, children: [term, ...rest] });
    } else if (last) last.children.push(...(blocks as ListItem['children']));
    else children.push({ type: 'listItem', spread: false, children: blocks as ListItem['children'] });
  }
  return children.length > 0 ? [{ type: 'list', ordered: false, spread: false, children }] : [];
};
