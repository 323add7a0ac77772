import type { OperationInput } from '../../../functions/src/contracts/operations.ts';

export type ExportFormat = OperationInput<'exportRun'>['format'];

/** In the order of their buttons: what a proposal manager opens first stands first. */
const formats: Readonly<Record<ExportFormat, string>> = { xlsx: 'Excel', csv: 'CSV', json: 'JSON', md: 'Markdown' };

export const exportMenu = {
  group: 'Export',
  formats,
  making: (format: ExportFormat) => `The ${formats[format]} file is being made …`,
  made: (fileName: string) => `${fileName} goes to your downloads.`,
  failed: (format: ExportFormat, why: string) => `No ${formats[format]} file: ${why}`,
} as const;
