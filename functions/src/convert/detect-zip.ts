/** What a ZIP archive is, by what is in it. */
import { strFromU8, unzipSync } from 'fflate';
import { AppError } from '../errors.ts';

/** OpenDocument 1.3 part 2, 3.3: the media type stands alone in an entry of its own. */
const TYPES = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
} as const;
const TEMPLATE = /-(?:template|master)$/;
const LONGEST_TYPE_BYTES = 200;

type OpenDocumentFormat = (typeof TYPES)[keyof typeof TYPES];

/** @throws AppError FILE_DAMAGED if the archive has no readable directory. */
export const namesInZip = (bytes: Uint8Array, fileName: string): Set<string> => {
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: (file) => {
        names.add(file.name);
        return false;
      },
    });
  } catch (cause) {
    throw new AppError('FILE_DAMAGED', { fileName, problem: 'its ZIP directory is missing or unreadable' }, { cause });
  }
  return names;
};

const statedType = (bytes: Uint8Array): string => {
  try {
    const { mimetype } = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === 'mimetype' && originalSize <= LONGEST_TYPE_BYTES,
    });
    return mimetype ? strFromU8(mimetype).trim().replace(TEMPLATE, '') : '';
  } catch {
    return '';
  }
};

/** `named`: the format of the file's name, believed where the archive states no type. Undefined for drawings, formulas and the like. */
export const openDocumentType = (bytes: Uint8Array, named: string | undefined): OpenDocumentFormat | undefined => {
  const stated = statedType(bytes);
  if (stated === '') return Object.values(TYPES).find((format) => format === named);
  return Object.entries(TYPES).find(([type]) => type === stated)?.[1];
};
