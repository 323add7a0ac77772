/** What a page's annotations hold: values of form fields, notes written onto the page, and comments that are no part of its text. */
import type { UnseenReason } from '../../contracts/document.ts';
import type { Box } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import { type PdfiumModule, type Pointer, readUtf16, withBuffer } from './pdfium.ts';

/** Subtypes that are part of what the page says. */
const FREE_TEXT = 3;
const STAMP = 13;
const WIDGET = 20;
const WATERMARK = 24;
/** Subtypes that hold no words of their own: links, and the windows in which comments are shown. */
const LINK = 2;
const POPUP = 16;

/** Annotation flags: hidden, not shown on a screen. */
const UNSEEN = 0x02 | 0x20;
const PASSWORD = 1 << 13;
const CHECK_BOX = 2;
const RADIO_BUTTON = 3;
const WITH_VALUE = new Set([4, 5, 6]);

/** Zeroed, with a version in front, it asks for no callback at all. */
const FORM_INFO_BYTES = 512;
const FORM_INFO_VERSION = 1;

/** A value as the file states it, and where on the page it is shown. */
export interface FormValue {
  kind: 'text' | 'checked' | 'note';
  /** For a checked box the name of its field. */
  text: string;
  box: Box;
}

export interface PageAnnotations {
  values: FormValue[];
  /** Comments that say something. */
  comments: number;
  /** Values that the page does not show. */
  unseen: UnseenValue[];
}

interface UnseenValue {
  reason: UnseenReason;
  text: string;
}

/** Calls `use` with the document's form, 0 when it has none that can be read. */
export const withForm = <T>(pdfium: PdfiumModule, document: Pointer, use: (form: Pointer) => T): T =>
  withBuffer(pdfium, FORM_INFO_BYTES, (info) => {
    pdfium.HEAPU8.fill(0, info, info + FORM_INFO_BYTES);
    pdfium.HEAP32[info >> 2] = FORM_INFO_VERSION;
    const form = pdfium._FPDFDOC_InitFormFillEnvironment(document, info);
    try {
      return use(form);
    } finally {
      if (form !== 0) pdfium._FPDFDOC_ExitFormFillEnvironment(form);
    }
  });

const stringValue = (pdfium: PdfiumModule, annotation: Pointer, key: string): string => {
  const name = new TextEncoder().encode(`${key}\0`);
  return withBuffer(pdfium, name.length, (at) => {
    pdfium.HEAPU8.set(name, at);
    return readUtf16(pdfium, (buffer, size) => pdfium._FPDFAnnot_GetStringValue(annotation, at, buffer, size));
  });
};

const boxOf = (pdfium: PdfiumModule, annotation: Pointer, space: PageSpace, scratch: Pointer): Box => {
  pdfium._FPDFAnnot_GetRect(annotation, scratch);
  const at = scratch >> 2;
  const [left = 0, top = 0, right = 0, bottom = 0] = pdfium.HEAPF32.slice(at, at + 4);
  const xs = [shownX(space, left, top), shownX(space, right, bottom)];
  const ys = [shownY(space, left, top), shownY(space, right, bottom)];
  return { x0: Math.min(...xs), x1: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};

const valueOfField = (pdfium: PdfiumModule, form: Pointer, annotation: Pointer): Omit<FormValue, 'box'> | undefined => {
  const type = pdfium._FPDFAnnot_GetFormFieldType(form, annotation);
  if (type === CHECK_BOX || type === RADIO_BUTTON) {
    const state = stringValue(pdfium, annotation, 'AS');
    if (state === '' || state === 'Off') return undefined;
    const shown = readUtf16(pdfium, (at, size) =>
      pdfium._FPDFAnnot_GetFormFieldAlternateName(form, annotation, at, size),
    );
    const full = readUtf16(pdfium, (at, size) => pdfium._FPDFAnnot_GetFormFieldName(form, annotation, at, size));
    return { kind: 'checked', text: shown || (full.split('.').at(-1) ?? '') };
  }
  if (!WITH_VALUE.has(type) || (pdfium._FPDFAnnot_GetFormFieldFlags(form, annotation) & PASSWORD) !== 0)
    return undefined;
  const text = readUtf16(pdfium, (at, size) => pdfium._FPDFAnnot_GetFormFieldValue(form, annotation, at, size));
  return text.trim() === '' ? undefined : { kind: 'text', text };
};

const isButton = (pdfium: PdfiumModule, form: Pointer, annotation: Pointer): boolean => {
  const type = pdfium._FPDFAnnot_GetFormFieldType(form, annotation);
  return type === CHECK_BOX || type === RADIO_BUTTON;
};

const noteOf = (pdfium: PdfiumModule, annotation: Pointer): Omit<FormValue, 'box'> | undefined => {
  const text = stringValue(pdfium, annotation, 'Contents');
  return text.trim() === '' ? undefined : { kind: 'note', text };
};

interface Reading {
  pdfium: PdfiumModule;
  form: Pointer;
  space: PageSpace;
  scratch: Pointer;
}

/** Narrower or lower than this, in points, it shows nothing. */
const SMALLEST_PT = 1;

/** Why a value at this place is not seen. */
const whyUnseen = ({ x0, x1, top, bottom }: Box, { width, height }: PageSpace): UnseenReason | undefined => {
  if (x1 <= 0 || x0 >= width || bottom <= 0 || top >= height) return 'off_page';
  return x1 - x0 < SMALLEST_PT || bottom - top < SMALLEST_PT ? 'hidden' : undefined;
};

interface ReadAnnotation {
  /** It is to become part of the page. */
  keep: boolean;
  value?: FormValue;
  unseen?: UnseenValue;
  isComment?: boolean;
}

const readText = ({ pdfium, form, space, scratch }: Reading, annotation: Pointer, subtype: number): ReadAnnotation => {
  const hidden = (pdfium._FPDFAnnot_GetFlags(annotation) & UNSEEN) !== 0;
  const keep = !hidden && !(subtype === WIDGET && isButton(pdfium, form, annotation));
  if (subtype !== WIDGET && subtype !== FREE_TEXT) return { keep };
  const value = subtype === WIDGET ? valueOfField(pdfium, form, annotation) : noteOf(pdfium, annotation);
  if (!value) return { keep };
  const box = boxOf(pdfium, annotation, space, scratch);
  const reason = hidden ? 'hidden' : whyUnseen(box, space);
  if (reason === undefined) return { keep, value: { ...value, box } };
  return value.kind === 'checked' ? { keep: false } : { keep: false, unseen: { reason, text: value.text } };
};

/** What one annotation says. */
const readAnnotation = (reading: Reading, annotation: Pointer): ReadAnnotation => {
  const { pdfium } = reading;
  const subtype = pdfium._FPDFAnnot_GetSubtype(annotation);
  const isText = subtype === FREE_TEXT || subtype === STAMP || subtype === WIDGET || subtype === WATERMARK;
  if (isText) return readText(reading, annotation, subtype);
  const isComment = subtype !== LINK && subtype !== POPUP && noteOf(pdfium, annotation) !== undefined;
  return { keep: false, isComment };
};

/**
 * Reads the annotations of a page and makes those that are part of its text (filled fields, notes written onto it, stamps) ordinary
 * content of the page, in memory. Boxes and buttons are taken away, as their marks are letters of a picture font: a checked one is a value.
 * The page must be loaded again when `flattened` is true. `scratch` is a buffer of at least 32 bytes.
 */
export const takeAnnotations = (
  pdfium: PdfiumModule,
  form: Pointer,
  page: Pointer,
  space: PageSpace,
  scratch: Pointer,
): PageAnnotations & { flattened: boolean } => {
  const reading: Reading = { pdfium, form, space, scratch };
  const values: FormValue[] = [];
  const unseen: UnseenValue[] = [];
  let comments = 0;
  let kept = 0;
  for (let index = pdfium._FPDFPage_GetAnnotCount(page) - 1; index >= 0; index--) {
    const annotation = pdfium._FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    const { keep, value, unseen: left, isComment } = readAnnotation(reading, annotation);
    pdfium._FPDFPage_CloseAnnot(annotation);
    if (value) values.push(value);
    if (left) unseen.push(left);
    if (isComment) comments += 1;
    if (keep) kept += 1;
    else pdfium._FPDFPage_RemoveAnnot(page, index);
  }
  const flattened = kept > 0 && pdfium._FPDFPage_Flatten(page, 0) === 1;
  return { values: values.reverse(), comments, unseen: unseen.reverse(), flattened };
};
