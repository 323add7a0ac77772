/** What came back from the system, in files: the same names and rules as `mdraft analyze`. */
import { basename, join, resolve } from 'node:path';
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { NotRead } from '../../functions/src/contracts/run.ts';
import { EXPORTERS } from '../../functions/src/export/index.ts';
import { withMissingFiles } from '../../functions/src/export/missing-files.ts';
import type { PackageResult } from '../cli/analyze-package.ts';
import { createOutputFiles, type OutputFile } from '../cli/output-files.ts';
import { outputNames } from '../cli/output-names.ts';
import type { SentPackage } from './send-package.ts';

export type SavedPackage = Pick<PackageResult, 'analysis' | 'exports' | 'markdown' | 'kept'>;

const analysisOf = ({ exports }: SentPackage, missing: readonly NotRead[]): Analysis | undefined => {
  const json = exports.find(({ format }) => format === 'json');
  return json && withMissingFiles(JSON.parse(new TextDecoder().decode(json.bytes)), missing);
};

/**
 * `missing`: of the package, but not of the run. Then the exports are made anew, so that none of them, the JSON neither, calls
 * itself complete. `folder`: absolute.
 * @throws AppError OUTPUT_UNWRITABLE; nothing is written then.
 */
export const savePackage = async (
  sent: SentPackage,
  folder: string,
  missing: readonly NotRead[],
  beforeNaming: () => Promise<void>,
): Promise<SavedPackage> => {
  const analysis = analysisOf(sent, missing);
  const isIncomplete = missing.length > 0;
  const exports = sent.exports.map(({ format, bytes }) => ({
    format,
    content: analysis && isIncomplete ? EXPORTERS[format].render(analysis) : bytes,
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
