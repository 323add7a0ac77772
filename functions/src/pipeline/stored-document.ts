/** A converted document as it was stored: Markdown and index of blocks, read once per process while they are in use. */
import { type Document, DocumentSchema } from '../contracts/document.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

export interface StoredDocumentRef {
  markdown: StoredObject;
  blockIndex: StoredObject;
}

type ReadDeps = Pick<PipelineDeps, 'objects' | 'settings'>;

/** What is in the block index: all but the Markdown. */
const BlockIndexSchema = DocumentSchema.omit({ markdown: true });

const MOST_DOCUMENTS = 16;
/** Of stored bytes; a parsed document takes a few times as much. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Entry {
  document: Promise<Document>;
  sizeBytes: number;
}

/** The longest unused goes first. A reading that fails is not kept. */
class RecentDocuments {
  readonly #entries = new Map<string, Entry>();

  get(key: string, sizeBytes: number, read: () => Promise<Document>): Promise<Document> {
    const entry = this.#entries.get(key) ?? { document: read(), sizeBytes };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.document.catch(() => this.#entries.delete(key));
    this.#forget();
    return entry.document;
  }

  #forget(): void {
    let bytes = [...this.#entries.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const [key, { sizeBytes }] of this.#entries) {
      if (this.#entries.size <= MOST_DOCUMENTS && bytes <= MOST_BYTES) return;
      this.#entries.delete(key);
      bytes -= sizeBytes;
    }
  }
}

const recentOf = new WeakMap<ObjectStore, RecentDocuments>();

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
  const recent = recentOf.get(deps.objects) ?? new RecentDocuments();
  recentOf.set(deps.objects, recent);
  const key = [ref.markdown, ref.blockIndex].map(({ object, generation }) => `${object}#${generation}`).join('|');
  return recent.get(key, ref.markdown.sizeBytes + ref.blockIndex.sizeBytes, () => readDocument(deps, ref));
};
