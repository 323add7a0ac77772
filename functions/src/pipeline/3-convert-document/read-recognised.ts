/** What text recognition made of the pages of a scan, and which of them it could not read. */
import type { Conversion, OcrShard } from '../../contracts/conversion.ts';
import type { ConversionMessage } from '../../contracts/document.ts';
import { type OcrPage, OcrPageSchema } from '../../contracts/ocr.ts';
import { pageRanges } from '../../export/page-ranges.ts';
import { mapBounded } from '../map-bounded.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';

const READ_AT_ONCE = 4;
const PagesSchema = OcrPageSchema.array();

/** Null for a shard without a result. */
const pagesOf = async (
  { objects, settings }: Pick<PipelineDeps, 'objects' | 'settings'>,
  { state, output }: OcrShard,
): Promise<OcrPage[] | null> => {
  if (state !== 'done' || output === undefined) return null;
  const { object, generation, sizeBytes } = output;
  const bytes = await objects.read({ bucket: settings.buckets.processed, object, generation, maxBytes: sizeBytes });
  return bytes === null ? null : PagesSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
};

const lostPages = ({ pageNumbers }: OcrShard): ConversionMessage => {
  const [first] = pageNumbers;
  const pages = pageNumbers.length === 1 ? `page ${first}` : `pages ${pageRanges(pageNumbers)}`;
  return {
    level: 'error',
    code: 'OCR_FAILED',
    ...(first === undefined ? {} : { pageNumber: first }),
    text: `Text recognition failed for ${pages}. Their words are missing from the result.`,
  };
};

/** `messages`: one for each shard without a result. @throws AppError STORAGE_UNAVAILABLE, STATE_UNAVAILABLE. */
export const readRecognised = async (
  deps: Pick<PipelineDeps, 'conversions' | 'objects' | 'settings'>,
  conversion: Conversion,
): Promise<{ ocrPages: OcrPage[]; messages: ConversionMessage[] }> => {
  const { ocr } = conversion;
  const shards = ocr === undefined ? [] : await deps.conversions.listShards(conversion, ocr.attempt);
  const found = await mapBounded(shards, READ_AT_ONCE, (shard) => pagesOf(deps, shard));
  return {
    ocrPages: found.flatMap((pages) => pages ?? []),
    messages: shards.filter((_, index) => found[index] === null).map(lostPages),
  };
};
