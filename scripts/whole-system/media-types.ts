/** What a client declares of a file. */
import { extname } from 'node:path';
import formats from '../../functions/src/pipeline/upload-formats.json' with { type: 'json' };

/** By its extension, as a browser does it; the service looks at the bytes. */
export const mediaTypeOf = (fileName: string): string => {
  const extension = extname(fileName).toLowerCase();
  const format = Object.values(formats).find(({ extensions }) => extensions.includes(extension));
  return format?.mediaTypes[0] ?? 'application/octet-stream';
};
