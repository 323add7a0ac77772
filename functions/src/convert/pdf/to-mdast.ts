/** From layout blocks to Markdown's tree, with where each node came from. */
import type { Paragraph, PhrasingContent, Root, RootContent, Table } from 'mdast';
import type { Provenance } from '../source-tree.ts';
import { findHeadings } from './headings.ts';
import { joinPieces, type Vocabulary } from './join-lines.ts';
import type { LayoutBlock, TableBlock, TableCell, TextBlock } from './layout-model.ts';
import { createListBuilder, type ItemPlace } from './lists.ts';
import { readHeadingNumber } from './markers.ts';
import { toBoundingBox, unionOf } from './page-model.ts';

const DOT_LEADER = /\s*(?:\.{4,}|(?:\.\s){3,}\.?|…{2,})\s*/;

interface Piece {
  text: string;
  /** Set where a further page begins. */
  pageNumber?: number | undefined;
}

/** One text node for what stands on one page. */
const toTexts = (pieces: readonly Piece[]): PhrasingContent[] => {
  const nodes: (Piece & { parts: string[] })[] = [];
  for (const piece of pieces) {
    const last = nodes.at(-1);
    if (last && piece.pageNumber === undefined) last.parts.push(piece.text);
    else nodes.push({ ...piece, parts: [piece.text] });
  }
  return nodes.map(({ parts, pageNumber }) => ({
    type: 'text',
    value: parts.join(''),
    ...(pageNumber === undefined ? {} : { data: { provenance: { pageNumber } } }),
  }));
};

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

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

const toTable = (block: TableBlock, vocabulary: Vocabulary): Table => ({
  type: 'table',
  data: { provenance: provenanceOf(block) },
  children: block.rows.map(({ cells, pageNumber = block.pageNumber }) => ({
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

const kindOf = (block: TextBlock, text: string): Pick<Provenance, 'blockKind'> => {
  if (block.lines.every(({ isFormValue }) => isFormValue)) return { blockKind: 'form_field' };
  return isCaption(block, text) ? { blockKind: 'caption' } : {};
};

/** The pieces without the first `count` letters, and the white space after them. */
const without = (pieces: readonly Piece[], count: number): Piece[] => {
  let left = count;
  let isStart = true;
  return pieces.map((piece) => {
    const cut = Math.min(left, piece.text.length);
    left -= cut;
    const rest = piece.text.slice(cut);
    const text = isStart ? rest.trimStart() : rest;
    if (text !== '') isStart = false;
    return { ...piece, text };
  });
};

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
      pieces: [{ text: contentsEntry(textOf(pieces)) }],
    };
  }
  if (!marker) return undefined;
  const place = { marker, indent: marker.x0 - column.shift, contentIndent: marker.contentX0 - column.shift };
  return { place, pieces: without(pieces, marker.text.length), numbering: marker.text };
};

/** Blocks in reading order to a tree; `vocabulary` tells broken words from hyphenated ones. */
export const toMdast = (blocks: readonly LayoutBlock[], vocabulary: Vocabulary): Root => {
  const headings = findHeadings(blocks);
  const children: RootContent[] = [];
  const lists = createListBuilder((list) => children.push(list));

  const addText = (block: TextBlock): void => {
    const lines = joinPieces(
      block.lines.map((line) => line.text),
      vocabulary,
    );
    const pieces = lines.map((line, index): Piece => ({ text: line, pageNumber: block.lines[index]?.pageNumber }));
    const text = textOf(pieces);
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
    const indent = block.box.x0 - block.column.shift;
    const mark = itemOf(block, pieces);
    if (mark) {
      const children = textOf(mark.pieces) === '' ? [] : toTexts(mark.pieces);
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
      children.push(toTable(block, vocabulary));
    }
  }
  return { type: 'root', children };
};
