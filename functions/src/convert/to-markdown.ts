/** The one serialiser: mdast to canonical Markdown, and the blocks that say where in it each piece stands. */
import type { Code, FootnoteDefinition, List, ListItem, PhrasingContent, RootContent } from 'mdast';
import type { Block, BlockKind, PageBreak } from '../contracts/document.ts';
import { isBlank } from './markdown/blank-nodes.ts';
import type { DraftBlock } from './markdown/block-ledger.ts';
import { addPageBreaks, draftBlock, finishBlocks } from './markdown/block-ledger.ts';
import { cleanText, collectRuns, noteLabel, plainText } from './markdown/inline-runs.ts';
import type { ListMarker } from './markdown/list-markers.ts';
import { escapeShown, listMarkers, mayInterrupt, sameMarkers } from './markdown/list-markers.ts';
import { MarkdownWriter } from './markdown/markdown-writer.ts';
import { writeInline } from './markdown/write-inline.ts';
import { writeTable } from './markdown/write-table.ts';
import type { Provenance, SourceTree } from './source-tree.ts';

/**
 * Markdown of a tree, with its block index. Reading the Markdown back (CommonMark with GFM) gives the same structure and text.
 *
 * Lists. A list whose items are all shown as "1." or "1)" (or that is ordered and shows nothing) is an ordered list, with the numbers
 * as shown. Markdown has no other numbering: a list with any other shown number ("(a)", "iv.", "A.", "2.1") is written as a
 * bulleted list whose items begin with that number as text, `- (a) text`: depth and order survive, the number can be read and
 * searched, and it stays outside the item's range, as every marker does. Bullet glyphs are not repeated.
 *
 * White space is collapsed, empty paragraphs are left out, link titles are dropped, images are their alternative text, html is text.
 */
export const toMarkdown = (tree: SourceTree, documentId: string): { markdown: string; blocks: Block[] } => {
  const state: State = { writer: new MarkdownWriter(), drafts: [] };
  writeFlow(state, tree.root.children, { parent: undefined, listDepth: 0 });
  if (state.writer.offset > 0) state.writer.write('\n');
  return {
    markdown: state.writer.toString(),
    blocks: finishBlocks(state.drafts, tree.runningLines, documentId),
  };
};

interface State {
  writer: MarkdownWriter;
  drafts: DraftBlock[];
}

interface Place {
  parent: DraftBlock | undefined;
  /** How many lists this stands in. */
  listDepth: number;
}

/** Sibling blocks with an empty line between them, or only a line end where a tight list allows it. */
const writeFlow = (
  state: State,
  nodes: readonly RootContent[],
  place: Place,
  begin: (node: RootContent | undefined, previous: RootContent | undefined) => 'start' | 'line' | 'blank' = separate,
): void => {
  let previous: RootContent | undefined;
  let alternate = false;
  for (const node of nodes) {
    if (isBlank(node)) continue;
    alternate = node.type === 'list' && previous?.type === 'list' && !alternate && sameMarkers(node, previous);
    const separator = begin(node, previous);
    if (separator === 'blank') state.writer.blankLine();
    if (separator !== 'start') state.writer.newLine();
    writeNode(state, node, place, alternate);
    previous = node;
  }
};

const separate = (_: RootContent | undefined, previous: RootContent | undefined) => (previous ? 'blank' : 'start');

const writeNode = (state: State, node: RootContent, place: Place, alternate: boolean): void => {
  switch (node.type) {
    case 'heading':
      state.writer.write(`${'#'.repeat(node.depth)} `);
      writeLeaf(state, node.children, {
        ...place,
        kind: 'heading',
        depth: node.depth,
        provenance: node.data?.provenance,
      });
      return;
    case 'paragraph':
      writeParagraph(state, node.children, node.data?.provenance, place);
      return;
    case 'html':
      writeParagraph(state, [{ type: 'text', value: node.value }], node.data?.provenance, place);
      return;
    case 'list':
      writeList(state, node, place, alternate);
      return;
    case 'table':
      writeTable(state.writer, node, place.parent, state.drafts);
      return;
    case 'code':
      writeCode(state, node, place);
      return;
    case 'blockquote':
      writeQuote(state, node.children, node.data?.provenance, place);
      return;
    case 'footnoteDefinition':
      writeFootnote(state, node, place);
      return;
    case 'thematicBreak':
      state.writer.write('***');
      return;
    case 'definition':
    case 'yaml':
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
      return;
    default:
      writeParagraph(state, [node], undefined, place);
  }
};

interface Leaf extends Place {
  kind: BlockKind;
  depth?: number | undefined;
  numbering?: string | undefined;
  provenance: Provenance | undefined;
}

/** Inline content as one leaf block; `startsItem`: it may be mistaken for a task's check box. */
const writeLeaf = (state: State, children: readonly PhrasingContent[], leaf: Leaf, startsItem = false): DraftBlock => {
  const { writer } = state;
  const runs = collectRuns(children);
  const draft = draftBlock(leaf, writer.offset);
  const kind = leaf.kind === 'heading' ? 'heading' : startsItem ? 'task' : 'block';
  const breaks: PageBreak[] = [];
  const markdown = writeInline(runs, { kind }, breaks);
  addPageBreaks(
    draft,
    breaks.map((each) => ({ ...each, charStart: writer.prefixed(markdown, each.charStart) })),
  );
  writer.writeLines(markdown);
  draft.charEnd = writer.offset;
  draft.text = plainText(runs);
  state.drafts.push(draft);
  return draft;
};

const writeParagraph = (
  state: State,
  children: readonly PhrasingContent[],
  provenance: Provenance | undefined,
  place: Place,
): void => {
  writeLeaf(state, children, { ...place, kind: provenance?.blockKind ?? 'paragraph', provenance });
};

const writeCode = (state: State, node: Code, place: Place): void => {
  const { writer } = state;
  const value = node.value.replace(/\r\n?/g, '\n');
  const longest = (value.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  writer.write(`${fence}${(node.lang ?? '').replace(/[\s`]/g, '')}`);
  const draft = draftBlock({ kind: 'code', parent: place.parent, provenance: node.data?.provenance }, writer.offset);
  if (value !== '') {
    writer.newLine();
    draft.charStart = writer.offset;
    writer.writeLines(value);
  }
  draft.charEnd = writer.offset;
  draft.text = cleanText(value.replaceAll('\n', ' ')).trim();
  state.drafts.push(draft);
  writer.newLine();
  writer.write(fence);
};

const writeQuote = (
  state: State,
  children: readonly RootContent[],
  provenance: Provenance | undefined,
  place: Place,
): void => {
  const { writer } = state;
  writer.write('> ');
  const draft = draftBlock({ kind: 'quote', parent: place.parent, provenance }, writer.offset);
  state.drafts.push(draft);
  writer.indented('> ', () => writeFlow(state, children, { ...place, parent: draft }));
  draft.charEnd = writer.offset;
};

/** A note is one leaf, its first paragraph; further ones are blocks below it. */
const writeFootnote = (state: State, node: FootnoteDefinition, place: Place): void => {
  const label = noteLabel(node.label ?? node.identifier);
  state.writer.write(`[^${label}]: `);
  const start = {
    kind: 'footnote',
    parent: place.parent,
    provenance: node.data?.provenance,
    numbering: label,
  } as const;
  writeOwnParagraph(state, node.children, { ...place, ...start, provenance: start.provenance }, '    ', separate);
};

/** The first paragraph as the leaf's own text (empty if something else comes first), the rest as blocks below it. */
const writeOwnParagraph = (
  state: State,
  children: readonly RootContent[],
  leaf: Leaf,
  indent: string,
  begin: (node: RootContent | undefined, previous: RootContent | undefined) => 'start' | 'line' | 'blank',
): void => {
  const filled = children.filter((child) => !isBlank(child));
  const [first] = filled;
  const own = first?.type === 'paragraph' ? first : undefined;
  state.writer.indented(indent, () => {
    const provenance = { ...own?.data?.provenance, ...leaf.provenance };
    const draft = writeLeaf(state, own?.children ?? [], { ...leaf, provenance }, leaf.kind === 'list_item');
    const below = { parent: draft, listDepth: leaf.listDepth };
    const afterOwn: typeof begin = (node, previous) => begin(node, previous ?? own);
    writeFlow(state, own ? filled.slice(1) : filled, below, afterOwn);
  });
};

const writeList = (state: State, node: List, place: Place, alternate: boolean): void => {
  const markers = listMarkers(node, alternate);
  const spread = node.spread === true || node.children.some((item) => item.spread === true);
  node.children.forEach((item, index) => {
    if (index > 0) {
      if (spread) state.writer.blankLine();
      state.writer.newLine();
    }
    writeItem(state, item, markers[index] ?? { markdown: '-', shown: '' }, spread, place);
  });
};

const writeItem = (state: State, item: ListItem, marker: ListMarker, spread: boolean, place: Place): void => {
  const task = typeof item.checked === 'boolean' ? `[${item.checked ? 'x' : ' '}] ` : '';
  state.writer.write(`${marker.markdown} ${task}`);
  if (marker.shown) state.writer.write(`${escapeShown(marker.shown)} `);
  const depth = place.listDepth + 1;
  const leaf: Leaf = {
    kind: 'list_item',
    parent: place.parent,
    listDepth: depth,
    depth,
    numbering: marker.numbering,
    provenance: item.data?.provenance,
  };
  const begin = (node: RootContent | undefined, previous: RootContent | undefined) => {
    if (!previous) return marker.shown || task ? 'blank' : 'start';
    return !spread && previous.type === 'paragraph' && node?.type === 'list' && mayInterrupt(node) ? 'line' : 'blank';
  };
  writeOwnParagraph(state, item.children, leaf, ' '.repeat(marker.markdown.length + 1), begin);
};
