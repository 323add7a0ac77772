/** From a text object of the page to the structure element that holds it. */
import { type PdfiumModule, type Pointer, withBuffer } from '../pdfium.ts';
import { ARTIFACT, type PageTags, type Tag } from './tag-model.ts';

const NAME_BYTES = 32;
const LENGTH_AT = NAME_BYTES;
const ARTIFACT_NAME = 'Artifact';

/** Marked content that is no part of the document: running heads and feet, page numbers, ornaments (ISO 32000-1, 14.8.2.2). */
const isArtifact = (pdfium: PdfiumModule, object: Pointer): boolean => {
  const count = pdfium._FPDFPageObj_CountMarks(object);
  if (count <= 0) return false;
  return withBuffer(pdfium, NAME_BYTES + 4, (at) => {
    for (let index = 0; index < Math.min(count, 8); index++) {
      const mark = pdfium._FPDFPageObj_GetMark(object, index);
      pdfium._FPDFPageObjMark_GetName(mark, at, NAME_BYTES, at + LENGTH_AT);
      const sizeBytes = pdfium.HEAP32[(at + LENGTH_AT) >> 2] ?? 0;
      if (sizeBytes !== 2 * ARTIFACT_NAME.length + 2) continue;
      const bytes = pdfium.HEAPU8.slice(at, at + sizeBytes - 2);
      if (new TextDecoder('utf-16le').decode(bytes) === ARTIFACT_NAME) return true;
    }
    return false;
  });
};

/** `inForms`: objects of drawings that are placed on the page; the content ids in them are their own, not the page's. */
export const tagOfObject = (
  pdfium: PdfiumModule,
  tags: PageTags,
  inForms: ReadonlySet<Pointer>,
  object: Pointer,
): Tag | undefined => {
  if (tags.size === 0 || object === 0 || inForms.has(object)) return undefined;
  const id = pdfium._FPDFPageObj_GetMarkedContentID(object);
  if (id >= 0) return tags.get(id);
  return isArtifact(pdfium, object) ? ARTIFACT : undefined;
};
