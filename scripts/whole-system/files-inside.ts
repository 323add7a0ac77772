/** What is in the archives and mails of a package, as the service converted it. */
import type { Client } from '../../functions/src/contracts/client.ts';
import type { ConversionView } from '../../functions/src/contracts/conversion.ts';
import { conversionsSettled } from './conversions-settled.ts';

interface Outer {
  /** As the person named it, then the names inside: "package.zip/sow.pdf". */
  file: string;
  conversion?: ConversionView;
}

/** Each file, and after it those that are in it. @throws ApiError, and an abort of `signal`. */
export const withFilesInside = async <File extends Outer>(
  client: Client,
  files: readonly File[],
  sentFile: (file: string, conversionId: string, settled: ReadonlyMap<string, ConversionView>) => File,
  signal: AbortSignal,
): Promise<File[]> => {
  const childrenOf = ({ conversion }: File): readonly string[] => conversion?.children ?? [];
  const ids = files.flatMap(childrenOf);
  if (ids.length === 0) return [...files];
  const settled = await conversionsSettled(client, ids, signal);
  const all: File[] = [];
  for (const file of files) {
    const inside = childrenOf(file).map((conversionId) =>
      sentFile(`${file.file}/${settled.get(conversionId)?.fileName ?? conversionId}`, conversionId, settled),
    );
    all.push(file, ...(await withFilesInside(client, inside, sentFile, signal)));
  }
  return all;
};
