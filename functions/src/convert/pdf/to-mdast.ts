/** From layout blocks to Markdown's tree, with where each node came from. */
import type { Paragraph, PhrasingContent, Root, RootContent, Table } from 'mdast';
import type { Provenance } from '../source-tree.ts';
import { findHeadings } from './headings.ts';
import { joinCellLines, joinLines, type Vocabulary } from './join-lines.ts';
import type { LayoutBlock, TableBlock, TableCell, TextBlock } from './layout-model.ts';
import { createListBuilder, type ItemPlace } from './lists.ts';
import { readHeadingNumber } from './markers.ts';
import { toBoundingBox } from './page-model.ts';

const DOT_LEADER = /\s*(?:\.{4,}|(?:\.\s){3,}\.?|…{2,})\s*/;

const toText = (value: string): PhrasingContent => ({ type: 'text', value });

const provenanceOf = (block: LayoutBlock, numbering?: string): Provenance => ({
  pageNumber: block.pageNumber,
  bbox: toBoundingBox(block.box),
  ...(numbering === undefined ? {} : { numbering }),
});

const cellContent = ({ paragraphs }: TableCell, vocabulary: Vocabulary): PhrasingContent[] =>
  paragraphs.flatMap((lines, index): PhrasingContent[] => {
    const text = toText(joinCellLines(lines, vocabulary));
    return index === 0 ? [text] : [{ type: 'break' }, text];
  });

const toTable = (block: TableBlock, vocabulary: Vocabulary): Table => ({
  type: 'table',
  data: { provenance: provenanceOf(block) },
  children: block.rows.map(({ cells }) => ({
    type: 'tableRow',
    children: cells.map((cell) => ({
      type: 'tableCell',
      data: {
        provenance: {
          pageNumber: block.pageNumber,
          bbox: toBoundingBox(cell.box),
          ...(cell.rowSpan > 1 ? { rowSpan: cell.rowSpan } : {}),
          ...(cell.columnSpan > 1 ? { columnSpan: cell.columnSpan } : {}),
        },
      },
      children: cellContent(cell, vocabulary),
    })),
  })),
});

const isContents = ({ lines }: TextBlock): boolean => DOT_LEADER.test(lines.at(-1)?.text ?? '');

/** An entry of a table of contents, its dots as one sign. */
const contentsEntry = (text: string): string => text.replace(DOT_LEADER, ' … ').trim();

/** "Figure 2. Lamps by district", "Table 4 – Prices". */
const CAPTION = /^(?:Figure|Fig\.|Table|Chart)\s+\d[\d.-]*\s*[.:–—-]\s*\S/;
const MAX_CAPTION_LINES = 3;

const isCaption = ({ lines }: TextBlock, text: string): boolean =>
  lines.length <= MAX_CAPTION_LINES && CAPTION.test(text);

/** The block as a list item: its place, and its text without the mark. An entry of a table of contents is one too. */
const itemOf = (block: TextBlock, text: string): { place: ItemPlace; text: string; numbering?: string } | undefined => {
  const { marker, column, box } = block;
  if (isContents(block)) {
    const indent = box.x0 - column.shift;
    const bullet = { text: '•', kind: 'bullet' as const, x0: box.x0, contentX0: box.x0 };
    return { place: { marker: bullet, indent, contentIndent: indent }, text: contentsEntry(text) };
  }
  if (!marker) return undefined;
  const place = { marker, indent: marker.x0 - column.shift, contentIndent: marker.contentX0 - column.shift };
  return { place, text: text.slice(marker.text.length).trimStart(), numbering: marker.text };
};

/** Blocks in reading order to a tree; `vocabulary` tells broken words from hyphenated ones. */
export const toMdast = (blocks: readonly LayoutBlock[], vocabulary: Vocabulary): Root => {
  const headings = findHeadings(blocks);
  const children: RootContent[] = [];
  const lists = createListBuilder((list) => children.push(list));

  const addText = (block: TextBlock): void => {
    const text = joinLines(
      block.lines.map((line) => line.text),
      vocabulary,
    );
    const heading = headings.get(block);
    if (heading) {
      lists.end();
      const depth = heading.level as 1 | 2 | 3 | 4 | 5 | 6;
      children.push({
        type: 'heading',
        depth,
        data: { provenance: provenanceOf(block, heading.numbering) },
        children: [toText(text)],
      });
      return;
    }
    const indent = block.box.x0 - block.column.shift;
    const mark = itemOf(block, text);
    if (mark) {
      const children = mark.text === '' ? [] : [toText(mark.text)];
      lists.item(mark.place, { type: 'paragraph', children }, provenanceOf(block, mark.numbering));
      return;
    }
    const paragraph: Paragraph = {
      type: 'paragraph',
      data: {
        provenance: {
          ...provenanceOf(block, readHeadingNumber(text)),
          ...(isCaption(block, text) ? { blockKind: 'caption' } : {}),
        },
      },
      children: [toText(text)],
    };
    if (!lists.continuation(indent, paragraph)) {
      lists.end();
      children.push(paragraph);
    }
  };

  for (const block of blocks) {
    if (block.kind === 'text') addText(block);
    else {
      lists.end();
      children.push(toTable(block, vocabulary));
    }
  }
  return { type: 'root', children };
};
