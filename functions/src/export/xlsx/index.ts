import type { Analysis } from '../../contracts/analysis.ts';
import { analysisSheets } from './sheets.ts';
import { writeWorkbook } from './workbook.ts';

/** The compliance matrix as an Excel workbook. The same analysis gives the same bytes. */
export const toXlsx = (analysis: Analysis): Uint8Array => writeWorkbook('Compliance matrix', analysisSheets(analysis));
