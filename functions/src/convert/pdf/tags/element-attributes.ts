/** The attributes of a structure element that tell how far a cell reaches (ISO 32000-1, 14.8.5.7). */
import { type PdfiumModule, type Pointer, withBuffer } from '../pdfium.ts';

const MAX_ATTRIBUTES = 16;
const MAX_SPAN = 200;
const NAMES = new TextEncoder().encode('RowSpan\0ColSpan\0');
const COLUMN_NAME_AT = 8;
const VALUE_AT = 16;

const toSpan = (value: number): number => (Number.isInteger(value) && value >= 1 ? Math.min(value, MAX_SPAN) : 1);

/** 1 where the element says nothing, or nothing sensible. */
export const readSpan = (pdfium: PdfiumModule, element: Pointer): { rowSpan: number; columnSpan: number } => {
  const count = Math.min(pdfium._FPDF_StructElement_GetAttributeCount(element), MAX_ATTRIBUTES);
  const span = { rowSpan: 1, columnSpan: 1 };
  if (count <= 0) return span;
  withBuffer(pdfium, VALUE_AT + 4, (at) => {
    pdfium.HEAPU8.set(NAMES, at);
    const read = (attributes: Pointer, name: Pointer): number => {
      const value = pdfium._FPDF_StructElement_Attr_GetValue(attributes, name);
      if (value === 0 || pdfium._FPDF_StructElement_Attr_GetNumberValue(value, at + VALUE_AT) === 0) return 1;
      return toSpan(pdfium.HEAPF32[(at + VALUE_AT) >> 2] ?? 1);
    };
    for (let index = 0; index < count; index++) {
      const attributes = pdfium._FPDF_StructElement_GetAttributeAtIndex(element, index);
      if (attributes === 0) continue;
      span.rowSpan = Math.max(span.rowSpan, read(attributes, at));
      span.columnSpan = Math.max(span.columnSpan, read(attributes, at + COLUMN_NAME_AT));
    }
  });
  return span;
};
