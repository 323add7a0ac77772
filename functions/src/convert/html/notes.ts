/** Footnotes of pages that do not mark them as such: a short link to a note, and in the note a link back. */
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isElement, rawText } from './dom.ts';

export interface Notes {
  /** Links to notes, with the note's label. */
  references: ReadonlyMap<HtmlNode, string>;
  /** Elements that are notes, with the same label. */
  definitions: ReadonlyMap<HtmlNode, string>;
  backLinks: ReadonlySet<HtmlNode>;
}

/** "1", "[12]", "(a)", "iv", "*". */
const REFERENCE = /^[[(]?(\d{1,3}|[a-z]|[ivxl]{1,6}|[*†‡§¶]{1,3})[\])]?$/i;
/** From a link or a place to the paragraph or item it stands in. */
const FURTHEST_BLOCK = 8;
/** From a link to the element around it that has the name which the note leads back to. */
const FURTHEST_NAME = 2;

interface LocalLink {
  link: HtmlElement;
  /** The id or name that it leads to. */
  target: string;
}

export const findNotes = (elements: readonly HtmlElement[]): Notes => {
  const { places, links } = survey(elements);
  const inNote = linksByNote(links);
  const references = new Map<HtmlNode, string>();
  const definitions = new Map<HtmlNode, string>();
  const backLinks = new Set<HtmlNode>();
  const labels = new Set<string>();
  for (const { link, target } of links) {
    const place = places.get(target);
    const note = place && noteAround(place);
    const label = REFERENCE.exec(rawText(link).trim())?.[1];
    if (!note || label === undefined || note === noteAround(link)) continue;
    const names = new Set(namesAround(link));
    const returning = inNote.get(note)?.filter((each) => names.has(each.target)) ?? [];
    const known = definitions.get(note);
    if (returning.length === 0 || (known === undefined && labels.has(label))) continue;
    labels.add(label);
    definitions.set(note, known ?? label);
    references.set(link, known ?? label);
    for (const each of returning) backLinks.add(each.link);
  }
  dropMixedLists(definitions, references);
  return { references, definitions, backLinks };
};

const survey = (elements: readonly HtmlElement[]) => {
  const places = new Map<string, HtmlElement>();
  const links: LocalLink[] = [];
  for (const element of elements) {
    for (const name of namesOf(element)) if (!places.has(name)) places.set(name, element);
    const target = element.tagName === 'a' ? /^#(.+)$/.exec(attribute(element, 'href') ?? '')?.[1] : undefined;
    if (target !== undefined) links.push({ link: element, target });
  }
  return { places, links };
};

/** A note leads back to a few places at most; more links in one paragraph are an index. */
const MOST_WAYS_BACK = 8;

const linksByNote = (links: readonly LocalLink[]): Map<HtmlNode, LocalLink[]> => {
  const byNote = new Map<HtmlNode, LocalLink[]>();
  for (const each of links) {
    const note = noteAround(each.link);
    if (!note) continue;
    const known = byNote.get(note) ?? [];
    if (known.length < MOST_WAYS_BACK) known.push(each);
    byNote.set(note, known);
  }
  return byNote;
};

const namesOf = (element: HtmlElement): string[] =>
  [attribute(element, 'id'), element.tagName === 'a' ? attribute(element, 'name') : undefined].filter(
    (name) => name !== undefined,
  );

const parentOf = (element: HtmlElement): HtmlElement | undefined => {
  const parent = element.parentNode;
  return parent && 'tagName' in parent ? parent : undefined;
};

const namesAround = (link: HtmlElement): string[] => {
  const names: string[] = link.childNodes.filter(isElement).flatMap(namesOf);
  let element: HtmlElement | undefined = link;
  for (let step = 0; element && step <= FURTHEST_NAME; step++) {
    names.push(...namesOf(element));
    element = parentOf(element);
  }
  return names;
};

/** The item, or the paragraph; in pages of Word what it marks as the note. */
const noteAround = (element: HtmlElement): HtmlElement | undefined => {
  let paragraph: HtmlElement | undefined;
  let at: HtmlElement | undefined = element;
  for (let step = 0; at && step < FURTHEST_BLOCK; step++) {
    if (at.tagName === 'li' || /mso-element\s*:\s*(?:foot|end)note(?!-)/i.test(attribute(at, 'style') ?? '')) return at;
    if (/^(?:p|aside)$/.test(at.tagName)) paragraph ??= at;
    if (/^(?:td|th|h[1-6]|body|table)$/.test(at.tagName)) break;
    at = parentOf(at);
  }
  return paragraph;
};

/** A list is one of notes or one of items, never both. */
const dropMixedLists = (definitions: Map<HtmlNode, string>, references: Map<HtmlNode, string>): void => {
  const lists = new Set([...definitions.keys()].flatMap((note) => (isItem(note) ? (parentOf(note) ?? []) : [])));
  const dropped = new Set<string>();
  for (const list of lists) {
    const items = list.childNodes.filter(isItem);
    if (items.every((item) => definitions.has(item))) continue;
    for (const item of items) {
      dropped.add(definitions.get(item) ?? '');
      definitions.delete(item);
    }
  }
  for (const [link, label] of references) if (dropped.has(label)) references.delete(link);
};

const isItem = (node: HtmlNode): node is HtmlElement => isElement(node) && node.tagName === 'li';
