/** A converted document as it was stored: Markdown and index of blocks, read once per process while they are in use. */
import { BlockIndexSchema, type Document } from '../contracts/document.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { recentObjectsOf } from './recent-objects.ts';

export interface StoredDocumentRef {
  markdown: StoredObject;
  blockIndex: StoredObject;
}

type ReadDeps = Pick<PipelineDeps, 'objects' | 'settings'>;

const recentDocuments = recentObjectsOf<Document>({ most: 16, mostBytes: 32 * 1024 * 1024 });

const readText = async ({ objects, settings }: ReadDeps, stored: StoredObject): Promise<string> => {
  const { object, generation, sizeBytes } = stored;
  const bytes = await objects.read({ bucket: settings.buckets.processed, object, generation, maxBytes: sizeBytes });
  if (bytes === null) throw new AppError('CONVERSION_NOT_FOUND');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};

const readDocument = async (deps: ReadDeps, { markdown, blockIndex }: StoredDocumentRef): Promise<Document> => {
  const [text, index] = await Promise.all([readText(deps, markdown), readText(deps, blockIndex)]);
  return { ...BlockIndexSchema.parse(JSON.parse(index)), markdown: text };
};

/**
 * The document is shared by all who read it in this process: nobody may change it.
 * @throws AppError CONVERSION_NOT_FOUND when either object is gone, STORAGE_UNAVAILABLE.
 */
export const readStoredDocument = (deps: ReadDeps, ref: StoredDocumentRef): Promise<Document> => {
  const key = [ref.markdown, ref.blockIndex].map(({ object, generation }) => `${object}#${generation}`).join('|');
  const sizeBytes = ref.markdown.sizeBytes + ref.blockIndex.sizeBytes;
  return recentDocuments(deps.objects).get(key, sizeBytes, () => readDocument(deps, ref));
};
