/** Text boxes and charts that lie on a sheet. */
import type { Paragraph } from 'mdast';
import { relatedPart } from '../ooxml/package.ts';
import { descendants, textOf } from '../ooxml/xml.ts';
import type { FileSheet } from './read-sheet.ts';
import type { Workbook } from './workbook.ts';

export interface Drawing {
  paragraphs: Paragraph[];
  /** Charts and diagrams, whose text is in parts that are not read. */
  charts: number;
}

export const readDrawing = ({ office }: Workbook, sheet: FileSheet): Drawing => {
  const part = relatedPart(sheet.relationships, 'drawing');
  const root = part === undefined ? undefined : office.xml(part);
  if (!root) return { paragraphs: [], charts: 0 };
  const paragraphs = descendants(root, 'xdr:txBody')
    .flatMap((body) => descendants(body, 'a:p'))
    .map((paragraph) => descendants(paragraph, 'a:t').map(textOf).join(''))
    .filter((text) => text.trim() !== '')
    .map((value): Paragraph => ({ type: 'paragraph', children: [{ type: 'text', value }] }));
  return { paragraphs, charts: descendants(root, 'xdr:graphicFrame').length };
};
