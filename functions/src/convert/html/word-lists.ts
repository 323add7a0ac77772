/** Lists in pages that Word made: paragraphs that say in their style which list they are an item of, with the marker as text. */
import type { PhrasingContent, RootContent } from 'mdast';
import { ListBuilder } from '../list-builder.ts';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isElement, rawText } from './dom.ts';

const LIST = /mso-list\s*:\s*(l\d+)\s+level(\d)/i;
const IGNORED = /mso-list\s*:\s*ignore/i;
const CONTENTS = /\bMsoToc([1-9])\b/;
/** Word's bullets as the letters of Symbol, Courier New and Wingdings that draw them. */
const BULLET = /^[·o§§Øüvq•◦▪–-]$/u;

/** Takes over the blocks of a flow, one element after the other. */
export class WordLists {
  readonly #blocks: RootContent[];
  readonly #lists: ListBuilder;

  constructor(blocks: RootContent[]) {
    this.#blocks = blocks;
    this.#lists = new ListBuilder(blocks);
  }

  /** To be called where other content comes between. */
  end(): void {
    this.#lists.end();
  }

  /** `read`: what the element holds. */
  add(element: HtmlElement, read: readonly RootContent[]): void {
    const [content] = read;
    const item = element.tagName === 'p' && content?.type === 'paragraph' ? itemOf(element) : undefined;
    if (!item || content?.type !== 'paragraph') {
      if (read.length > 0) this.end();
      for (const block of read) this.#blocks.push(block);
      return;
    }
    const children = withoutMarker(content.children, item.marker);
    const isBullet = item.marker === '' || BULLET.test(item.marker);
    const numbering = isBullet ? '' : item.marker;
    const { level, listId } = item;
    this.#lists.add({ numbering, isBullet, level, listId, indentLeft: undefined, content: { ...content, children } });
  }
}

interface WordItem {
  marker: string;
  level: number;
  listId: string;
}

const itemOf = (element: HtmlElement): WordItem | undefined => {
  const contents = CONTENTS.exec(attribute(element, 'class') ?? '')?.[1];
  if (contents !== undefined) return { marker: '', level: Number(contents), listId: 'contents' };
  const [, listId, level] = LIST.exec(attribute(element, 'style') ?? '') ?? [];
  if (listId === undefined) return undefined;
  const marker = markerIn(element);
  return marker === undefined ? undefined : { marker, level: Number(level), listId };
};

const DEEPEST_MARKER = 6;

const markerIn = (element: HtmlElement): string | undefined => {
  let level: HtmlNode[] = element.childNodes;
  for (let depth = 0; depth < DEEPEST_MARKER; depth++) {
    const elements = level.filter(isElement);
    const marker = elements.find((inner) => IGNORED.test(attribute(inner, 'style') ?? ''));
    if (marker)
      return rawText(marker)
        .replace(/[\s\u00a0]+/g, ' ')
        .trim();
    level = elements.flatMap(({ childNodes }) => childNodes);
  }
  return undefined;
};

/** The marker comes first in the text, whatever marks it stands in. */
const withoutMarker = (children: readonly PhrasingContent[], marker: string): PhrasingContent[] => {
  let left = marker.replace(/\s+/g, '');
  const strip = (nodes: readonly PhrasingContent[]): PhrasingContent[] =>
    nodes.map((node) => {
      if (left === '') return node;
      if ('children' in node) return { ...node, children: strip(node.children) } as PhrasingContent;
      if (node.type !== 'text') return node;
      let at = 0;
      while (at < node.value.length && left !== '') {
        const character = node.value[at] ?? '';
        if (character === left[0]) left = left.slice(1);
        else if (!/[\s\u00a0]/.test(character)) return { ...node, value: node.value.slice(at) };
        at += 1;
      }
      return { ...node, value: node.value.slice(at) };
    });
  return strip(children);
};
