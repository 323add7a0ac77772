/** HTML blocks to mdast. */
import type { Code, PhrasingContent, RootContent } from 'mdast';
import type { HtmlElement, HtmlNode } from './dom.ts';
import { attribute, isBlock, isDropped, isElement, rawText } from './dom.ts';
import { readInline } from './inline.ts';
import { readDefinitions, readList } from './lists.ts';
import type { HtmlReading } from './reading.ts';
import { enter } from './reading.ts';
import { readTable } from './table.ts';

/** Blocks of some nodes; loose inline content between blocks becomes paragraphs, as a browser lays it out. */
export const readFlow = (reading: HtmlReading, nodes: readonly HtmlNode[]): RootContent[] => {
  const blocks: RootContent[] = [];
  let line: PhrasingContent[] = [];
  const endLine = () => {
    if (line.length > 0) blocks.push(paragraph(line));
    line = [];
  };
  for (const node of nodes) {
    if (!isElement(node)) {
      if ('value' in node) line.push({ type: 'text', value: node.value });
    } else if (isDropped(node)) {
    } else if (isBlock(node) || reading.around.has(node)) {
      endLine();
      for (const block of enter(
        reading,
        node,
        () => readBlock(reading, node),
        () => [flat(node)],
      ) ?? [])
        blocks.push(block);
    } else line.push(...readInline(reading, node));
  }
  endLine();
  return blocks;
};

/** Something nested too deep, as plain text. */
const flat = (element: HtmlElement): RootContent => paragraph([{ type: 'text', value: rawText(element) }]);

/** A picture alone in its block is a figure. */
const paragraph = (children: PhrasingContent[]): RootContent => {
  const filled = children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  const isFigure = filled.length > 0 && filled.every((child) => child.type === 'image');
  return isFigure
    ? { type: 'paragraph', children, data: { provenance: { blockKind: 'figure' } } }
    : { type: 'paragraph', children };
};

const readBlock = (reading: HtmlReading, element: HtmlElement): RootContent[] => {
  const name = element.tagName;
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
      return readTable(element, (part) => inPart(part) ?? []);
    case 'hr':
      return [{ type: 'thematicBreak' }];
    case 'figcaption':
      return inside().map((block) =>
        block.type === 'paragraph' ? { ...block, data: { provenance: { blockKind: 'caption' as const } } } : block,
      );
    default:
      return attribute(element, 'role') === 'doc-endnotes' ? readNotes(reading, element) : inside();
  }
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
