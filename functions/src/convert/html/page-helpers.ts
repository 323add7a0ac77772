/** What a page says only to those who listen to it or go through it by keys: links that skip to its content, texts that are not seen. */
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute } from './dom.ts';
import names from './furniture-names.json' with { type: 'json' };
import { isClipped } from './visibility.ts';

const UNSEEN_NAMES: ReadonlySet<string> = new Set(names.unseen);
/** More links into the page are its table of contents. */
const MOST_SKIP_LINKS = 3;

interface PageElements {
  /** Of the whole page, in order. */
  elements: readonly HtmlElement[];
  /** The one among them that holds the content, if one says so. */
  main: HtmlElement | undefined;
  /** How many letters and digits an element holds. */
  letters: (element: HtmlNode) => number;
}

export const findHelpers = (page: PageElements): ReadonlySet<HtmlElement> => {
  const titles = page.elements.filter(({ tagName }) => tagName === 'h1').length;
  const isOnlyTitle = ({ tagName }: HtmlElement) => tagName === 'h1' && titles === 1;
  const unseen = page.elements.filter(
    (element) => isUnseen(element) && !isOnlyTitle(element) && !isNameOfPicture(element, page.letters),
  );
  return new Set([...unseen, ...findSkipLinks(page)]);
};

const isUnseen = (element: HtmlElement): boolean => {
  const classes = attribute(element, 'class')?.toLowerCase().replaceAll('_', '-').split(/\s+/) ?? [];
  return classes.some((name) => UNSEEN_NAMES.has(name)) || isClipped(element);
};

const MAY_HOLD_PICTURE = new Set(['a', 'span', 'td', 'th', 'li', 'dt', 'dd', 'label', 'abbr', 'i']);

/** All the text that there is beside a picture or a sign says what it shows. */
const isNameOfPicture = (element: HtmlElement, letters: PageElements['letters']): boolean => {
  const parent = element.parentNode;
  if (!parent || !('tagName' in parent) || !MAY_HOLD_PICTURE.has(parent.tagName)) return false;
  return letters(parent) === letters(element);
};

/** A few links into the page before its main content; where none is marked, the first thing that the page says. */
const findSkipLinks = ({ elements, main }: PageElements): HtmlElement[] => {
  const found: HtmlElement[] = [];
  const passed = new Set<HtmlNode>();
  const parts = new Set(
    elements.filter(({ tagName }) => PART_HEADING.test(tagName)).map((part) => attribute(part, 'id')),
  );
  for (const element of elements) {
    if (element === main || found.length > MOST_SKIP_LINKS) break;
    if (passed.has(element.parentNode as HtmlNode) || TAKES_LINKS.test(element.tagName)) passed.add(element);
    else if (isSkipLink(element) && !parts.has(attribute(element, 'href')?.slice(1))) {
      found.push(element);
      passed.add(element);
      continue;
    }
    const isInFound = found.includes(element.parentNode as HtmlElement);
    if (main === undefined && !isInFound && saysSomething(element)) break;
  }
  return found.length > MOST_SKIP_LINKS ? [] : found;
};

/** Links in them are a table of contents, a menu, or a part of the text. */
const TAKES_LINKS = /^(?:[uod]l|menu|table|nav|h[1-6])$/;

/** A link to one of them is an entry in a table of contents. */
const PART_HEADING = /^h[2-6]$/;

/** It stands alone, not in a sentence. */
const isSkipLink = (element: HtmlElement): boolean =>
  element.tagName === 'a' &&
  /^#./.test(attribute(element, 'href') ?? '') &&
  !saysSomething(element.parentNode as HtmlElement);

const saysSomething = ({ childNodes }: HtmlElement): boolean =>
  childNodes.some((node) => 'value' in node && node.value.trim() !== '');
