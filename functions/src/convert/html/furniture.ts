/** What stands around the content of a web page: menus, site heads and feet, cookie notices. */
import type { RunningText } from '../source-tree.ts';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isDropped, isElement } from './dom.ts';
import names from './furniture-names.json' with { type: 'json' };
import { findHelpers } from './page-helpers.ts';

/** Most of a menu is links. */
const MENU_LINKS = 0.6;
/** A head or foot known by its name only is a small part of the page. */
const SMALL_PART = 0.25;
/** Less than this is no page; then nothing is taken out of it. */
const LEAST_LEFT = 0.03;

interface Facts {
  /** Letters and digits in it. */
  text: number;
  links: number;
  /** Of `links`: those to places in the page itself. */
  localLinks: number;
  hasHeading: boolean;
  hasTitle: boolean;
  holdsMain: boolean;
  /** In the content itself, where a header or a footer belongs to the text. */
  inContent: boolean;
}

type Position = RunningText['position'];

/**
 * Elements to leave out of the text, with the end of the page they belong to. Menus made of links into the page are its table of
 * contents and stay; so does everything if there would be nothing left.
 */
export const findFurniture = (page: { childNodes: HtmlNode[] }): ReadonlyMap<HtmlNode, Position> => {
  const elements = inOrder(page.childNodes);
  const facts = measure(elements);
  const main = elements.find(isMain);
  const body = elements.find(({ tagName }) => tagName === 'body');
  const whole = body && facts.get(body);
  const found = new Map<HtmlNode, Position>();
  if (!whole) return found;
  const scope = { facts, whole, main: main && facts.get(main) };
  const helpers = findHelpers({ elements, main, letters: (element) => facts.get(element)?.text ?? 0 });
  let taken = 0;
  const inside = new Set<HtmlNode>();
  for (const element of elements) {
    if (element.parentNode && inside.has(element.parentNode as HtmlNode)) {
      inside.add(element);
      continue;
    }
    const position = helpers.has(element) ? 'head' : positionOf(element, scope);
    if (position === undefined) continue;
    inside.add(element);
    found.set(element, position);
    taken += facts.get(element)?.text ?? 0;
  }
  return whole.text - taken < whole.text * LEAST_LEFT ? new Map() : found;
};

const isMain = (element: HtmlElement): boolean =>
  element.tagName === 'main' || attribute(element, 'role')?.toLowerCase() === 'main';

const inOrder = (nodes: readonly HtmlNode[]): HtmlElement[] => {
  const elements: HtmlElement[] = [];
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node) || isDropped(node)) continue;
    elements.push(node);
    for (let at = node.childNodes.length - 1; at >= 0; at--) {
      const child = node.childNodes[at];
      if (child) waiting.push(child);
    }
  }
  return elements;
};

const CONTENT = new Set(['article', 'section', 'blockquote', 'td', 'th', 'li', 'dialog']);

const measure = (elements: readonly HtmlElement[]): Map<HtmlNode, Facts> => {
  const facts = new Map<HtmlNode, Facts>();
  for (const element of elements) {
    const parent = element.parentNode as HtmlElement | null;
    const outer = parent ? facts.get(parent) : undefined;
    const inContent = outer?.inContent === true || (parent !== null && isContent(parent));
    facts.set(element, { ...NOTHING, inContent });
  }
  for (const element of elements.toReversed()) {
    const own = facts.get(element);
    if (!own) continue;
    for (const child of element.childNodes) addTo(own, child, facts);
    own.hasHeading ||= /^h[1-6]$/.test(element.tagName);
    own.hasTitle ||= element.tagName === 'h1';
    own.holdsMain ||= isMain(element);
    if (element.tagName !== 'a' || attribute(element, 'href') === undefined) continue;
    own.links = own.text;
    if (attribute(element, 'href')?.startsWith('#')) own.localLinks = own.text;
  }
  return facts;
};

const NOTHING: Facts = {
  text: 0,
  links: 0,
  localLinks: 0,
  hasHeading: false,
  hasTitle: false,
  holdsMain: false,
  inContent: false,
};

const isContent = (element: HtmlElement): boolean =>
  'tagName' in element && (CONTENT.has(element.tagName) || isMain(element));

const addTo = (own: Facts, child: HtmlNode, facts: ReadonlyMap<HtmlNode, Facts>): void => {
  if ('value' in child) own.text += child.value.replace(/[^\p{L}\p{N}]+/gu, '').length;
  const inner = facts.get(child);
  if (!inner) return;
  own.text += inner.text;
  own.links += inner.links;
  own.localLinks += inner.localLinks;
  own.hasHeading ||= inner.hasHeading;
  own.hasTitle ||= inner.hasTitle;
  own.holdsMain ||= inner.holdsMain;
};

interface Scope {
  facts: ReadonlyMap<HtmlNode, Facts>;
  whole: Facts;
  main: Facts | undefined;
}

const positionOf = (element: HtmlElement, scope: Scope): Position | undefined => {
  const own = scope.facts.get(element);
  if (!own || own.text === 0 || own.holdsMain) return undefined;
  const landmark = landmarkOf(element);
  return landmark === undefined ? byName(element, own, scope) : byLandmark(landmark, own, scope);
};

const isMenu = ({ text, links, localLinks }: Facts): boolean => links > text * MENU_LINKS && localLinks * 2 < links;

/** Its heading may be the title of the page. */
const isTitled = (own: Facts, { main }: Scope): boolean => own.hasHeading && !(main?.hasTitle ?? false);

const byLandmark = (landmark: string, own: Facts, scope: Scope): Position | undefined => {
  switch (landmark) {
    case 'navigation':
      return own.links > 0 && own.localLinks * 2 > own.links ? undefined : 'head';
    case 'contentinfo':
      return own.inContent ? undefined : 'foot';
    case 'banner':
      return own.inContent || isTitled(own, scope) ? undefined : 'head';
    case 'complementary':
      return !own.inContent && (scope.main !== undefined || isMenu(own)) ? 'foot' : undefined;
    case 'search':
      return 'head';
    default:
      return undefined;
  }
};

const byName = (element: HtmlElement, own: Facts, scope: Scope): Position | undefined => {
  if (!NAMED_ELEMENTS.has(element.tagName)) return undefined;
  const tokens = tokensOf(element);
  const isNamed = (kind: keyof typeof NAMES) => tokens.some((token) => NAMES[kind].has(token));
  if (element.tagName === 'a') return isNamed('navigation') && own.localLinks > 0 ? 'head' : undefined;
  if (isNamed('navigation')) return isMenu(own) ? 'head' : undefined;
  if (own.text >= scope.whole.text * SMALL_PART) return undefined;
  if (isNamed('notice')) return 'foot';
  if (own.inContent) return undefined;
  if (isNamed('foot')) return 'foot';
  return isNamed('head') && !isTitled(own, scope) ? 'head' : undefined;
};

const LANDMARKS: Readonly<Record<string, string>> = {
  nav: 'navigation',
  footer: 'contentinfo',
  header: 'banner',
  aside: 'complementary',
  search: 'search',
};

/** WAI-ARIA 1.2, 5.3.4: by its role, else by its element. */
const landmarkOf = (element: HtmlElement): string | undefined =>
  attribute(element, 'role')?.trim().toLowerCase() ?? LANDMARKS[element.tagName];

const NAMED_ELEMENTS = new Set(['div', 'section', 'ul', 'ol', 'table', 'td', 'a', 'p', 'span', 'form']);

const NAMES = {
  navigation: new Set(names.navigation),
  head: new Set(names.head),
  foot: new Set(names.foot),
  notice: new Set(names.notice),
};

const tokensOf = (element: HtmlElement): string[] =>
  `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`
    .toLowerCase()
    .replaceAll('_', '-')
    .split(/\s+/);
