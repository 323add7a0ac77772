/** Blocks of Markdown that is kept to the letter: ranges come from the positions its parser reports. */
import type {
  Code,
  Heading,
  List,
  ListItem,
  Nodes,
  Paragraph,
  Parent,
  PhrasingContent,
  RootContent,
  Table,
  TableCell,
} from 'mdast';
import type { Block, BlockKind } from '../../contracts/document.ts';
import type { DraftBlock } from './block-ledger.ts';
import { draftBlock, finishBlocks } from './block-ledger.ts';
import { HtmlBlockReader } from './html-blocks.ts';
import { cleanText, collectRuns, plainText } from './inline-runs.ts';
import type { MarkdownNode } from './parse-markdown.ts';

/** Deeper than any real document; what is below is kept as one piece. */
const MAX_DEPTH = 100;

/**
 * Every character that is neither white space nor markup lies in exactly one leaf. Markup is: marks of headings, lists, tables, fences
 * and quotations, link definitions, HTML tags, comments and scripts.
 */
export const readMarkdownBlocks = (
  nodes: Iterable<MarkdownNode>,
  markdown: string,
): ((documentId: string) => Block[]) => {
  const reader: Reader = { markdown, drafts: [] };
  const html = new HtmlBlockReader(reader.drafts, undefined);
  let table: DraftBlock | undefined;
  for (const { node, continuesTable } of nodes) {
    if (continuesTable && table && node.type === 'table') {
      table.charEnd = endOf(node);
      readRows(reader, node, table, 1);
    } else if (node.type === 'html') readHtml(reader, html, node);
    else table = readNode(reader, node, { parent: undefined, listDepth: 0, depth: 0 }) ?? table;
  }
  return (documentId) => finishBlocks(reader.drafts, [], documentId);
};

const readHtml = (reader: Reader, html: HtmlBlockReader, node: RootContent): void =>
  html.read(reader.markdown.slice(startOf(node), endOf(node)), startOf(node));

interface Reader {
  markdown: string;
  drafts: DraftBlock[];
}

interface Place {
  parent: DraftBlock | undefined;
  listDepth: number;
  /** How many containers this stands in. */
  depth: number;
}

const startOf = (node: Nodes | undefined): number => node?.position?.start.offset ?? 0;
const endOf = (node: Nodes | undefined): number => node?.position?.end.offset ?? 0;

const readFlow = (reader: Reader, nodes: readonly RootContent[], place: Place): void => {
  const html = new HtmlBlockReader(reader.drafts, place.parent);
  for (const node of nodes) {
    if (node.type === 'html') readHtml(reader, html, node);
    else readNode(reader, node, place);
  }
};

/** Gives the block of a table, to which further rows may be added. */
const readNode = (reader: Reader, node: RootContent, place: Place): DraftBlock | undefined => {
  if (place.depth > MAX_DEPTH) {
    addLeaf(reader, 'paragraph', place.parent, startOf(node), endOf(node)).text = flatText(node);
    return undefined;
  }
  switch (node.type) {
    case 'heading':
      readInline(reader, node, { kind: 'heading', parent: place.parent, depth: node.depth });
      return undefined;
    case 'paragraph':
      readInline(reader, node, { kind: 'paragraph', parent: place.parent });
      return undefined;
    case 'blockquote': {
      const quote = addLeaf(reader, 'quote', place.parent, startOf(node), endOf(node));
      readFlow(reader, node.children, { ...place, parent: quote, depth: place.depth + 1 });
      return undefined;
    }
    case 'list':
      for (const item of node.children) readItem(reader, item, node, place);
      return undefined;
    case 'table':
      return readTable(reader, node, place.parent);
    case 'code':
      readCode(reader, node, place.parent);
      return undefined;
    case 'footnoteDefinition': {
      const label = node.label ?? node.identifier;
      readOwn(reader, node, { kind: 'footnote', parent: place.parent, numbering: label }, place);
      return undefined;
    }
    case 'thematicBreak':
    case 'definition':
      return undefined;
    default:
      addLeaf(reader, 'paragraph', place.parent, startOf(node), endOf(node)).text = flatText(node);
      return undefined;
  }
};

const addLeaf = (
  reader: Reader,
  kind: BlockKind,
  parent: DraftBlock | undefined,
  charStart: number,
  charEnd: number,
): DraftBlock => {
  const draft = draftBlock({ kind, parent }, charStart);
  draft.charEnd = charEnd;
  reader.drafts.push(draft);
  return draft;
};

interface LeafStart {
  kind: BlockKind;
  parent: DraftBlock | undefined;
  depth?: number;
  numbering?: string;
  isHeader?: boolean;
}

/** A leaf over a node's children, from the first to the last; where there are none, an empty one at `fallback`. */
const readInline = (
  reader: Reader,
  node: Heading | Paragraph | TableCell | undefined,
  start: LeafStart,
  fallback = 0,
): DraftBlock | undefined => {
  const first = node?.children[0];
  if (!first && start.kind === 'heading') return undefined;
  const [from, to] = node && first ? contentRange(reader, node) : [fallback, fallback];
  const draft = draftBlock(start, from);
  draft.charEnd = to;
  draft.text = plainText(collectRuns(withoutTags(node?.children ?? [])));
  reader.drafts.push(draft);
  return draft;
};

/**
 * From the first child to the last. Addresses that the parser links after it has read the text have no position; then the marks
 * around the content are taken off the node's own source.
 */
const contentRange = (reader: Reader, node: Heading | Paragraph | TableCell): [number, number] => {
  const first = node.children[0]?.position;
  const last = node.children.at(-1)?.position;
  const source = reader.markdown.slice(startOf(node), endOf(node));
  const before = node.type === 'heading' ? /^#{1,6}[ \t]*/ : node.type === 'tableCell' ? /^\|?\s*/ : /^\s*/;
  const after = node.type === 'heading' ? HEADING_END : node.type === 'tableCell' ? /\s*(?:(?<!\\)\|)?\s*$/ : /\s*$/;
  const from = first?.start.offset ?? startOf(node) + (before.exec(source)?.[0].length ?? 0);
  return [from, last?.end.offset ?? startOf(node) + (after.exec(source)?.index ?? source.length)];
};

/** Closing marks, or the line under a heading. */
const HEADING_END = /[ \t]*(?:(?:\r\n?|\n)[ \t>]*(?:=+|-+)|[ \t]#+)?[ \t]*$/;

/** HTML tags in a line are marks, not text; `<br>` is a break. */
const withoutTags = (children: readonly PhrasingContent[]): PhrasingContent[] =>
  children.flatMap((child): PhrasingContent[] => {
    if (child.type === 'html') return /^<br\b/i.test(child.value) ? [{ type: 'break' }] : [];
    if ('children' in child) return [{ ...child, children: withoutTags(child.children) } as PhrasingContent];
    return [child];
  });

const readItem = (reader: Reader, item: ListItem, list: List, place: Place): void => {
  const marker = /^(?:[-+*]|\d{1,9}[.)])/.exec(reader.markdown.slice(startOf(item), startOf(item) + 11))?.[0] ?? '';
  const start = { kind: 'list_item', parent: place.parent, depth: place.listDepth + 1 } as const;
  const numbering = list.ordered ? { numbering: marker } : {};
  readOwn(reader, item, { ...start, ...numbering }, { ...place, listDepth: place.listDepth + 1 }, marker.length);
};

/** The first paragraph is the leaf itself, what follows stands below it. */
const readOwn = (
  reader: Reader,
  node: Parent & { children: RootContent[] },
  start: LeafStart,
  place: Place,
  markerLength = 0,
): void => {
  const [first] = node.children;
  const own = first?.type === 'paragraph' ? first : undefined;
  const draft = readInline(reader, own, start, startOf(node as Nodes) + markerLength);
  readFlow(reader, own ? node.children.slice(1) : node.children, { ...place, parent: draft, depth: place.depth + 1 });
};

const readTable = (reader: Reader, node: Table, parent: DraftBlock | undefined): DraftBlock => {
  const table = addLeaf(reader, 'table', parent, startOf(node), endOf(node));
  readRows(reader, node, table, 0);
  return table;
};

const readRows = (reader: Reader, node: Table, table: DraftBlock, from: number): void => {
  node.children.forEach((rowNode, index) => {
    if (index < from) return;
    const row = addLeaf(reader, 'table_row', table, startOf(rowNode), endOf(rowNode));
    for (const cell of rowNode.children) {
      const start = { kind: 'table_cell', parent: row, isHeader: index === 0 } as const;
      readInline(reader, cell, start, Math.min(startOf(cell) + 1, endOf(cell)));
    }
  });
};

/** The lines between the fences; of indented code, all of it. */
const readCode = (reader: Reader, node: Code, parent: DraftBlock | undefined): void => {
  const source = reader.markdown.slice(startOf(node), endOf(node));
  const fence = /^(`{3,}|~{3,})[^\n\r]*(?:\r\n?|\n|$)/.exec(source);
  const end =
    fence && new RegExp(`(?:\\r\\n?|\\n)[ \\t>]*${fence[1]}[\`~]*[ \\t]*$`).exec(source.slice(fence[0].length - 1));
  const from = fence?.[0].length ?? 0;
  const to = Math.max(from, fence && end ? fence[0].length - 1 + end.index : source.length);
  const draft = addLeaf(reader, 'code', parent, startOf(node) + from, startOf(node) + to);
  draft.text = cleanText(node.value.replace(/[\r\n]/g, ' ')).trim();
};

/** Text of a node however deep it goes, without recursion. */
const flatText = (node: Nodes): string => {
  const parts: string[] = [];
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('value' in next && next.type !== 'html') parts.push(next.value);
    if ('children' in next) for (const child of next.children.toReversed()) waiting.push(child);
  }
  return cleanText(parts.join(' ')).trim();
};
