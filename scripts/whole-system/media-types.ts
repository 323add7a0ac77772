/** What a client declares of a file. */
import { extname } from 'node:path';
import { detectFormat, mediaTypeOf as mediaTypeOfFormat } from '../../functions/src/convert/detect-format.ts';
import formats from '../../functions/src/pipeline/upload-formats.json' with { type: 'json' };

const UNKNOWN = 'application/octet-stream';

/** By its extension, as a browser does it; the service looks at the bytes. */
export const mediaTypeOf = (fileName: string): string => {
  const extension = extname(fileName).toLowerCase();
  const format = Object.values(formats).find(({ extensions }) => extensions.includes(extension));
  return format?.mediaTypes[0] ?? UNKNOWN;
};

/** Where the name says nothing ("README"), what its bytes say; what cannot be read, the service refuses. */
export const declaredTypeOf = (fileName: string, bytes: Uint8Array): string => {
  const named = mediaTypeOf(fileName);
  if (named !== UNKNOWN) return named;
  try {
    return mediaTypeOfFormat(detectFormat(bytes, fileName));
  } catch {
    return UNKNOWN;
  }
};
