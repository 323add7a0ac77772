/** Pages of a PDF as grey images. The text layer is not looked at: what is recognised is what is shown. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadPdfium, type PdfiumModule, type Pointer } from '../../../functions/src/convert/pdf/pdfium.ts';
import type { GreyImage } from './erase-rules.ts';
import { invalidArgument } from './service-error.ts';

const POINTS_PER_INCH = 72;
const GREY_FORMAT = 1;
const WHITE = -1;
/** FPDF_ANNOT | FPDF_GRAYSCALE: what is filled into a form is shown too. */
const RENDER_FLAGS = 0x01 | 0x08;

/** The functions that draw, on top of those that read (https://pdfium.googlesource.com/pdfium/+/main/public/fpdfview.h). */
interface DrawingPdfium extends PdfiumModule {
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: Pointer, stride: number): Pointer;
  _FPDFBitmap_FillRect(bitmap: Pointer, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_GetStride(bitmap: Pointer): number;
  _FPDFBitmap_GetBuffer(bitmap: Pointer): Pointer;
  _FPDFBitmap_Destroy(bitmap: Pointer): void;
  _FPDF_RenderPageBitmap(
    bitmap: Pointer,
    page: Pointer,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    flags: number,
  ): void;
}

export interface PdfPages {
  pageCount: number;
  /** `pageNumber` from 1. */
  render(pageNumber: number, dpi: number): GreyImage;
}

export interface PdfRenderer {
  /** Opens, calls `use` and closes again. @throws ServiceError INVALID_ARGUMENT for what is no PDF. */
  withPdf<T>(bytes: Uint8Array, use: (pages: PdfPages) => Promise<T>): Promise<T>;
}

const renderPage = (pdfium: DrawingPdfium, document: Pointer, index: number, dpi: number): GreyImage => {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0) throw invalidArgument(`Page ${index + 1} of the document cannot be read.`);
  const width = Math.round((pdfium._FPDF_GetPageWidthF(page) * dpi) / POINTS_PER_INCH);
  const height = Math.round((pdfium._FPDF_GetPageHeightF(page) * dpi) / POINTS_PER_INCH);
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, GREY_FORMAT, 0, 0);
  try {
    if (bitmap === 0) throw new RangeError('PDFium is out of memory');
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, RENDER_FLAGS);
    const [stride, buffer] = [pdfium._FPDFBitmap_GetStride(bitmap), pdfium._FPDFBitmap_GetBuffer(bitmap)];
    const pixels = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      const row = buffer + y * stride;
      pixels.set(pdfium.HEAPU8.subarray(row, row + width), y * width);
    }
    return { width, height, pixels };
  } finally {
    if (bitmap !== 0) pdfium._FPDFBitmap_Destroy(bitmap);
    pdfium._FPDF_ClosePage(page);
  }
};

/** PDFium is loaded when the first document comes. */
export const createPdfRenderer = (): PdfRenderer => {
  let loading: Promise<DrawingPdfium> | undefined;
  const load = (): Promise<DrawingPdfium> => {
    const wasmPath = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm');
    loading ??= loadPdfium(readFileSync(wasmPath)) as Promise<DrawingPdfium>;
    return loading;
  };
  return {
    async withPdf(bytes, use) {
      const pdfium = await load();
      const memory = pdfium._malloc(bytes.length);
      if (memory === 0) throw new RangeError('PDFium is out of memory');
      let document: Pointer = 0;
      try {
        pdfium.HEAPU8.set(bytes, memory);
        document = pdfium._FPDF_LoadMemDocument(memory, bytes.length, 0);
        const pageCount = document === 0 ? 0 : pdfium._FPDF_GetPageCount(document);
        if (pageCount < 1) throw invalidArgument('The document is damaged, protected, or not of its mime type.');
        return await use({
          pageCount,
          render: (pageNumber, dpi) => renderPage(pdfium, document, pageNumber - 1, dpi),
        });
      } finally {
        if (document !== 0) pdfium._FPDF_CloseDocument(document);
        pdfium._free(memory);
      }
    },
  };
};
