/** What of a workbook is not in its Markdown, said openly. */
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import { count, packageSafety } from '../ooxml/package-safety.ts';
import { child, elementsOf } from '../ooxml/xml.ts';
import type { Workbook } from './workbook.ts';

/** Sums over all sheets. */
export interface LeftOut {
  hiddenSheets: number;
  hiddenRows: number;
  hiddenColumns: number;
  hiddenCells: number;
  formulasWithoutValue: number;
  charts: number;
}

export const reportMessages = ({ office, sheets }: Workbook, leftOut: LeftOut): ConversionMessage[] => {
  const messages: ConversionMessage[] = [];
  const add = (level: ConversionMessage['level'], code: string, text: string) => messages.push({ level, code, text });
  const charts = leftOut.charts + sheets.filter(({ isWorksheet, isHidden }) => !isWorksheet && !isHidden).length;
  if (leftOut.formulasWithoutValue > 0) {
    const formulas = count(leftOut.formulasWithoutValue, 'formula');
    add('warning', 'FORMULAS_WITHOUT_VALUE', `${formulas} without a saved result; open the file in Excel and save it.`);
  }
  if (charts > 0) {
    add('warning', 'DRAWINGS_LEFT_OUT', `${count(charts, 'chart')} or diagrams left out; check them in the workbook.`);
  }
  const hidden = hiddenParts(leftOut);
  if (hidden.length > 0) add('warning', 'HIDDEN_PARTS_LEFT_OUT', `${hidden.join(', ')} of the workbook left out.`);
  const comments = office.names
    .filter((name) => /^xl\/comments[^/]*\.xml$|^xl\/comments\/[^/]+\.xml$/i.test(name))
    .reduce((sum, name) => sum + elementsOf(child(office.xml(name), 'commentList'), 'comment').length, 0);
  if (comments > 0) add('info', 'COMMENTS_LEFT_OUT', `${count(comments, 'comment')} of reviewers left out.`);
  return messages;
};

export const reportSafety = ({ office, unseen }: Workbook): SafetyFinding[] => {
  const parts = office.names.filter((name) => /^xl\/.*_rels\/[^/]+\.rels$/i.test(name));
  const relationships = parts.flatMap((name) => [
    ...office.relationships(name.replace(/_rels\/([^/]+)\.rels$/i, '$1')).values(),
  ]);
  return [...packageSafety(office, relationships, 'workbook'), ...unseen.findings()];
};

const hiddenParts = (leftOut: LeftOut): string[] => {
  const hidden = [
    [leftOut.hiddenSheets, 'sheet'],
    [leftOut.hiddenRows, 'row'],
    [leftOut.hiddenColumns, 'column'],
    [leftOut.hiddenCells, 'cell'],
  ] as const;
  return hidden.filter(([number]) => number > 0).map(([number, noun]) => count(number, `hidden ${noun}`));
};
