/** From Document AI's Document to our pages: parts that point into one text become lines with their words, pixels become points. */
import type { protos } from '@google-cloud/documentai';
import type { BoundingBox } from '../../contracts/document.ts';
import type { OcrPage } from '../../contracts/ocr.ts';
import { AppError } from '../../errors.ts';
import type { Ocr } from '../../ports.ts';

type IDocument = protos.google.cloud.documentai.v1.IDocument;
type IPage = protos.google.cloud.documentai.v1.Document.IPage;
type ILayout = protos.google.cloud.documentai.v1.Document.Page.ILayout;
type ITable = protos.google.cloud.documentai.v1.Document.Page.ITable;
type ITableRow = protos.google.cloud.documentai.v1.Document.Page.Table.ITableRow;
type ITextSegment = protos.google.cloud.documentai.v1.Document.TextAnchor.ITextSegment;
type IVertex = protos.google.cloud.documentai.v1.INormalizedVertex;
type OcrTable = OcrPage['tables'][number];
type OcrLine = OcrPage['paragraphs'][number]['lines'][number];

interface Size {
  widthPt: number;
  heightPt: number;
}

const PIXELS_PER_INCH = 200;
const POINTS_PER_INCH = 72;
const POINTS_BY_UNIT: Readonly<Record<string, number>> = {
  pixels: POINTS_PER_INCH / PIXELS_PER_INCH,
  points: 1,
  inches: POINTS_PER_INCH,
  cm: POINTS_PER_INCH / 2.54,
  mm: POINTS_PER_INCH / 25.4,
};

const round = (points: number): number => Math.round(points * 100) / 100;

const sizeOf = ({ dimension }: IPage): Size => {
  const factor = POINTS_BY_UNIT[dimension?.unit ?? ''] ?? POINTS_PER_INCH / PIXELS_PER_INCH;
  return { widthPt: round((dimension?.width ?? 0) * factor), heightPt: round((dimension?.height ?? 0) * factor) };
};

interface Range {
  start: number;
  end: number;
}

/** int64 comes as a string, a number or a Long; 0 may be left out. */
const rangeOf = ({ startIndex, endIndex }: ITextSegment): Range => ({
  start: Number(startIndex ?? 0),
  end: Number(endIndex ?? 0),
});

const rangesOf = (layout: ILayout | null | undefined): Range[] =>
  (layout?.textAnchor?.textSegments ?? []).map(rangeOf).filter(({ start, end }) => end > start);

/** Cuts by code points, which is what the service counts; the same as UTF-16 wherever no character needs two units. */
const createCutter = (text: string): ((range: Range) => string) => {
  if (!/[\ud800-\udfff]/.test(text)) return ({ start, end }) => text.slice(start, end);
  const characters = Array.from(text);
  return ({ start, end }) => characters.slice(start, end).join('');
};

const boxOf = (layout: ILayout | null | undefined, { dimension }: IPage, size: Size): BoundingBox => {
  const poly = layout?.boundingPoly;
  const normalised: IVertex[] = poly?.normalizedVertices ?? [];
  const [width, height] = [dimension?.width || 1, dimension?.height || 1];
  const corners =
    normalised.length > 0
      ? normalised
      : (poly?.vertices ?? []).map(({ x, y }) => ({ x: (x ?? 0) / width, y: (y ?? 0) / height }));
  if (corners.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const [xs, ys] = [corners.map(({ x }) => x ?? 0), corners.map(({ y }) => y ?? 0)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    x: round(left * size.widthPt),
    y: round(top * size.heightPt),
    width: round((Math.max(...xs) - left) * size.widthPt),
    height: round((Math.max(...ys) - top) * size.heightPt),
  };
};

interface PageReader {
  page: IPage;
  size: Size;
  cut: (range: Range) => string;
}

const textOf = (layout: ILayout | null | undefined, { cut }: PageReader): string =>
  rangesOf(layout).map(cut).join('').replace(/\s+/g, ' ').trim();

const startOf = (layout: ILayout | null | undefined): number => rangesOf(layout)[0]?.start ?? -1;

const isInside = (at: number, ranges: readonly Range[]): boolean =>
  ranges.some(({ start, end }) => at >= start && at < end);

const toLine = (layout: ILayout | null | undefined, reader: PageReader): OcrLine => ({
  text: textOf(layout, reader),
  bbox: boxOf(layout, reader.page, reader.size),
  confidence: layout?.confidence ?? 0,
});

const toRow = ({ cells }: ITableRow, isHeader: boolean, reader: PageReader): OcrTable['rows'][number] => ({
  isHeader,
  cells: (cells ?? []).map(({ layout, rowSpan, colSpan }) => ({
    text: textOf(layout, reader),
    rowSpan: rowSpan || 1,
    columnSpan: colSpan || 1,
  })),
});

const toTable = ({ layout, headerRows, bodyRows }: ITable, reader: PageReader): OcrTable => ({
  bbox: boxOf(layout, reader.page, reader.size),
  rows: [
    ...(headerRows ?? []).map((row) => toRow(row, true, reader)),
    ...(bodyRows ?? []).map((row) => toRow(row, false, reader)),
  ],
});

/** The text of a table stands in its cells; it is not to come twice. */
const rangesOfTables = (tables: readonly ITable[]): Range[] =>
  tables.flatMap(({ headerRows, bodyRows }) =>
    [...(headerRows ?? []), ...(bodyRows ?? [])].flatMap(({ cells }) =>
      (cells ?? []).flatMap(({ layout }) => rangesOf(layout)),
    ),
  );

/** Each line once, with the paragraph that holds its beginning; a paragraph without lines is a line itself. */
const toParagraphs = (reader: PageReader, inTables: readonly Range[]): OcrPage['paragraphs'] => {
  const { page } = reader;
  const layouts = (page.lines ?? []).map(({ layout }) => layout).filter((layout) => textOf(layout, reader) !== '');
  const taken = new Set<ILayout | null | undefined>();
  const groups = (page.paragraphs ?? []).map(({ layout }) => {
    const own = layouts.filter((line) => !taken.has(line) && isInside(startOf(line), rangesOf(layout)));
    for (const line of own) taken.add(line);
    return own.length === 0 && layouts.length === 0 ? [layout] : own;
  });
  const stray = layouts.filter((line) => !taken.has(line)).map((line) => [line]);
  return [...groups, ...stray]
    .map((group) => group.filter((line) => !isInside(startOf(line), inTables) && textOf(line, reader) !== ''))
    .filter((group) => group.length > 0)
    .toSorted((a, b) => startOf(a[0]) - startOf(b[0]))
    .map((group) => ({ kind: 'body', lines: group.map((line) => toLine(line, reader)) }));
};

const languageOf = ({ detectedLanguages }: IPage): string | undefined =>
  (detectedLanguages ?? []).toSorted((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))[0]?.languageCode || undefined;

/** @throws AppError OCR_FAILED when the answer does not hold the pages that were sent. */
export const toOcrPages = (document: IDocument, request: Parameters<Ocr['recognise']>[0]): OcrPage[] => {
  const { pageNumbers, pageSizes } = request;
  const pages = document.pages ?? [];
  if (pages.length !== pageNumbers.length) {
    const problem = `${pageNumbers.length} pages were sent and ${pages.length} came back`;
    throw new AppError('OCR_FAILED', { problem });
  }
  const cut = createCutter(document.text ?? '');
  const places = pages.map(({ pageNumber }, index) => (pageNumber || index + 1) - 1);
  if (new Set(places).size !== places.length || places.some((at) => pageNumbers[at] === undefined))
    throw new AppError('OCR_FAILED', { problem: 'they came back with wrong page numbers' });
  return pages.map((page, index) => {
    const at = places[index] ?? index;
    const reader: PageReader = { page, size: pageSizes?.[at] ?? sizeOf(page), cut };
    const language = languageOf(page);
    const tables = page.tables ?? [];
    return {
      pageNumber: pageNumbers[at] ?? 0,
      ...reader.size,
      paragraphs: toParagraphs(reader, rangesOfTables(tables)),
      tables: tables.map((table) => toTable(table, reader)),
      ...(language === undefined ? {} : { language }),
    };
  });
};
