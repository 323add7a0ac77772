/** Reading parse5's tree: names, attributes, and what a browser would show. */
import type { DefaultTreeAdapterMap } from 'parse5';

export type HtmlNode = DefaultTreeAdapterMap['childNode'];
export type HtmlElement = DefaultTreeAdapterMap['element'];

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements whose content is never shown, or is no part of the text. */
const DROPPED = names(
  'script style template noscript head title meta link base param source track colgroup col annotation annotation-xml metadata defs desc audio video canvas object embed iframe frame frameset noframes map area',
);
const BLOCKS = names(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp',
);

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node;
export const isDropped = (element: HtmlElement): boolean =>
  DROPPED.has(element.tagName) || (element.tagName === 'button' && !isFoldingTitle(element));

/** A title that opens and closes what is below it is a title; all other buttons are no text. */
const isFoldingTitle = ({ parentNode }: HtmlElement): boolean =>
  parentNode !== null && 'tagName' in parentNode && /^(?:h[1-6]|summary|dt|legend)$/.test(parentNode.tagName);
export const isBlock = (element: HtmlElement): boolean => BLOCKS.has(element.tagName);

export const attribute = (element: HtmlElement, name: string): string | undefined =>
  element.attrs.find((entry) => entry.name === name)?.value;

/** Every inline element that has a block somewhere in it: it cannot be part of a line. */
export const elementsAroundBlocks = (root: { childNodes: HtmlNode[] }): ReadonlySet<HtmlNode> => {
  const around = new Set<HtmlNode>();
  const waiting: HtmlNode[] = [...root.childNodes];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    if (isBlock(node)) markParents(node, around);
    for (const child of node.childNodes) waiting.push(child);
  }
  return around;
};

const markParents = (element: HtmlElement, around: Set<HtmlNode>): void => {
  let parent = element.parentNode;
  while (parent && 'tagName' in parent && !isBlock(parent) && !around.has(parent)) {
    around.add(parent);
    parent = parent.parentNode;
  }
};

/** All text in a node in order, without recursion; white space as in the source. */
export const rawText = (node: HtmlNode): string => {
  const parts: string[] = [];
  const waiting: HtmlNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('value' in next) parts.push(next.value);
    if (!isElement(next) || isDropped(next)) continue;
    if (next.tagName === 'br') parts.push('\n');
    for (let i = next.childNodes.length - 1; i >= 0; i--) {
      const child = next.childNodes[i];
      if (child) waiting.push(child);
    }
  }
  return parts.join('');
};
