/** The files inside a file: what they are called, and whether they can be read. */
import { plainFileName } from '../contracts/file-name.ts';
import { AppError } from '../errors.ts';
import { detectFormat, type Format } from './detect-format.ts';
import type { UnpackedFile } from './source-tree.ts';

/** Undefined if it is in no format that is read, empty, damaged or encrypted: whoever converts it is told which. */
export const readableFormat = ({ bytes, fileName }: UnpackedFile): Format | undefined => {
  try {
    return detectFormat(bytes, fileName);
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
};

/** File systems of macOS and Windows take these for one name. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/** Gives plain names, each once: "a/sow.pdf", "b/sow.pdf" → "sow.pdf", "sow-2.pdf". */
export const createFileNames = (): ((path: string) => string) => {
  const used = new Set<string>();
  const numbers = new Map<string, number>();
  return (path) => {
    const plain = plainFileName(path).replace(/^\.+/, '').trim() || 'document';
    const dot = plain.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, ''];
    let name = plain;
    let number = numbers.get(folded(plain)) ?? 2;
    for (; used.has(folded(name)); number += 1) name = `${stem}-${number}${ending}`;
    numbers.set(folded(plain), number);
    used.add(folded(name));
    return name;
  };
};

const KILOBYTE = 1024;

/** "812 bytes", "14.2 KB", "3.0 MB" */
export const shownSize = (sizeBytes: number): string => {
  if (sizeBytes < KILOBYTE) return `${sizeBytes} byte${sizeBytes === 1 ? '' : 's'}`;
  const kilobytes = sizeBytes / KILOBYTE;
  return kilobytes < KILOBYTE ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / KILOBYTE).toFixed(1)} MB`;
};
