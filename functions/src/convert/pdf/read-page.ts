/** Reads one page: its text as segments, its rules, and what else is on it. The page is closed again on every path. */
import { checkBoxes } from './check-boxes.ts';
import { bulletSegments } from './drawn-bullets.ts';
import { type PageAnnotations, takeAnnotations } from './form-values.ts';
import type { PageContent } from './page-model.ts';
import { readPageSpace } from './page-space.ts';
import { type PdfiumModule, type Pointer, withBuffer } from './pdfium.ts';
import { readDrawing } from './read-rules.ts';
import { type LookBudget, readSeenText } from './read-seen-text.ts';
import { readPageTags, type TagBudget } from './tags/read-page-tags.ts';
import type { Tag } from './tags/tag-model.ts';
import { tagOfObject } from './tags/tag-of-object.ts';
import { withUnseenValues } from './unseen-text.ts';
import { valueSegments } from './value-segments.ts';

const SCRATCH_BYTES = 64;
/** A page with more lines or dots than any table or list has is a drawing: they say nothing about its text. */
const MAX_RULES = 8000;
const MAX_DOTS = 1000;

const NO_ANNOTATIONS: PageAnnotations = { values: [], comments: 0, unseen: [] };

/** A page once its filled fields and notes are part of its text; 0 when PDFium cannot load it. */
const loadWithAnnotations = (
  pdfium: PdfiumModule,
  { document, form }: OpenForm,
  index: number,
): { page: Pointer; annotations: PageAnnotations } => {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0 || pdfium._FPDFPage_GetAnnotCount(page) === 0) return { page, annotations: NO_ANNOTATIONS };
  const annotations = withBuffer(pdfium, SCRATCH_BYTES, (scratch) =>
    takeAnnotations(pdfium, form, page, readPageSpace(pdfium, page, scratch), scratch),
  );
  if (!annotations.flattened) return { page, annotations };
  pdfium._FPDF_ClosePage(page);
  return { page: pdfium._FPDF_LoadPage(document, index), annotations };
};

export interface OpenForm {
  document: Pointer;
  /** 0 when there is none. */
  form: Pointer;
}

/** What may still be spent on one document. */
export interface ReadBudgets {
  tags: TagBudget;
  looks: LookBudget;
}

/** `undefined` when PDFium cannot load the page. */
export const readPage = (
  pdfium: PdfiumModule,
  open: OpenForm,
  index: number,
  budgets: ReadBudgets,
): PageContent | undefined => {
  const { page, annotations } = loadWithAnnotations(pdfium, open, index);
  if (page === 0) return undefined;
  try {
    return withBuffer(pdfium, SCRATCH_BYTES, (scratch) => {
      const space = readPageSpace(pdfium, page, scratch);
      const drawing = readDrawing(pdfium, page, space, scratch);
      const { hasImage, hasPath, painted, textsInForms } = drawing;
      const rules = drawing.rules.length > MAX_RULES ? [] : drawing.rules;
      const dots = drawing.dots.length > MAX_DOTS ? [] : drawing.dots;
      const tags = readPageTags(pdfium, page, budgets.tags);
      const tagOf = (object: Pointer): Tag | undefined => tagOfObject(pdfium, tags, textsInForms, object);
      const text = readSeenText(pdfium, page, space, scratch, {
        rules,
        tagOf,
        painted,
        textsInForms,
        budget: budgets.looks,
      });
      const { unseen, textLayer, unreadableCharacters } = text;
      const boxes = checkBoxes(dots, drawing.strokes, text.segments);
      return {
        pageNumber: index + 1,
        width: space.width,
        height: space.height,
        rules,
        hasImage,
        hasPath,
        pictureShare: painted.pictureShare,
        unseen: withUnseenValues(unseen, annotations.unseen),
        textLayer,
        unreadableCharacters,
        segments: [
          ...boxes.segments,
          ...bulletSegments(boxes.dots, boxes.segments),
          ...valueSegments(annotations.values, text.segments),
        ],
        formFields: annotations.values.filter(({ kind }) => kind !== 'note').length,
        comments: annotations.comments,
      };
    });
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
};
