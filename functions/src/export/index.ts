/** Every export, once: format → how its file is called and made. */
import type { Analysis } from '../contracts/analysis.ts';
import { toCsv } from './csv.ts';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { toXlsx } from './xlsx/index.ts';

export interface Exporter {
  /** Without the dot. */
  extension: string;
  fileName: string;
  /** Pure; text is to be written as UTF-8. */
  render(analysis: Analysis): string | Uint8Array;
}

export type ExportFormat = 'json' | 'xlsx' | 'csv' | 'md';

export const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  json: { extension: 'json', fileName: 'analysis.json', render: toJson },
  xlsx: { extension: 'xlsx', fileName: 'compliance-matrix.xlsx', render: toXlsx },
  csv: { extension: 'csv', fileName: 'compliance-matrix.csv', render: toCsv },
  md: { extension: 'md', fileName: 'compliance-matrix.md', render: toMarkdown },
};
