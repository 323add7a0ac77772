/** PDF to a source tree, by the geometry of its text layer. Pages without one are taken from text recognition, or named. */
import type { ConversionMessage } from '../../contracts/document.ts';
import { languageOf } from '../document-ai/page-facts.ts';
import { hiddenText } from '../hidden-text.ts';
import { layOutDocument } from '../lay-out-document.ts';
import type { ConvertInput, OnProgress, SourceTree } from '../source-tree.ts';
import { withForm } from './form-values.ts';
import { removeFurniture } from './furniture.ts';
import { readMetadata, readPageLabel } from './metadata.ts';
import { withDocument } from './open-document.ts';
import { readOutline } from './outline.ts';
import type { PageContent } from './page-model.ts';
import { noteMissingText, noteScannedPages, noteUntrustedText } from './pages-for-ocr.ts';
import type { PdfiumModule } from './pdfium.ts';
import { type OpenForm, readPage } from './read-page.ts';
import { createLookBudget } from './read-seen-text.ts';
import { type ReadResult, takeRecognised } from './recognised-pages.ts';
import { isMostlyTagged } from './tags/outside-content.ts';
import { createTagBudget } from './tags/read-page-tags.ts';
import { titleOf } from './title.ts';

const REPAIRED: ConversionMessage = {
  level: 'warning',
  code: 'FILE_REPAIRED',
  text: 'The index of the file was wrong and has been rebuilt. Compare the number of pages; parts may be missing.',
};

const readPages = (pdfium: PdfiumModule, open: OpenForm, count: number, onProgress?: OnProgress): ReadResult => {
  const result: ReadResult = { pages: [], contents: [], messages: [], safety: [], pagesNeedingOcr: [] };
  const budgets = { tags: createTagBudget(), looks: createLookBudget() };
  for (let index = 0; index < count; index++) {
    const pageNumber = index + 1;
    const content = readPage(pdfium, open, index, budgets);
    const label = readPageLabel(pdfium, open.document, index);
    const hasText = content !== undefined && content.segments.length > 0;
    result.pages.push({
      pageNumber,
      ...(label === '' ? {} : { pageLabel: label }),
      ...(content ? { widthPt: content.width, heightPt: content.height } : {}),
      source: hasText ? (isMostlyTagged(content.segments) ? 'tags' : 'text') : 'none',
    });
    if (!content) {
      result.pagesNeedingOcr.push(pageNumber);
      const text = `Page ${pageNumber} is damaged and cannot be read. Its words are missing.`;
      result.messages.push({ level: 'error', code: 'PAGE_UNREADABLE', pageNumber, text });
    } else {
      if (hasText) noteUntrustedText(content, result);
      else noteMissingText(content, result);
      for (const unseen of content.unseen ?? []) result.safety.push(hiddenText({ ...unseen, pageNumber }));
      result.contents.push(content);
    }
    onProgress?.(pageNumber, count);
  }
  return result;
};

const unreadableMessages = (contents: readonly PageContent[]): ConversionMessage[] =>
  contents.flatMap(({ unreadableCharacters, pageNumber }) =>
    unreadableCharacters === 0
      ? []
      : [
          {
            level: 'warning' as const,
            code: 'CHARACTERS_UNREADABLE',
            pageNumber,
            text: `Page ${pageNumber} has ${unreadableCharacters} characters whose font does not say what they are. They are shown as \ufffd or by a guess.`,
          },
        ],
  );

const annotationMessages = (contents: readonly PageContent[]): ConversionMessage[] => {
  const fields = contents.reduce((sum, { formFields }) => sum + (formFields ?? 0), 0);
  const comments = contents.reduce((sum, content) => sum + (content.comments ?? 0), 0);
  const messages: ConversionMessage[] = [];
  if (fields > 0) {
    const text = `Filled form fields read: ${fields}. Their values stand in the text where the form shows them.`;
    messages.push({ level: 'info', code: 'FORM_FIELDS_READ', text });
  }
  if (comments > 0) {
    const text = `Comments beside the text left out: ${comments}. Open the PDF to read them.`;
    messages.push({ level: 'warning', code: 'ANNOTATIONS_LEFT_OUT', text });
  }
  return messages;
};

/**
 * Reads the whole document, page by page; `onProgress` is called after each.
 * @throws AppError FILE_EMPTY, FILE_ENCRYPTED, FILE_DAMAGED
 */
export const fromPdf = (input: ConvertInput, pdfium: PdfiumModule, onProgress?: OnProgress): SourceTree => {
  const opened = withDocument(input, pdfium, (document, pageCount, isRepaired) => ({
    isRepaired,
    metadata: readMetadata(pdfium, document),
    outline: readOutline(pdfium, document),
    read: withForm(pdfium, document, (form) => readPages(pdfium, { document, form }, pageCount, onProgress)),
  }));
  const { metadata, isRepaired } = opened;
  const ownFurniture = removeFurniture(opened.read.contents);
  noteScannedPages(opened.read.contents, ownFurniture.pages, opened.read);
  const { read, recognised } = takeRecognised(opened.read, input.ocrPages ?? []);
  const furniture = recognised.length === 0 ? ownFurniture : removeFurniture(read.contents);
  const { root, runningLines } = layOutDocument(furniture, recognised, opened.outline);
  const title = titleOf(metadata, root);
  const language = recognised.length > read.pages.length / 2 ? languageOf(recognised) : undefined;
  return {
    root,
    pageBasis: 'pdf',
    pages: read.pages.map((page) => {
      const printed = furniture.printedNumbers.get(page.pageNumber);
      return page.pageLabel === undefined && printed !== undefined ? { ...page, pageLabel: printed } : page;
    }),
    runningLines,
    messages: [
      ...(isRepaired ? [REPAIRED] : []),
      ...read.messages,
      ...unreadableMessages(read.contents),
      ...annotationMessages(opened.read.contents),
    ],
    safety: read.safety,
    pagesNeedingOcr: read.pagesNeedingOcr,
    unreadableCharacters: read.contents.reduce((sum, content) => sum + content.unreadableCharacters, 0),
    metadata,
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
  };
};
