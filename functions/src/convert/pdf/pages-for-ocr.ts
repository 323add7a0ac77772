/** Which pages have to be read by text recognition, and what their readers are told until then. */
import type { ConversionMessage } from '../../contracts/document.ts';
import type { PageContent } from './page-model.ts';
import type { ReadResult } from './recognised-pages.ts';
import { type Distrust, distrustOf } from './text-trust.ts';

/** Share of the page that the picture of a scan covers, */
const WHOLE_PAGE = 0.8;
/** and how many characters a stamp or a number on it has. */
const MOST_OF_A_STAMP = 60;

const WHY: Readonly<Record<Distrust, string>> = {
  unmapped: 'its fonts do not say what their letters are',
  garbled: 'its letters spell no words, so they are not those that the page shows',
  noise: 'what was once recognised on its picture is noise',
};

const warn = (result: ReadResult, code: string, pageNumber: number, text: string): void => {
  const message: ConversionMessage = { level: 'warning', code, pageNumber, text };
  result.pagesNeedingOcr.push(pageNumber);
  result.messages.push(message);
};

/** A page without any text. */
export const noteMissingText = ({ pageNumber, hasImage, hasPath }: PageContent, result: ReadResult): void => {
  if (hasImage || hasPath) {
    const text = `Page ${pageNumber} shows something but holds no text: it is a scan or a drawing. Its words are missing until it is read by OCR.`;
    warn(result, 'PAGE_NEEDS_OCR', pageNumber, text);
  } else result.messages.push({ level: 'info', code: 'PAGE_BLANK', pageNumber, text: `Page ${pageNumber} is blank.` });
};

/** A page whose text layer is not what it shows. Its text stays as it is. */
export const noteUntrustedText = (content: PageContent, result: ReadResult): void => {
  const why = distrustOf(content);
  if (why === undefined) return;
  const { pageNumber } = content;
  const text = `The text layer of page ${pageNumber} cannot be trusted: ${WHY[why]}. It is shown as it is until the page is read by OCR.`;
  warn(result, 'TEXT_LAYER_UNTRUSTED', pageNumber, text);
};

const isScan = ({ hasImage, pictureShare = 0 }: PageContent, cleaned: PageContent | undefined): boolean => {
  if (!hasImage || !cleaned) return false;
  const characters = cleaned.segments.reduce((sum, { text }) => sum + text.length, 0);
  return characters === 0 || (pictureShare >= WHOLE_PAGE && characters <= MOST_OF_A_STAMP);
};

/** A page that shows a picture and has only its running lines as text, or a few words on a picture of a page, is a scan that was bound in. */
export const noteScannedPages = (
  contents: readonly PageContent[],
  cleaned: readonly PageContent[],
  result: ReadResult,
): void => {
  contents.forEach((content, index) => {
    const { pageNumber, segments } = content;
    if (segments.length === 0 || result.pagesNeedingOcr.includes(pageNumber) || !isScan(content, cleaned[index]))
      return;
    const text = `Page ${pageNumber} shows a picture and holds hardly any text beside it. Its words are missing until it is read by OCR.`;
    warn(result, 'PAGE_NEEDS_OCR', pageNumber, text);
  });
  result.pagesNeedingOcr.sort((a, b) => a - b);
};
