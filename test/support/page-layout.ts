/** Puts content blocks on letter-size pages: which line stands where. Draws nothing. */
import {
  type ContentBlock,
  flattenItems,
  joinSentences,
  numbered,
  type Sentence,
  type TableBlock,
} from './content-blocks.ts';

export type Face = 'regular' | 'bold';
/** Width of `text` in points. */
export type Measure = (text: string, face: Face, sizePt: number) => number;

export interface PlacedText {
  pageNumber: number;
  x: number;
  y: number;
  text: string;
  face: Face;
  sizePt: number;
  /** Level and title of a heading's first line, for the bookmarks. */
  bookmark?: { level: number; title: string };
}

/** A rule, or with `shade` a filled box, from (x, y). */
export interface PlacedBox {
  pageNumber: number;
  x: number;
  y: number;
  width: number;
  height: number;
  shade: boolean;
}

export const PAGE = { widthPt: 612, heightPt: 792, marginPt: 72 } as const;
const BODY = { sizePt: 10, leadingPt: 13, gapPt: 7 } as const;
const HEADINGS = {
  1: { sizePt: 15, gapPt: 16 },
  2: { sizePt: 12.5, gapPt: 13 },
  3: { sizePt: 11, gapPt: 10 },
} as const;
const LIST = { indentPt: 26, textPt: 24, gapPt: 4 } as const;
const CELL = { sizePt: 9, leadingPt: 11, paddingPt: 3 } as const;
const TOP = PAGE.marginPt;
const BOTTOM = PAGE.heightPt - PAGE.marginPt;
const TEXT_WIDTH = PAGE.widthPt - 2 * PAGE.marginPt;

/** No line ends in one of these: the reader, and a converter, would take its stop for the end of a sentence. */
const TIES_TO_NEXT =
  /^\(?(?:U\.S\.|U\.S\.C\.|Nos?\.|[ap]\.m\.|Inc\.|Dr\.|Mr\.|Ms\.|approx\.|vs\.|Sec\.|Fig\.|[A-Z]\.)$/;

const unbreakable = (text: string): string[] => {
  const units: string[] = [];
  let open = '';
  for (const word of text.split(' ')) {
    open = open === '' ? word : `${open} ${word}`;
    if (!TIES_TO_NEXT.test(word)) {
      units.push(open);
      open = '';
    }
  }
  return open === '' ? units : [...units, open];
};

export interface Layout {
  readonly texts: PlacedText[];
  readonly boxes: PlacedBox[];
  readonly pageCount: number;
  /** Places blocks that belong together: a heading or a lead-in never ends a page. */
  place(blocks: readonly ContentBlock[]): void;
  breakPage(): void;
  /** Returns a function that takes back all that was placed since. */
  mark(): () => void;
}

export const createLayout = (measure: Measure, { repeatTableHeader = false } = {}): Layout => {
  const texts: PlacedText[] = [];
  const boxes: PlacedBox[] = [];
  let pageNumber = 1;
  let y: number = TOP;

  const linesOf = (text: string, width: number, face: Face, sizePt: number): string[] => {
    const lines: string[] = [];
    const space = measure(' ', face, sizePt);
    let line = '';
    let lineWidth = 0;
    for (const unit of unbreakable(text)) {
      const unitWidth = measure(unit, face, sizePt);
      if (line !== '' && lineWidth + space + unitWidth > width) {
        lines.push(line);
        line = '';
      }
      lineWidth = line === '' ? unitWidth : lineWidth + space + unitWidth;
      line = line === '' ? unit : `${line} ${unit}`;
    }
    return [...lines, line];
  };
  const breakPage = (): void => {
    pageNumber += 1;
    y = TOP;
  };
  const atTop = (): boolean => y === TOP;
  const skip = (gapPt: number): void => {
    if (!atTop()) y += gapPt;
  };
  const putLine = (x: number, text: string, face: Face, sizePt: number, leadingPt: number): PlacedText => {
    const placed = { pageNumber, x, y, text, face, sizePt };
    texts.push(placed);
    y += leadingPt;
    return placed;
  };

  const placeHeading = (block: ContentBlock & { kind: 'heading' }): void => {
    const { sizePt, gapPt } = HEADINGS[block.level];
    skip(gapPt);
    const title = numbered(block.number, block.text);
    const lines = linesOf(title, TEXT_WIDTH, 'bold', sizePt);
    if (y + lines.length * sizePt * 1.25 > BOTTOM) breakPage();
    for (const [index, line] of lines.entries()) {
      const placed = putLine(PAGE.marginPt, line, 'bold', sizePt, sizePt * 1.25);
      if (index === 0) placed.bookmark = { level: block.level, title };
    }
    y += 1;
  };
  /** A paragraph may go over a page break, with two lines or more on either side. */
  const placeParagraph = (text: string): void => {
    skip(BODY.gapPt);
    const lines = linesOf(text, TEXT_WIDTH, 'regular', BODY.sizePt);
    const room = Math.floor((BOTTOM - y) / BODY.leadingPt);
    const breakBefore = room >= lines.length ? lines.length : Math.min(room, lines.length - 2);
    if (breakBefore < 2 && breakBefore < lines.length) breakPage();
    for (const [index, line] of lines.entries()) {
      if (index === breakBefore && breakBefore >= 2) breakPage();
      putLine(PAGE.marginPt, line, 'regular', BODY.sizePt, BODY.leadingPt);
    }
  };
  const placeItem = (marker: string, text: string, depth: number): void => {
    const x = PAGE.marginPt + LIST.indentPt * (depth - 1) + 12;
    const lines = linesOf(text, PAGE.widthPt - PAGE.marginPt - x - LIST.textPt, 'regular', BODY.sizePt);
    skip(LIST.gapPt);
    if (y + lines.length * BODY.leadingPt > BOTTOM) breakPage();
    texts.push({ pageNumber, x, y, text: marker, face: 'regular', sizePt: BODY.sizePt });
    for (const line of lines) putLine(x + LIST.textPt, line, 'regular', BODY.sizePt, BODY.leadingPt);
  };

  const placeTable = (table: TableBlock): void => {
    const total = table.columnShares.reduce((sum, share) => sum + share, 0);
    const widths = table.columnShares.map((share) => (share / total) * TEXT_WIDTH);
    const rowLines = (cells: readonly Sentence[], face: Face): string[][] =>
      cells.map(({ text }, column) => linesOf(text, (widths[column] ?? 0) - 2 * CELL.paddingPt, face, CELL.sizePt));
    const heightOf = (cells: readonly string[][]): number =>
      Math.max(...cells.map(({ length }) => length)) * CELL.leadingPt + 2 * CELL.paddingPt;
    const header = rowLines(table.header, 'bold');
    const rows = table.rows.map((row) => rowLines(row, 'regular'));
    const putRow = (cells: readonly string[][], isHeader: boolean): void => {
      const height = heightOf(cells);
      if (isHeader) boxes.push({ pageNumber, x: PAGE.marginPt, y, width: TEXT_WIDTH, height, shade: true });
      let x: number = PAGE.marginPt;
      for (const [column, lines] of cells.entries()) {
        const width = widths[column] ?? 0;
        boxes.push({ pageNumber, x, y, width, height, shade: false });
        for (const [row, text] of lines.entries()) {
          const lineY = y + CELL.paddingPt + row * CELL.leadingPt;
          const face = isHeader ? 'bold' : 'regular';
          texts.push({ pageNumber, x: x + CELL.paddingPt, y: lineY, text, face, sizePt: CELL.sizePt });
        }
        x += width;
      }
      y += height;
    };
    skip(BODY.gapPt);
    const wholeHeight = [header, ...rows].reduce((sum, cells) => sum + heightOf(cells), 0);
    const fitsOnePage = wholeHeight <= BOTTOM - TOP;
    const startHeight = heightOf(header) + heightOf(rows[0] ?? header);
    const needed = fitsOnePage && !repeatTableHeader ? wholeHeight : startHeight;
    if (y + needed > BOTTOM) breakPage();
    putRow(header, true);
    for (const row of rows) {
      if (y + heightOf(row) > BOTTOM) {
        breakPage();
        if (repeatTableHeader) putRow(header, true);
      }
      putRow(row, false);
    }
    y += 4;
  };

  const placeBlock = (block: ContentBlock): void => {
    if (block.kind === 'heading') placeHeading(block);
    else if (block.kind === 'paragraph') placeParagraph(numbered(block.number, joinSentences(block.sentences)));
    else if (block.kind === 'table') placeTable(block);
    else {
      for (const { item, depth } of flattenItems(block.items)) {
        placeItem(item.marker, joinSentences(item.sentences), depth);
      }
    }
  };
  const mark = (): (() => void) => {
    const saved = { pageNumber, y, texts: texts.length, boxes: boxes.length };
    return () => {
      ({ pageNumber, y } = saved);
      texts.length = saved.texts;
      boxes.length = saved.boxes;
    };
  };
  /** Headings, and the lead-in of a list or table, stay on the page of what follows them. */
  const place = (blocks: readonly ContentBlock[]): void => {
    const bodyAt = blocks.findIndex(({ kind }) => kind !== 'heading');
    const leadsIn = bodyAt >= 0 && ['list', 'table'].includes(blocks[bodyAt + 1]?.kind ?? '');
    const keptWith = leadsIn ? bodyAt + 1 : bodyAt;
    const placeAll = (): boolean => {
      const firstText = texts.length;
      let firstOfBody = firstText;
      for (const [index, block] of blocks.entries()) {
        if (index === keptWith) firstOfBody = texts.length;
        placeBlock(block);
      }
      return texts[firstText]?.pageNumber === texts[firstOfBody]?.pageNumber;
    };
    const undo = mark();
    if (placeAll()) return;
    undo();
    breakPage();
    placeAll();
  };

  return {
    texts,
    boxes,
    get pageCount() {
      return pageNumber;
    },
    place,
    breakPage,
    mark,
  };
};
