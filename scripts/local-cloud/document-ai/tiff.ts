/** How many pages a TIFF file has. */
import { invalidArgument } from './service-error.ts';

const ENTRY_BYTES = 12;

/** Follows the chain of image directories (TIFF 6.0, section 2). @throws ServiceError INVALID_ARGUMENT when it is broken. */
export const countTiffPages = (content: Uint8Array): number => {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const little = content[0] === 0x49;
  const seen = new Set<number>();
  try {
    for (let at = view.getUint32(4, little); at !== 0; ) {
      if (seen.has(at)) throw new RangeError('The chain of pages bites its tail.');
      seen.add(at);
      at = view.getUint32(at + 2 + view.getUint16(at, little) * ENTRY_BYTES, little);
    }
  } catch {
    throw invalidArgument('The document is damaged, protected, or not of its mime type.');
  }
  return seen.size;
};
