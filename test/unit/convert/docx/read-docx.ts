/** A small Word file to its tree and its Markdown, for tests. */
import { fromDocx } from '../../../../functions/src/convert/docx/index.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import type { DocxParts } from './build-docx.ts';
import { buildDocx } from './build-docx.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };

export const read = (parts: DocxParts) => fromDocx({ bytes: buildDocx(parts), fileName: 'a.docx' }, limits);
export const write = (parts: DocxParts): string => toMarkdown(read(parts), 'd0').markdown;
