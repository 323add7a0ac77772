/** PDF to a source tree, by the geometry of its text layer. Pages without one are taken from text recognition, or named. */
import type { ConversionMessage } from '../../contracts/document.ts';
import { languageOf } from '../document-ai/page-facts.ts';
import { layOutDocument } from '../lay-out-document.ts';
import type { ConvertInput, OnProgress, SourceTree } from '../source-tree.ts';
import { withForm } from './form-values.ts';
import { removeFurniture } from './furniture.ts';
import { readMetadata, readPageLabel } from './metadata.ts';
import { withDocument } from './open-document.ts';
import type { PageContent } from './page-model.ts';
import type { PdfiumModule } from './pdfium.ts';
import { type OpenForm, readPage } from './read-page.ts';
import { type ReadResult, takeRecognised } from './recognised-pages.ts';
import { titleOf } from './title.ts';

const REPAIRED: ConversionMessage = {
  level: 'warning',
  code: 'FILE_REPAIRED',
  text: 'The index of the file was wrong and has been rebuilt. Compare the number of pages; parts may be missing.',
};

const noteMissingText = (content: PageContent, result: ReadResult): void => {
  const { pageNumber } = content;
  if (content.hasImage || content.hasPath) {
    result.pagesNeedingOcr.push(pageNumber);
    result.messages.push({
      level: 'warning',
      code: 'PAGE_NEEDS_OCR',
      pageNumber,
      text: `Page ${pageNumber} shows something but holds no text: it is a scan or a drawing. Its words are missing until it is read by OCR.`,
    });
  } else result.messages.push({ level: 'info', code: 'PAGE_BLANK', pageNumber, text: `Page ${pageNumber} is blank.` });
};

const readPages = (
  pdfium: PdfiumModule,
  { document, form }: OpenForm,
  count: number,
  onProgress?: OnProgress,
): ReadResult => {
  const result: ReadResult = { pages: [], contents: [], messages: [], safety: [], pagesNeedingOcr: [] };
  for (let index = 0; index < count; index++) {
    const pageNumber = index + 1;
    const content = readPage(pdfium, { document, form }, index);
    const label = readPageLabel(pdfium, document, index);
    const hasText = content !== undefined && content.segments.length > 0;
    result.pages.push({
      pageNumber,
      ...(label === '' ? {} : { pageLabel: label }),
      ...(content ? { widthPt: content.width, heightPt: content.height } : {}),
      source: hasText ? 'text' : 'none',
    });
    if (!content) {
      result.pagesNeedingOcr.push(pageNumber);
      const text = `Page ${pageNumber} is damaged and cannot be read. Its words are missing.`;
      result.messages.push({ level: 'error', code: 'PAGE_UNREADABLE', pageNumber, text });
    } else {
      if (!hasText) noteMissingText(content, result);
      if (content.hiddenCharacters > 0)
        result.safety.push({
          code: 'HIDDEN_TEXT',
          pageNumber,
          text: `Page ${pageNumber} holds ${content.hiddenCharacters} characters that nobody can see. They were left out.`,
        });
      result.contents.push(content);
    }
    onProgress?.(pageNumber, count);
  }
  return result;
};

/** A page that shows a picture and has only its running lines as text is a scan that was bound in. */
const noteScannedPages = (
  contents: readonly PageContent[],
  cleaned: readonly PageContent[],
  result: ReadResult,
): void => {
  contents.forEach(({ pageNumber, hasImage, segments }, index) => {
    if (!hasImage || segments.length === 0 || cleaned[index]?.segments.length !== 0) return;
    result.pagesNeedingOcr.push(pageNumber);
    const text = `Page ${pageNumber} shows a picture and holds no text but its head and foot. Its words are missing until it is read by OCR.`;
    result.messages.push({ level: 'warning', code: 'PAGE_NEEDS_OCR', pageNumber, text });
  });
  result.pagesNeedingOcr.sort((a, b) => a - b);
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
            text: `Page ${pageNumber} has ${unreadableCharacters} characters whose font does not say what they are. They are shown as \ufffd.`,
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
    read: withForm(pdfium, document, (form) => readPages(pdfium, { document, form }, pageCount, onProgress)),
  }));
  const { metadata, isRepaired } = opened;
  const ownFurniture = removeFurniture(opened.read.contents);
  noteScannedPages(opened.read.contents, ownFurniture.pages, opened.read);
  const { read, recognised } = takeRecognised(opened.read, input.ocrPages ?? []);
  const furniture = recognised.length === 0 ? ownFurniture : removeFurniture(read.contents);
  const { root, runningLines } = layOutDocument(furniture, recognised);
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
