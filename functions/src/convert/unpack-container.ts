/** What is in a mail or an archive, each file by itself. */
import { AppError } from '../errors.ts';
import { type Format, labelOf } from './detect-format.ts';
import type { ConvertLimits, UnpackedFile, UnpackInput } from './source-tree.ts';

/** @throws AppError what reading the container throws; FORMAT_UNSUPPORTED for a format that holds no files. */
export const unpackContainer = async (
  input: UnpackInput,
  format: Format,
  limits: ConvertLimits,
): Promise<UnpackedFile[]> => {
  switch (format) {
    case 'eml': {
      const { isSavedPage, readEml } = await import('./mail/read-eml.ts');
      if (isSavedPage(input.bytes, input.fileName)) return [];
      return (await readEml(input.bytes, input.fileName)).attachments;
    }
    case 'msg':
      return (await import('./mail/read-msg.ts')).readMsg(input.bytes, input.fileName).attachments;
    case 'zip':
      return (await import('./archive/unpack-zip.ts')).unpackZip(input, limits);
    default:
      throw new AppError('FORMAT_UNSUPPORTED', {
        fileName: input.fileName,
        problem: `${labelOf(format)} has no files to take out`,
        supported: 'the files in e-mail messages and in ZIP archives',
      });
  }
};
