/** Files inside files: what is attached to a message and what is in an archive is converted too, each by itself. */
import { dirname, join } from 'node:path';
import { isContainer } from '../../functions/src/contracts/container.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import { AppError } from '../../functions/src/errors.ts';
import type { FileUnpacker } from '../../functions/src/ports.ts';
import { outputNames } from './output-names.ts';

/** Of containers in containers. */
const MAX_DEPTH = 2;
/** In all that one file on the command line holds. */
const MAX_FILES = 1000;

/** Where a document comes from: a file on the command line, or one inside it. */
export interface Origin {
  /** As typed, then the names inside: "package.zip/sow.pdf". */
  file: string;
  fileName: string;
  /** Among the files on the command line, or in its container. */
  index: number;
  container?: Container;
}

interface Container {
  origin: Origin;
  /** The names of all files in it. */
  fileNames: readonly string[];
}

export interface ContainedFile {
  origin: Origin;
  bytes: Uint8Array;
}

/** "package.zip" of "package.zip/mail.eml/sow.pdf". */
export const rootOf = (origin: Origin): Origin => (origin.container ? rootOf(origin.container.origin) : origin);

const depthOf = ({ container }: Origin): number => (container ? depthOf(container.origin) + 1 : 0);

/**
 * Gives the files in each document of one file on the command line, in their order; none for a document that is no container.
 *
 * @throws AppError FORMAT_UNSUPPORTED for files that are packed too deep or are too many: then none of that container comes.
 */
export const createUnpacker = (converter: FileUnpacker) => {
  let count = 0;
  return async (bytes: Uint8Array, origin: Origin, { mediaType }: Document): Promise<ContainedFile[]> => {
    if (!isContainer(mediaType)) return [];
    const { fileName } = origin;
    const files = await converter.unpack({ bytes, fileName });
    count += files.length;
    if (files.length > 0 && depthOf(origin) >= MAX_DEPTH) {
      const problem = `it stands in other files ${MAX_DEPTH} deep, and what is in it was not read`;
      throw new AppError('FORMAT_UNSUPPORTED', { fileName, problem, supported: 'such files when they are unpacked' });
    }
    if (count > MAX_FILES) {
      const problem = `more than ${MAX_FILES} files in one, and those in it were not read`;
      throw new AppError('FORMAT_UNSUPPORTED', {
        fileName,
        problem,
        supported: `up to ${MAX_FILES}; split the archive`,
      });
    }
    const fileNames = files.map((file) => file.fileName);
    return files.map((file, index) => ({
      origin: {
        file: `${origin.file}/${file.fileName}`,
        fileName: file.fileName,
        index,
        container: { origin, fileNames },
      },
      bytes: file.bytes,
    }));
  };
};

/** "out/package.md" → "out/package". Different results have different folders, and none has the name of a result. */
const folderBeside = (path: string): string => {
  const stem = path.replace(/\.md$/, '');
  return /(?:\.md|-files)$/i.test(stem) ? `${stem}-files` : stem;
};

/**
 * Where the Markdown goes. Results of a container's files stand in a folder beside its own; undefined stands for standard output.
 *
 * @param targets for each file on the command line
 * @param inputs absolute paths that must not be written over
 */
export const placeResults = (targets: readonly (string | undefined)[], inputs: readonly string[]) => {
  const targetOf = ({ index, container }: Origin): string | undefined => {
    if (!container) return targets[index];
    const beside = targetOf(container.origin);
    if (beside === undefined) return undefined;
    const folder = folderBeside(beside);
    const taken = inputs.filter((path) => dirname(path) === folder).map((path) => path.slice(folder.length + 1));
    return join(folder, outputNames(container.fileNames, 'md', taken)[index] ?? '');
  };
  return targetOf;
};
