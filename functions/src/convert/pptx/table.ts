/** DrawingML tables (ECMA-376 part 1, 21.1.3). */
import type { RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import type { SpanCell } from '../span-table.ts';
import { buildSpanTable, toSpan } from '../span-table.ts';
import type { PptxReading } from './reading.ts';
import { readTextBody } from './text-body.ts';

export const readTable = (reading: PptxReading, table: XmlElement): RootContent[] => {
  const rows = elementsOf(table, 'a:tr').map((row) =>
    elementsOf(row, 'a:tc')
      .filter((cell) => !isOn(cell, 'hMerge') && !isOn(cell, 'vMerge'))
      .map(
        (cell): SpanCell => ({
          blocks: readTextBody(reading, child(cell, 'a:txBody'), []),
          rowSpan: toSpan(attribute(cell, 'rowSpan')),
          columnSpan: toSpan(attribute(cell, 'gridSpan')),
        }),
      ),
  );
  return buildSpanTable(rows, isOn(child(table, 'a:tblPr'), 'firstRow'));
};

const isOn = (element: XmlElement | undefined, name: string): boolean =>
  /^(?:1|true)$/.test(attribute(element, name) ?? '');
