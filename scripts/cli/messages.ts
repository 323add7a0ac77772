/** Sentences for the person at the terminal, one line each. */
import { relative } from 'node:path';
import type { ConversionMessage, Document } from '../../functions/src/contracts/document.ts';
import type { AppError } from '../../functions/src/errors.ts';
import { pageRanges } from '../../functions/src/export/page-ranges.ts';

/** A file name may hold anything; control characters would let it write on the terminal as it likes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/g;

export const printable = (text: string): string => text.replace(CONTROL, '�');

export const errorLine = (error: AppError): string => `error: ${printable(error.publicMessage)} [${error.reason}]\n`;

/** A path as a person would type it: relative below the working folder, else absolute. */
export const shownPath = (path: string, workingFolder: string): string => {
  const short = relative(workingFolder, path);
  return printable(short === '' || short.startsWith('..') ? path : short);
};

export const plural = (count: number, singular: string): string => `${count} ${singular}${count === 1 ? '' : 's'}`;

/** "12 pages, 34,120 characters" */
export const extent = ({ pages, pageBasis, quality }: Document): string => {
  const characters = `${quality.characters.toLocaleString('en-US')} characters`;
  return pageBasis === 'none' ? characters : `${plural(pages.length, 'page')}, ${characters}`;
};

/** Nothing to read, and no page that OCR could help with: an empty file, or empty pages. */
const isWithoutText = ({ messages }: Document): boolean => messages.some(({ code }) => code === 'NO_TEXT');

export const isWhole = (document: Document): boolean =>
  document.pagesNeedingOcr.length === 0 && !isWithoutText(document);

/** What makes a result incomplete; shown even with --quiet. */
export const incompleteWarnings = (document: Document): string[] => {
  const { fileName, pagesNeedingOcr } = document;
  if (isWithoutText(document)) {
    return [`warning: no text was found in ${printable(fileName)}. Check that it is the right file. [NO_TEXT]\n`];
  }
  if (pagesNeedingOcr.length === 0) return [];
  const pages = `page${pagesNeedingOcr.length === 1 ? '' : 's'} ${pageRanges(pagesNeedingOcr)}`;
  return [`warning: ${printable(fileName)}: no text on ${pages}; OCR is needed. [PAGE_NEEDS_OCR]\n`];
};

const TOLD_AS_INCOMPLETE = ['NO_TEXT', 'PAGE_NEEDS_OCR'];

/** Messages and safety findings, one line for each code. */
export const conversionWarnings = ({ fileName, messages, safety }: Document): string[] => {
  const byCode = new Map<string, { first: Pick<ConversionMessage, 'text' | 'pageNumber'>; count: number }>();
  const shown = messages.filter(({ level, code }) => level !== 'info' && !TOLD_AS_INCOMPLETE.includes(code));
  for (const message of [...shown, ...safety]) {
    const known = byCode.get(message.code);
    if (known) known.count += 1;
    else byCode.set(message.code, { first: message, count: 1 });
  }
  return [...byCode].map(([code, { first, count }]) => {
    const page = first.pageNumber === undefined ? '' : `page ${first.pageNumber}: `;
    const more = count > 1 ? ` (and ${count - 1} more)` : '';
    return `warning: ${printable(`${fileName}: ${page}${first.text}`)}${more} [${code}]\n`;
  });
};
