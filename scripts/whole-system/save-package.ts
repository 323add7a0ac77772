/** What came back from the system, in files: the same names and rules as `mdraft analyze`. */
import { basename, join, resolve } from 'node:path';
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import { EXPORTERS } from '../../functions/src/export/index.ts';
import type { PackageResult } from '../cli/analyze-package.ts';
import { createOutputFiles, type OutputFile } from '../cli/output-files.ts';
import { outputNames } from '../cli/output-names.ts';
import type { SentPackage } from './send-package.ts';

export type SavedPackage = Pick<PackageResult, 'analysis' | 'exports' | 'markdown' | 'kept'>;

const analysisOf = ({ exports }: SentPackage): Analysis | undefined => {
  const json = exports.find(({ format }) => format === 'json');
  return json && JSON.parse(new TextDecoder().decode(json.bytes));
};

/** `folder`: absolute. @throws AppError OUTPUT_UNWRITABLE; nothing is written then. */
export const savePackage = async (
  sent: SentPackage,
  folder: string,
  beforeNaming: () => Promise<void>,
): Promise<SavedPackage> => {
  const analysis = analysisOf(sent);
  const exports = sent.exports.map(({ format, bytes }) => ({
    format,
    content: bytes,
    path: join(folder, EXPORTERS[format].fileName),
  }));
  const documents = sent.documents.filter(({ markdown }) => markdown !== undefined);
  const reserved = Object.values(EXPORTERS).map(({ fileName }) => fileName);
  const names = outputNames(
    documents.map(({ file }) => basename(file)),
    'md',
    reserved,
  );
  const markdown = documents.map(({ file }, index) => ({ file, path: resolve(folder, names[index] ?? '') }));
  const files: OutputFile[] = [
    // In these people fill in owners, places and notes.
    ...exports.map(({ format, path, content }) => ({
      path,
      content,
      keepsPrevious: format === 'xlsx' || format === 'csv',
    })),
    ...markdown.map(({ path }, index) => ({ path, content: documents[index]?.markdown ?? '' })),
  ];
  const output = createOutputFiles();
  try {
    return {
      ...(analysis && { analysis }),
      exports: exports.map(({ format, path }) => ({ format, path })),
      markdown,
      kept: await output.writeTogether(files, beforeNaming),
    };
  } finally {
    await output.cleanUp();
  }
};
