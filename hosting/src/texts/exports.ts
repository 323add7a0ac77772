import type { OperationInput } from '../../../functions/src/contracts/operations.ts';
import { words } from './words.ts';

export type ExportFormat = OperationInput<'exportRun'>['format'];

/** In the order of their buttons: what a proposal manager opens first stands first. */
const formats: Readonly<Record<ExportFormat, string>> = { xlsx: 'Excel', csv: 'CSV', json: 'JSON', md: 'Markdown' };

const allRows = (rows: number): string => (rows === 1 ? 'the one row' : `all ${words.count(rows)} rows`);

export const exportMenu = {
  group: 'Export',
  /** After the label, where there is room. */
  all: ' all',
  /** Begins with the label that is seen. */
  groupOfAll: (rows: number) => `Export all rows (${words.count(rows)})`,
  hint: (rows: number) => `A file has ${allRows(rows)}, whatever is searched or filtered here.`,
  formats,
  making: (format: ExportFormat) => `The ${formats[format]} file is being made …`,
  made: (fileName: string, rows: number | undefined) =>
    `${fileName} goes to your downloads${rows === undefined ? '' : `, with ${allRows(rows)}`}.`,
  failed: (format: ExportFormat, why: string) => `No ${formats[format]} file: ${why}`,
} as const;
