/** The parts of a workbook that all its sheets share. */
import type { OfficePackage } from '../ooxml/package.ts';
import { mainPart, relatedPart } from '../ooxml/package.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import { createUnseenLog, type UnseenLog } from '../unseen-characters.ts';
import type { CellStyle } from './cell-styles.ts';
import { readCellStyles } from './cell-styles.ts';
import { readSharedStrings } from './string-items.ts';

export interface SheetEntry {
  name: string;
  part: string;
  isHidden: boolean;
  /** A sheet of cells; the others are charts, dialogs and macros of old versions. */
  isWorksheet: boolean;
}

export interface Workbook {
  office: OfficePackage;
  /** In the order of their tabs. */
  sheets: readonly SheetEntry[];
  strings: readonly string[];
  styleOf(index: number): CellStyle;
  unseen: UnseenLog;
}

/** Throws FILE_DAMAGED. */
export const readWorkbook = (office: OfficePackage): Workbook => {
  const main = mainPart(office, 'xl/workbook.xml', 'the ZIP archive has no Excel workbook in it');
  const root = office.xml(main);
  const relationships = office.relationships(main);
  const date1904 = /^(?:1|true|on)$/.test(attribute(child(root, 'workbookPr'), 'date1904') ?? '');
  const sheets = elementsOf(child(root, 'sheets'), 'sheet').flatMap((sheet): SheetEntry[] => {
    const target = relationships.get(attribute(sheet, 'id') ?? '');
    if (!target || target.external) return [];
    return [
      {
        name: attribute(sheet, 'name') ?? '',
        part: target.target,
        isHidden: /^(?:hidden|veryHidden)$/.test(attribute(sheet, 'state') ?? ''),
        isWorksheet: target.type === 'worksheet',
      },
    ];
  });
  return {
    office,
    sheets,
    strings: readSharedStrings(office, relatedPart(relationships, 'sharedStrings')),
    unseen: createUnseenLog(),
    styleOf: readCellStyles(office.xml(relatedPart(relationships, 'styles') ?? 'xl/styles.xml'), date1904),
  };
};
