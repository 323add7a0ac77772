/** What is said about recognised pages beside their text. */
import type { ConversionMessage, Page } from '../../contracts/document.ts';
import type { OcrPage } from '../../contracts/ocr.ts';

/** Below this the words of a page are to be compared with its picture. */
const LOW_CONFIDENCE = 0.6;

export const isBlank = ({ paragraphs, tables }: OcrPage): boolean =>
  tables.length === 0 && paragraphs.every(({ lines }) => lines.length === 0);

/** By letters; undefined for a page without lines. */
const confidenceOf = ({ paragraphs }: OcrPage): number | undefined => {
  const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
  const letters = lines.reduce((sum, { text }) => sum + text.length, 0);
  const weighted = lines.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
  return letters === 0 ? undefined : weighted / letters;
};

/** PAGE_BLANK or OCR_LOW_CONFIDENCE, if either holds. */
export const messagesOf = (page: OcrPage): ConversionMessage[] => {
  const { pageNumber } = page;
  if (isBlank(page)) return [{ level: 'info', code: 'PAGE_BLANK', pageNumber, text: `Page ${pageNumber} is blank.` }];
  const confidence = confidenceOf(page);
  if (confidence === undefined || confidence >= LOW_CONFIDENCE) return [];
  const text = `Page ${pageNumber} is hard to read: text recognition is only ${Math.round(confidence * 100)} % sure of it. Compare it with the original.`;
  return [{ level: 'warning', code: 'OCR_LOW_CONFIDENCE', pageNumber, text }];
};

/** The one that most pages are in. */
export const languageOf = (pages: readonly OcrPage[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const { language } of pages) if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
};

/** [1, 2, 3, 7] → "1–3, 7". `pageNumbers` in order, each once. */
const rangesOf = (pageNumbers: readonly number[]): string => {
  const starts = pageNumbers.filter((page, index) => pageNumbers[index - 1] !== page - 1);
  const ends = pageNumbers.filter((page, index) => pageNumbers[index + 1] !== page + 1);
  return starts.map((from, index) => (from === ends[index] ? `${from}` : `${from}–${ends[index]}`)).join(', ');
};

/** TEXT_RECOGNISED, once, for a document with pages that were. */
export const recognitionNote = (pages: readonly Page[]): ConversionMessage[] => {
  const recognised = pages.filter(({ source }) => source === 'ocr').map(({ pageNumber }) => pageNumber);
  if (recognised.length === 0) return [];
  const [subject, verb] = recognised.length === 1 ? ['Page', 'was'] : ['Pages', 'were'];
  const text = `${subject} ${rangesOf(recognised)} ${verb} read by text recognition. Compare what matters with the original.`;
  return [{ level: 'info', code: 'TEXT_RECOGNISED', text }];
};
