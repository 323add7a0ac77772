/** Recognised pages in the shape of the Document OCR processor: one text, and pages whose parts point into it. */
import type { PixelBox, RecognisedLine, RecognisedPage } from './recognise.ts';

interface Layout {
  textAnchor: { textSegments: { startIndex: number; endIndex: number }[] };
  confidence: number;
  boundingPoly: { normalizedVertices: { x: number; y: number }[] };
  orientation: 'PAGE_UP';
}

interface Part {
  layout: Layout;
  detectedLanguages: { languageCode: string; confidence: number }[];
}

interface Token extends Part {
  detectedBreak: { type: 'SPACE' | 'TYPE_UNSPECIFIED' };
}

export interface OcrDocument {
  mimeType: string;
  text: string;
  pages: {
    pageNumber: number;
    dimension: { width: number; height: number; unit: 'pixels' };
    layout: Layout;
    detectedLanguages: Part['detectedLanguages'];
    blocks: Part[];
    paragraphs: Part[];
    lines: Part[];
    tokens: Token[];
  }[];
}

/** Only English is read here. */
const LANGUAGES = [{ languageCode: 'en', confidence: 1 }];

/** Text in the making. Indexes count code points, as the service's do. */
class TextBuilder {
  text = '';
  length = 0;

  /** Where the piece came to stand. */
  add(piece: string): { startIndex: number; endIndex: number } {
    const startIndex = this.length;
    this.text += piece;
    this.length += Array.from(piece).length;
    return { startIndex, endIndex: this.length };
  }
}

const unionOf = (boxes: readonly PixelBox[]): PixelBox => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
});

const averageOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

interface Piece {
  box: PixelBox;
  confidence: number;
  startIndex: number;
  endIndex: number;
}

const wholeOf = (pieces: readonly Piece[]): Piece => ({
  box: unionOf(pieces.map(({ box }) => box)),
  confidence: averageOf(pieces.map(({ confidence }) => confidence)),
  startIndex: pieces[0]?.startIndex ?? 0,
  endIndex: pieces.at(-1)?.endIndex ?? 0,
});

const layoutOf = ({ box, confidence, startIndex, endIndex }: Piece, width: number, height: number): Layout => {
  const [left, right] = [box.x0 / width, box.x1 / width];
  const [top, bottom] = [box.y0 / height, box.y1 / height];
  const corners = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
  return {
    textAnchor: { textSegments: endIndex > startIndex ? [{ startIndex, endIndex }] : [] },
    confidence,
    boundingPoly: { normalizedVertices: corners },
    orientation: 'PAGE_UP',
  };
};

const toPage = (page: RecognisedPage, text: TextBuilder): OcrDocument['pages'][number] => {
  const { pageNumber, width, height } = page;
  const pageStart = text.length;
  const partOf = (piece: Piece): Part => ({ layout: layoutOf(piece, width, height), detectedLanguages: LANGUAGES });
  const [blocks, paragraphs, lines, tokens]: [Piece[], Piece[], Piece[], Token[]] = [[], [], [], []];
  const addLine = ({ words }: RecognisedLine): Piece => {
    const pieces = words.map(({ text: word, box, confidence }, index): Piece => {
      const isLast = index === words.length - 1;
      const piece = { box, confidence, ...text.add(isLast ? `${word}\n` : `${word} `) };
      tokens.push({ ...partOf(piece), detectedBreak: { type: 'SPACE' } });
      return piece;
    });
    return wholeOf(pieces);
  };
  for (const block of page.blocks) {
    const ofBlock = block.paragraphs.map((paragraph) => {
      const ofParagraph = paragraph.map(addLine);
      lines.push(...ofParagraph);
      return wholeOf(ofParagraph);
    });
    paragraphs.push(...ofBlock);
    blocks.push(wholeOf(ofBlock));
  }
  const wholePage: Piece = {
    box: { x0: 0, y0: 0, x1: width, y1: height },
    confidence: averageOf(lines.map(({ confidence }) => confidence)),
    startIndex: pageStart,
    endIndex: text.length,
  };
  return {
    pageNumber,
    dimension: { width, height, unit: 'pixels' },
    layout: layoutOf(wholePage, width, height),
    detectedLanguages: lines.length === 0 ? [] : LANGUAGES,
    blocks: blocks.map(partOf),
    paragraphs: paragraphs.map(partOf),
    lines: lines.map(partOf),
    tokens,
  };
};

export const toOcrDocument = (recognised: readonly RecognisedPage[], mimeType: string): OcrDocument => {
  const text = new TextBuilder();
  const pages = recognised.map((page) => toPage(page, text));
  return { mimeType, text: text.text, pages };
};
