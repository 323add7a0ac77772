/** Draws a layout as a PDF with running heads and feet and bookmarks. The same layout gives the same bytes. */
import { type Layout, type Measure, PAGE, type PlacedBox, type PlacedText } from './page-layout.ts';
import { openPdf, type PdfKitDocument, type PdfKitOutline, pdfBytes } from './pdfkit.ts';

const FONTS = { regular: 'Helvetica', bold: 'Helvetica-Bold' } as const;
const RUNNING_SIZE_PT = 8.5;
/** Fixed, so that the same content gives the same file. */
const CREATED = new Date('2026-01-15T09:00:00Z');

export interface PageDesign {
  title: string;
  author: string;
  runningHead: string;
  runningFoot: (pageNumber: number, pageCount: number) => string;
  /** Compressed bytes depend on the zlib build, so files that are committed are written without. */
  compress: boolean;
}

const openDocument = (design: PageDesign): PdfKitDocument =>
  openPdf({
    size: 'LETTER',
    margin: 0,
    autoFirstPage: false,
    compress: design.compress,
    lang: 'en-US',
    info: { Title: design.title, Author: design.author, CreationDate: CREATED, ModDate: CREATED },
  });

/** Widths in Helvetica; each word is measured once. */
export const createMeasure = (): Measure => {
  const document = openPdf({
    size: 'LETTER',
    margin: 0,
    autoFirstPage: true,
    compress: false,
    info: { Title: '', Author: '', CreationDate: CREATED, ModDate: CREATED },
  });
  const widths = { regular: new Map<string, number>(), bold: new Map<string, number>() };
  return (text, face, sizePt) => {
    const known = widths[face].get(text);
    if (known !== undefined) return known * sizePt;
    const width = document.font(FONTS[face]).fontSize(100).widthOfString(text) / 100;
    widths[face].set(text, width);
    return width * sizePt;
  };
};

const groupByPage = <T extends { pageNumber: number }>(placed: readonly T[]): Map<number, T[]> => {
  const pages = new Map<number, T[]>();
  for (const one of placed) {
    const page = pages.get(one.pageNumber);
    if (page) page.push(one);
    else pages.set(one.pageNumber, [one]);
  }
  return pages;
};

const drawBox = (document: PdfKitDocument, { x, y, width, height, shade }: PlacedBox): void => {
  document.rect(x, y, width, height);
  if (shade) document.fill('#e6e9ee').fillColor('#000000');
  else document.lineWidth(0.6).stroke('#444444');
};

/** `atLevel` holds the open bookmark of each heading level; a new one closes those below. */
const addBookmark = (atLevel: PdfKitOutline[], { level, title }: { level: number; title: string }): void => {
  const depth = Math.min(level, atLevel.length);
  const parent = atLevel[depth - 1];
  if (parent) atLevel.splice(depth, atLevel.length, parent.addItem(title, { expanded: depth === 1 }));
};

const drawText = (document: PdfKitDocument, { x, y, text, face, sizePt }: PlacedText): void => {
  document.font(FONTS[face]).fontSize(sizePt).text(text, x, y, { lineBreak: false });
};

export const drawPages = (layout: Layout, design: PageDesign): Promise<Uint8Array> => {
  const document = openDocument(design);
  const textsByPage = groupByPage(layout.texts);
  const boxesByPage = groupByPage(layout.boxes);
  const bookmarks = [document.outline];
  const headY = PAGE.marginPt / 2;
  const footY = PAGE.heightPt - PAGE.marginPt / 2 - RUNNING_SIZE_PT;
  const running = (text: string, y: number): void =>
    drawText(document, {
      pageNumber: 0,
      x: PAGE.marginPt,
      y,
      text,
      face: 'regular',
      sizePt: RUNNING_SIZE_PT,
    });
  for (let pageNumber = 1; pageNumber <= layout.pageCount; pageNumber += 1) {
    document.addPage();
    running(design.runningHead, headY);
    for (const box of boxesByPage.get(pageNumber) ?? []) drawBox(document, box);
    for (const text of textsByPage.get(pageNumber) ?? []) {
      if (text.bookmark) addBookmark(bookmarks, text.bookmark);
      drawText(document, text);
    }
    running(design.runningFoot(pageNumber, layout.pageCount), footY);
  }
  return pdfBytes(document);
};
