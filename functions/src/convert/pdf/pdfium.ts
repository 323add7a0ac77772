/** PDFium, compiled to WebAssembly: the few of its C functions that are used here, typed by hand (https://pdfium.googlesource.com/pdfium/+/main/public/). */
import { PDFiumModule as createPdfium } from '@hyzyla/pdfium';

/** An address in PDFium's memory: a buffer, or a handle to one of its objects. 0 is none. */
export type Pointer = number;

export interface PdfiumModule {
  /** Views of the memory. They are replaced when it grows, so read them anew after every call. */
  readonly HEAPU8: Uint8Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
  readonly HEAP32: Int32Array;
  _malloc(sizeBytes: number): Pointer;
  _free(at: Pointer): void;

  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(bytes: Pointer, sizeBytes: number, password: Pointer): Pointer;
  _FPDF_CloseDocument(document: Pointer): void;
  /** 1 unknown, 2 file, 3 format, 4 password, 5 security, 6 page. */
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: Pointer): number;
  _FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, sizeBytes: number): number;
  _FPDF_GetPageLabel(document: Pointer, index: number, buffer: Pointer, sizeBytes: number): number;
  /** 0 when the file's index was wrong and had to be rebuilt. */
  _FPDF_DocumentHasValidCrossReferenceTable(document: Pointer): number;

  _FPDF_LoadPage(document: Pointer, index: number): Pointer;
  _FPDF_ClosePage(page: Pointer): void;
  _FPDF_GetPageWidthF(page: Pointer): number;
  _FPDF_GetPageHeightF(page: Pointer): number;
  _FPDF_PageToDevice(
    page: Pointer,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    x: number,
    y: number,
    deviceX: Pointer,
    deviceY: Pointer,
  ): number;

  /** The elements that have content on the page, and those above them; 0 when there is no structure tree. */
  _FPDF_StructTree_GetForPage(page: Pointer): Pointer;
  _FPDF_StructTree_Close(tree: Pointer): void;
  _FPDF_StructTree_CountChildren(tree: Pointer): number;
  _FPDF_StructTree_GetChildAtIndex(tree: Pointer, index: number): Pointer;
  _FPDF_StructElement_GetType(element: Pointer, buffer: Pointer, sizeBytes: number): number;
  /** Also counts children without content on the page: these are 0 as elements. */
  _FPDF_StructElement_CountChildren(element: Pointer): number;
  _FPDF_StructElement_GetChildAtIndex(element: Pointer, index: number): Pointer;
  /** -1 where the child is no marked content of this page. */
  _FPDF_StructElement_GetChildMarkedContentID(element: Pointer, index: number): number;
  _FPDF_StructElement_GetAttributeCount(element: Pointer): number;
  _FPDF_StructElement_GetAttributeAtIndex(element: Pointer, index: number): Pointer;
  _FPDF_StructElement_Attr_GetValue(attributes: Pointer, name: Pointer): Pointer;
  /** Writes a float. */
  _FPDF_StructElement_Attr_GetNumberValue(value: Pointer, number: Pointer): number;

  /** `bookmark` 0 is the root of the outline. */
  _FPDFBookmark_GetFirstChild(document: Pointer, bookmark: Pointer): Pointer;
  _FPDFBookmark_GetNextSibling(document: Pointer, bookmark: Pointer): Pointer;
  _FPDFBookmark_GetTitle(bookmark: Pointer, buffer: Pointer, sizeBytes: number): number;
  _FPDFBookmark_GetDest(document: Pointer, bookmark: Pointer): Pointer;
  _FPDFBookmark_GetAction(bookmark: Pointer): Pointer;
  _FPDFAction_GetDest(document: Pointer, action: Pointer): Pointer;
  /** -1 for a destination that is no page. */
  _FPDFDest_GetDestPageIndex(document: Pointer, destination: Pointer): number;

  /** Writes what annotations look like into the page, in memory; usage 0 is as on a screen. 0 failed, 1 done, 2 nothing to do. */
  _FPDFPage_Flatten(page: Pointer, usage: number): number;
  _FPDFPage_GetAnnotCount(page: Pointer): number;
  _FPDFPage_GetAnnot(page: Pointer, index: number): Pointer;
  _FPDFPage_CloseAnnot(annotation: Pointer): void;
  _FPDFPage_RemoveAnnot(page: Pointer, index: number): number;
  /** 3 free text, 13 stamp, 16 pop-up, 20 widget, 24 watermark, … */
  _FPDFAnnot_GetSubtype(annotation: Pointer): number;
  _FPDFAnnot_GetFlags(annotation: Pointer): number;
  /** Writes left, top, right, bottom as floats, in the page's own space. */
  _FPDFAnnot_GetRect(annotation: Pointer, rect: Pointer): number;
  _FPDFAnnot_GetStringValue(annotation: Pointer, key: Pointer, buffer: Pointer, sizeBytes: number): number;
  /** 2 check box, 3 radio button, 4 combo box, 5 list box, 6 text, 7 signature. */
  _FPDFAnnot_GetFormFieldType(form: Pointer, annotation: Pointer): number;
  _FPDFAnnot_GetFormFieldFlags(form: Pointer, annotation: Pointer): number;
  _FPDFAnnot_GetFormFieldName(form: Pointer, annotation: Pointer, buffer: Pointer, sizeBytes: number): number;
  _FPDFAnnot_GetFormFieldAlternateName(form: Pointer, annotation: Pointer, buffer: Pointer, sizeBytes: number): number;
  _FPDFAnnot_GetFormFieldValue(form: Pointer, annotation: Pointer, buffer: Pointer, sizeBytes: number): number;
  /** `callbacks`: an FPDF_FORMFILLINFO; it must outlive the form. */
  _FPDFDOC_InitFormFillEnvironment(document: Pointer, callbacks: Pointer): Pointer;
  _FPDFDOC_ExitFormFillEnvironment(form: Pointer): void;

  _FPDFText_LoadPage(page: Pointer): Pointer;
  _FPDFText_ClosePage(textPage: Pointer): void;
  _FPDFText_CountChars(textPage: Pointer): number;
  _FPDFText_GetUnicode(textPage: Pointer, index: number): number;
  /** 1 where the font does not say what the letter is; its code is then that of the glyph. */
  _FPDFText_HasUnicodeMapError(textPage: Pointer, index: number): number;
  _FPDFText_GetTextObject(textPage: Pointer, index: number): Pointer;
  _FPDFText_GetFontSize(textPage: Pointer, index: number): number;
  /** Writes a, b, c, d, e, f as floats. */
  _FPDFText_GetMatrix(textPage: Pointer, index: number, matrix: Pointer): number;
  _FPDFText_GetCharOrigin(textPage: Pointer, index: number, x: Pointer, y: Pointer): number;
  /** Writes left, top, right, bottom as floats. */
  _FPDFText_GetLooseCharBox(textPage: Pointer, index: number, rect: Pointer): number;
  _FPDFTextObj_GetFont(object: Pointer): Pointer;
  /** 3 is invisible. */
  _FPDFTextObj_GetTextRenderMode(object: Pointer): number;
  _FPDFFont_GetBaseFontName(font: Pointer, buffer: Pointer, sizeBytes: number): number;
  _FPDFFont_GetIsEmbedded(font: Pointer): number;
  _FPDFFont_GetWeight(font: Pointer): number;
  _FPDFFont_GetFlags(font: Pointer): number;

  _FPDFPage_CountObjects(page: Pointer): number;
  _FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  /** 1 text, 2 path, 3 image, 4 shading, 5 form. */
  _FPDFPageObj_GetType(object: Pointer): number;
  /** Writes four 32-bit integers from 0 to 255. */
  _FPDFPageObj_GetFillColor(object: Pointer, red: Pointer, green: Pointer, blue: Pointer, alpha: Pointer): number;
  /** 0 when nothing clips it. Its paths are in the space of the page or of the form that holds the object. */
  _FPDFPageObj_GetClipPath(object: Pointer): Pointer;
  _FPDFClipPath_CountPaths(clip: Pointer): number;
  _FPDFClipPath_CountPathSegments(clip: Pointer, path: number): number;
  _FPDFClipPath_GetPathSegment(clip: Pointer, path: number, index: number): Pointer;
  /** An object that is not active is not painted. */
  _FPDFPageObj_SetIsActive(object: Pointer, active: number): number;
  /** Writes width and height as integers. */
  _FPDFImageObj_GetImagePixelSize(image: Pointer, width: Pointer, height: Pointer): number;
  /** Writes a, b, c, d, e, f as floats. */
  _FPDFPageObj_GetMatrix(object: Pointer, matrix: Pointer): number;
  _FPDFFormObj_CountObjects(form: Pointer): number;
  _FPDFFormObj_GetObject(form: Pointer, index: number): Pointer;
  /** -1 for content without one. */
  _FPDFPageObj_GetMarkedContentID(object: Pointer): number;
  _FPDFPageObj_CountMarks(object: Pointer): number;
  _FPDFPageObj_GetMark(object: Pointer, index: number): Pointer;
  /** UTF-16; writes the size in bytes, with the final zero, as an integer. */
  _FPDFPageObjMark_GetName(mark: Pointer, buffer: Pointer, sizeBytes: number, written: Pointer): number;
  _FPDFPath_CountSegments(path: Pointer): number;
  _FPDFPath_GetPathSegment(path: Pointer, index: number): Pointer;
  _FPDFPath_GetDrawMode(path: Pointer, fillMode: Pointer, stroke: Pointer): number;
  /** 0 line to, 1 Bézier to, 2 move to. */
  _FPDFPathSegment_GetType(segment: Pointer): number;
  _FPDFPathSegment_GetClose(segment: Pointer): number;
  _FPDFPathSegment_GetPoint(segment: Pointer, x: Pointer, y: Pointer): number;

  /** `alpha` 0: four bytes for each pixel, the last unused. 0 when there is no memory. */
  _FPDFBitmap_Create(width: number, height: number, alpha: number): Pointer;
  _FPDFBitmap_FillRect(bitmap: Pointer, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_GetBuffer(bitmap: Pointer): Pointer;
  _FPDFBitmap_Destroy(bitmap: Pointer): void;
  /** The whole page is painted `sizeX` by `sizeY` pixels large. */
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

  /** With policy 0 and `enable` 0, new documents are not stamped with the time. */
  _FPDF_SetSandBoxPolicy(policy: number, enable: number): void;
  _FPDF_CreateNewDocument(): Pointer;
  /** `indexes`: 32-bit integers from 0. The pages are put in before the page `at`. */
  _FPDF_ImportPagesByIndex(into: Pointer, from: Pointer, indexes: Pointer, count: number, at: number): number;
  /** Puts an empty page in before the page `at`. */
  _FPDFPage_New(document: Pointer, at: number, widthPt: number, heightPt: number): Pointer;
  /** `writer`: an FPDF_FILEWRITE; flag 2 writes the whole file anew. */
  _FPDF_SaveAsCopy(document: Pointer, writer: Pointer, flags: number): number;

  readonly wasmExports: Readonly<Record<string, unknown>> & {
    /** What a function pointer of PDFium is an index of. Its size is fixed. */
    readonly __indirect_function_table: WebAssembly.Table;
  };
}

/**
 * PDFium from the bytes of its .wasm file. One instance serves any number of documents, one after the other.
 * @throws WebAssembly.CompileError when the bytes are not a WebAssembly module.
 */
export const loadPdfium = async (wasmBinary: Uint8Array): Promise<PdfiumModule> => {
  const create = createPdfium as unknown as (options: { wasmBinary: Uint8Array }) => Promise<PdfiumModule>;
  const pdfium = await create({ wasmBinary });
  // The package wraps each function in checks that cost more than most of the functions do; called once per letter, that doubles the time of a page.
  for (const [name, call] of Object.entries(pdfium.wasmExports))
    if (`_${name}` in pdfium) Object.assign(pdfium, { [`_${name}`]: call });
  pdfium._FPDF_InitLibrary();
  return pdfium;
};

/** Runs `use` with a scratch buffer that is freed afterwards, whatever happens. */
export const withBuffer = <T>(pdfium: PdfiumModule, sizeBytes: number, use: (at: Pointer) => T): T => {
  const at = pdfium._malloc(sizeBytes);
  if (at === 0) throw new RangeError('PDFium is out of memory');
  try {
    return use(at);
  } finally {
    pdfium._free(at);
  }
};

/** Reads a UTF-16LE string by PDFium's usual protocol: `fill` answers the size in bytes with the final zero, and writes if there is room. */
export const readUtf16 = (pdfium: PdfiumModule, fill: (buffer: Pointer, sizeBytes: number) => number): string => {
  const sizeBytes = fill(0, 0);
  if (sizeBytes <= 2) return '';
  return withBuffer(pdfium, sizeBytes, (at) => {
    fill(at, sizeBytes);
    return new TextDecoder('utf-16le').decode(pdfium.HEAPU8.slice(at, at + sizeBytes - 2));
  });
};
