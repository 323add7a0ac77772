/** From layout blocks to Markdown's tree, with where each node came from. */
import type { Code, Paragraph, PhrasingContent, Root, RootContent, Table, TableRow } from 'mdast';
import type { Provenance } from '../source-tree.ts';
import { findHeadings } from './headings.ts';
import { joinPieces, type Vocabulary } from './join-lines.ts';
import type { CodeBlock, LayoutBlock, TableBlock, TableCell, TextBlock } from './layout-model.ts';
import { createListBuilder, type ItemPlace } from './lists.ts';
import { isCheckBox, readHeadingNumber } from './markers.ts';
import { matchNotes, noteNumberLength } from './note-references.ts';
import type { OutlineEntry } from './outline.ts';
import { withOutlineHeadings } from './outline-headings.ts';
import { toBoundingBox, unionOf } from './page-model.ts';
import { withTaggedHeadings } from './tags/tagged-headings.ts';
import { type Piece, textOfPieces, toTexts, withoutLetters, withReferences } from './text-pieces.ts';

const DOT_LEADER = /\s*(?:\.{4,}|(?:\.\s){3,}\.?|…{2,})\s*/;

const provenanceOf = (block: LayoutBlock, numbering?: string): Provenance => ({
  pageNumber: block.pageNumber,
  bbox: toBoundingBox(block.box),
  ...(numbering === undefined ? {} : { numbering }),
});

const cellContent = ({ paragraphs, pageBreaks }: TableCell, vocabulary: Vocabulary): PhrasingContent[] =>
  paragraphs.flatMap((lines, paragraph): PhrasingContent[] => {
    const texts = toTexts(
      joinPieces(lines, vocabulary, true).map((text, line) => ({
        text,
        pageNumber: pageBreaks?.find((at) => at.paragraph === paragraph && at.line === line)?.pageNumber,
      })),
    );
    return paragraph === 0 ? texts : [{ type: 'break' }, ...texts];
  });

const toCode = (block: CodeBlock): Code => ({
  type: 'code',
  data: { provenance: provenanceOf(block) },
  value: block.lines.join('\n'),
});

/** The first row of a table is its head: without any text it says that there is none. */
const emptyHead = (columnCount: number): TableRow => ({
  type: 'tableRow',
  children: Array.from({ length: columnCount }, () => ({ type: 'tableCell', children: [] })),
});

const toTable = (block: TableBlock, vocabulary: Vocabulary): Table => ({
  type: 'table',
  data: { provenance: provenanceOf(block) },
  children: [
    ...(block.headerRows === 0 ? [emptyHead(block.columnCount)] : []),
    ...block.rows.map(
      ({ cells, pageNumber = block.pageNumber }): TableRow => ({
        type: 'tableRow',
        data: { provenance: { pageNumber, bbox: toBoundingBox(unionOf(cells.map(({ box }) => box))) } },
        children: cells.map((cell) => ({
          type: 'tableCell',
          data: {
            provenance: {
              pageNumber,
              bbox: toBoundingBox(cell.box),
              ...(cell.rowSpan > 1 ? { rowSpan: cell.rowSpan } : {}),
              ...(cell.columnSpan > 1 ? { columnSpan: cell.columnSpan } : {}),
            },
          },
          children: cellContent(cell, vocabulary),
        })),
      }),
    ),
  ],
});

const isContents = ({ lines }: TextBlock): boolean =>
  DOT_LEADER.test(lines.at(-1)?.text ?? '') || lines.every(({ tag }) => tag?.role === 'contents');

/** An entry of a table of contents, its dots as one sign. */
const contentsEntry = (text: string): string => text.replace(DOT_LEADER, ' … ').trim();

/** "Figure 2. Lamps by district", "Table 4 – Prices". */
const CAPTION = /^(?:Figure|Fig\.|Table|Chart)\s+\d[\d.-]*\s*[.:–—-]\s*\S/;
const MAX_CAPTION_LINES = 3;

const isCaption = ({ lines }: TextBlock, text: string): boolean =>
  lines.length <= MAX_CAPTION_LINES && CAPTION.test(text);

const kindOf = (block: TextBlock, text: string): Pick<Provenance, 'blockKind'> => {
  if (block.lines.every(({ isFormValue }) => isFormValue)) return { blockKind: 'form_field' };
  const role = block.lines[0]?.tag?.role;
  if (role === 'note' || block.isNote) return { blockKind: 'footnote' };
  return role === 'caption' || isCaption(block, text) ? { blockKind: 'caption' } : {};
};

/** Word writes it as the letter o of another font. */
const HOLLOW_BULLET = '◦';

/** The block as a list item: its place, and its text without the mark. An entry of a table of contents is one too. */
const itemOf = (
  block: TextBlock,
  pieces: readonly Piece[],
): { place: ItemPlace; pieces: Piece[]; numbering?: string } | undefined => {
  const { marker, column, box } = block;
  if (isContents(block)) {
    const indent = box.x0 - column.shift;
    const bullet = { text: '•', kind: 'bullet' as const, x0: box.x0, contentX0: box.x0 };
    return {
      place: { marker: bullet, indent, contentIndent: indent },
      pieces: [{ text: contentsEntry(textOfPieces(pieces)) }],
    };
  }
  if (!marker) return undefined;
  const kept = isCheckBox(marker.text);
  const place = { marker, indent: marker.x0 - column.shift, contentIndent: marker.contentX0 - column.shift };
  return kept
    ? { place, pieces: [...pieces] }
    : {
        place,
        pieces: withoutLetters(pieces, marker.text.length),
        numbering: marker.text === 'o' ? HOLLOW_BULLET : marker.text,
      };
};

/** Blocks in reading order to a tree; `vocabulary` tells broken words from hyphenated ones. */
export const toMdast = (
  blocks: readonly LayoutBlock[],
  vocabulary: Vocabulary,
  outline: readonly OutlineEntry[] = [],
): Root => {
  const headings = withTaggedHeadings(withOutlineHeadings(findHeadings(blocks), blocks, outline), blocks);
  const notes = matchNotes(blocks);
  const children: RootContent[] = [];
  const lists = createListBuilder((list) => children.push(list));

  const addText = (block: TextBlock): void => {
    const lines = joinPieces(
      block.lines.map((line) => line.text),
      vocabulary,
    );
    const pieces = block.lines.flatMap((line, index) =>
      withReferences({ text: lines[index] ?? '', pageNumber: line.pageNumber }, notes.byLine.get(line)),
    );
    const text = textOfPieces(pieces);
    const heading = headings.get(block);
    if (heading) {
      lists.end();
      const depth = heading.level as 1 | 2 | 3 | 4 | 5 | 6;
      children.push({
        type: 'heading',
        depth,
        data: { provenance: provenanceOf(block, heading.numbering) },
        children: toTexts(pieces),
      });
      return;
    }
    const label = notes.labels.get(block);
    if (label !== undefined) {
      lists.end();
      const note: Paragraph = {
        type: 'paragraph',
        children: toTexts(withoutLetters(pieces, noteNumberLength(block))),
      };
      const data = { provenance: provenanceOf(block) };
      children.push({ type: 'footnoteDefinition', identifier: label, label, data, children: [note] });
      return;
    }
    const indent = block.box.x0 - block.column.shift;
    const mark = itemOf(block, pieces);
    if (mark) {
      const children = textOfPieces(mark.pieces) === '' ? [] : toTexts(mark.pieces);
      lists.item(mark.place, { type: 'paragraph', children }, provenanceOf(block, mark.numbering));
      return;
    }
    const paragraph: Paragraph = {
      type: 'paragraph',
      data: {
        provenance: {
          ...provenanceOf(block, readHeadingNumber(text)),
          ...kindOf(block, text),
        },
      },
      children: toTexts(pieces),
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
      children.push(block.kind === 'table' ? toTable(block, vocabulary) : toCode(block));
    }
  }
  return { type: 'root', children };
};
