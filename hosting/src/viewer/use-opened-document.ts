import type { BlockIndex } from '../../../functions/src/contracts/document.ts';
import type { OpenedDocument } from '../data/document-files.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { type Called, useCall } from '../hooks/use-call.ts';
import { type BlockLookup, createBlockLookup } from './block-lookup.ts';
import { type Segment, segmentsOf } from './markdown/segments.ts';

export interface ReadDocument extends OpenedDocument {
  lookup: BlockLookup;
  segments: readonly Segment[];
  /** By page number, as they are printed. */
  labels: ReadonlyMap<number, string>;
}

const labelsOf = ({ pages }: BlockIndex): Map<number, string> =>
  new Map(pages.flatMap(({ pageNumber, pageLabel }) => (pageLabel === undefined ? [] : [[pageNumber, pageLabel]])));

const giveTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** In steps: for hundreds of pages each takes long enough to be felt, were the page held up by all of them at once. */
const readDocument = async (opened: OpenedDocument): Promise<ReadDocument> => {
  await giveTurn();
  const lookup = createBlockLookup(opened.index);
  await giveTurn();
  const segments = segmentsOf(opened.markdown, lookup.blocks);
  await giveTurn();
  return { ...opened, lookup, segments, labels: labelsOf(opened.index) };
};

/** Markdown and blocks of a document. `key`: opened anew when it changes. */
export const useOpenedDocument = (
  conversionId: string,
  key = '',
): { called: Called<ReadDocument>; again: () => void } => {
  const { documentFiles } = usePageData();
  return useCall(`${conversionId} ${key}`, async () => readDocument(await documentFiles.open(conversionId)));
};
