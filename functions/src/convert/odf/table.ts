/** Tables in texts and on slides (OpenDocument 1.3 part 3, 9). */
import type { RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, elementsOf } from '../ooxml/xml.ts';
import type { SpanCell } from '../span-table.ts';
import { buildSpanTable, toSpan } from '../span-table.ts';
import type { OdfReading } from './reading.ts';
import { allowedTimes } from './reading.ts';

/** Cells that a span covers are left out, repeated ones repeated. */
export const readTable = (reading: OdfReading, table: XmlElement): RootContent[] => {
  const rows = rowsOf(table).flatMap((row) => {
    const cells = readRow(reading, row);
    return repeated(reading, cells, toSpan(attribute(row, 'number-rows-repeated')), cells.length);
  });
  return buildSpanTable(
    rows.filter((cells) => cells.length > 0),
    hasHeader(reading, table),
  );
};

/** Groups of rows are inside one another; a table in a cell is none of them. */
const rowsOf = (parent: XmlElement): XmlElement[] =>
  elementsOf(parent).flatMap((element) => {
    if (element.name === 'table:table-row') return [element];
    return /^table:table-(?:header-rows|rows|row-group)$/.test(element.name) ? rowsOf(element) : [];
  });

const readRow = (reading: OdfReading, row: XmlElement): SpanCell[] =>
  elementsOf(row, 'table:table-cell').flatMap((element) => {
    const cell = {
      blocks: reading.readBlocks(elementsOf(element)),
      rowSpan: toSpan(attribute(element, 'number-rows-spanned')),
      columnSpan: toSpan(attribute(element, 'number-columns-spanned')),
    };
    return repeated(reading, [cell], toSpan(attribute(element, 'number-columns-repeated')), 1).flat();
  });

/** One after the other, as often as there is room; `cells`: how many each of them is. */
const repeated = <T>(reading: OdfReading, item: T, times: number, cells: number): T[] =>
  Array.from({ length: allowedTimes(reading, times, cells) }, () => item);

const hasHeader = (reading: OdfReading, table: XmlElement): boolean => {
  if (child(table, 'table:table-header-rows')) return true;
  if (attribute(table, 'use-first-row-styles') === 'true') return true;
  const [first] = rowsOf(table);
  const paragraphs = first ? descendants(first, 'text:p') : [];
  const named = paragraphs.map((paragraph) => reading.styles.get('paragraph', attribute(paragraph, 'style-name')).name);
  return named.length > 0 && named.every((name) => name === 'table heading');
};
