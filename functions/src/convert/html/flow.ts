/** HTML blocks to mdast. */
import type { Code, PhrasingContent, RootContent } from 'mdast';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isBlock, isDropped, isElement, rawText } from './dom.ts';
import { readInline } from './inline.ts';
import { readDefinitions, readList } from './lists.ts';
import type { HtmlReading } from './reading.ts';
import { enter, shownText } from './reading.ts';
import { readTable } from './table.ts';
import { WordLists } from './word-lists.ts';

/** Blocks of some nodes; loose inline content between blocks becomes paragraphs, as a browser lays it out. */
export const readFlow = (reading: HtmlReading, nodes: readonly HtmlNode[]): RootContent[] => {
  const blocks: RootContent[] = [];
  let line: PhrasingContent[] = [];
  const word = new WordLists(blocks);
  const endLine = () => {
    for (const children of splitAtGaps(line)) blocks.push(paragraph(children));
    if (line.some(isFilled)) word.end();
    line = [];
  };
  for (const node of nodes) {
    if (!isElement(node)) {
      if ('value' in node) line.push(...shownText(reading, node.value));
    } else if (isDropped(node) || reading.furniture.has(node)) {
    } else if (isBlock(node) || reading.around.has(node)) {
      endLine();
      const read = enter(
        reading,
        node,
        () => readBlock(reading, node),
        () => [flat(node)],
      );
      if (read) word.add(node, read);
    } else line.push(...readInline(reading, node));
  }
  endLine();
  return blocks;
};

/** An empty line, made of line breaks, stands between paragraphs. */
const splitAtGaps = (line: readonly PhrasingContent[]): PhrasingContent[][] => {
  const parts: PhrasingContent[][] = [[]];
  let breaks: PhrasingContent[] = [];
  for (const node of line) {
    if (node.type === 'break' || (breaks.length > 0 && !isFilled(node))) breaks.push(node);
    else {
      if (breaks.filter(({ type }) => type === 'break').length > 1) parts.push([]);
      else parts.at(-1)?.push(...breaks);
      breaks = [];
      parts.at(-1)?.push(node);
    }
  }
  return parts.filter((part) => part.length > 0);
};

const isFilled = (node: PhrasingContent): boolean => node.type !== 'text' || node.value.trim() !== '';

/** Something nested too deep, as plain text. */
const flat = (element: HtmlElement): RootContent => paragraph([{ type: 'text', value: rawText(element) }]);

/** A picture alone in its block is a figure. */
const paragraph = (children: PhrasingContent[]): RootContent => {
  const filled = children.filter(isFilled);
  const isFigure = filled.length > 0 && filled.every((child) => child.type === 'image');
  return isFigure
    ? { type: 'paragraph', children, data: { provenance: { blockKind: 'figure' } } }
    : { type: 'paragraph', children };
};

const readBlock = (reading: HtmlReading, element: HtmlElement): RootContent[] => {
  const name = element.tagName;
  const label = reading.notes.definitions.get(element);
  if (label !== undefined) return [noteDefinition(label, readFlow(reading, element.childNodes))];
  const items = element.childNodes.filter(isElement);
  if (name === 'ol' && items.length > 0 && items.every((item) => reading.notes.definitions.has(item)))
    return readFlow(reading, items);
  const inside = () => readFlow(reading, element.childNodes);
  const inPart = (part: HtmlElement) =>
    enter(
      reading,
      part,
      () => readFlow(reading, part.childNodes),
      () => [flat(part)],
    );
  switch (name) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return readHeading(inside(), Number(name[1]) as 1);
    case 'ul':
    case 'ol':
    case 'menu':
    case 'dir':
      return readList(element, (nodes) => readFlow(reading, nodes), inPart);
    case 'dl':
      return readDefinitions(element, inPart);
    case 'pre':
    case 'listing':
    case 'xmp':
    case 'plaintext':
      return [readCode(element)];
    case 'blockquote':
      return [{ type: 'blockquote', children: inside() as [] }];
    case 'table':
      return readTable(reading, element, (part) => inPart(part) ?? []);
    case 'hr':
      return [{ type: 'thematicBreak' }];
    case 'figcaption':
      return inside().map((block) =>
        block.type === 'paragraph' ? { ...block, data: { provenance: { blockKind: 'caption' as const } } } : block,
      );
    default: {
      const level = headingLevel(element);
      if (level !== undefined) return readHeading(inside(), level);
      return attribute(element, 'role') === 'doc-endnotes' ? readNotes(reading, element) : inside();
    }
  }
};

/** Of an element that is a heading by its role (WAI-ARIA 1.2, 5.4), or the title of a page that Word made. */
const headingLevel = (element: HtmlElement): 1 | 2 | 3 | 4 | 5 | 6 | undefined => {
  if (element.tagName === 'p' && attribute(element, 'class') === 'MsoTitle') return 1;
  if (attribute(element, 'role') !== 'heading') return undefined;
  const level = Number.parseInt(attribute(element, 'aria-level') ?? '2', 10);
  return level >= 1 ? (Math.min(6, level) as 1) : 2;
};

/** A heading is one line; what cannot be part of it follows. */
const readHeading = (blocks: RootContent[], depth: 1 | 2 | 3 | 4 | 5 | 6): RootContent[] => {
  const [first, ...rest] = blocks;
  if (first?.type !== 'paragraph') return blocks;
  const children = [...first.children];
  while (rest[0]?.type === 'paragraph') {
    children.push({ type: 'text', value: ' ' }, ...rest[0].children);
    rest.shift();
  }
  return [{ type: 'heading', depth, children }, ...rest];
};

const readCode = (element: HtmlElement): Code => {
  const code = element.childNodes.find((node) => isElement(node) && node.tagName === 'code');
  const classes = [element, code]
    .map((part) => (part && isElement(part) ? (attribute(part, 'class') ?? '') : ''))
    .join(' ');
  const language = /(?:language-|lang-|sourceCode\s+)([\w+#-]+)/.exec(classes)?.[1];
  const value = rawText(element).replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  return language ? { type: 'code', lang: language, value } : { type: 'code', value };
};

const noteDefinition = (label: string, children: RootContent[]): RootContent => ({
  type: 'footnoteDefinition',
  identifier: label,
  label,
  children: children as [],
});

/** Notes that the page marks as such; their ids were found before. */
const readNotes = (reading: HtmlReading, element: HtmlElement): RootContent[] => {
  const lists = element.childNodes.filter(isElement);
  return lists.flatMap((list): RootContent[] => {
    if (list.tagName !== 'ol') return list.tagName === 'hr' ? [] : readFlow(reading, [list]);
    return list.childNodes.filter(isElement).map((item) => ({
      type: 'footnoteDefinition',
      identifier: attribute(item, 'id') ?? '',
      children: readFlow(reading, item.childNodes) as [],
    }));
  });
};
