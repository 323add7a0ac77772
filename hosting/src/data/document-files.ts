/** The files of a converted document, by signed URLs. The documents opened last stay in memory, and nowhere else. */
import { ApiError, type Client } from '../../../functions/src/contracts/client.ts';
import type { BlockIndex } from '../../../functions/src/contracts/document.ts';
import type { OperationResponse } from '../../../functions/src/contracts/operations.ts';
import type { Session } from './session.ts';
import type { Readable } from './store.ts';

export interface OpenedDocument {
  markdown: string;
  index: BlockIndex;
}

export interface DocumentFiles {
  /** @throws ApiError CONVERSION_NOT_FOUND, CONVERSION_NOT_READY, NO_ANSWER. */
  open(conversionId: string): Promise<OpenedDocument>;
  /** The bytes as they were uploaded, asked for with the first call. They are the cache's: copy them before giving them away. @throws ApiError */
  original(conversionId: string): Promise<ArrayBuffer>;
}

type SignedUrls = OperationResponse<'openDocument'>;
type FileName = 'markdown' | 'blocks' | 'original';

const MOST_DOCUMENTS = 3;
/** A URL that ends sooner is asked for anew, so that it lasts until the answer begins. */
const SPARE_MILLISECONDS = 30_000;

interface Entry {
  urls: Promise<SignedUrls> | null;
  opened: Promise<OpenedDocument> | null;
  original: Promise<ArrayBuffer> | null;
}

const noAnswer = (status: number, cause?: unknown): ApiError =>
  new ApiError(
    { code: 'unavailable', reason: 'NO_ANSWER', message: 'The file does not arrive. Try again.', details: {} },
    { status, retryAfterSeconds: null, requestId: null },
    { cause },
  );

/** What storage answers when a signature has expired, or is not valid any more. */
const isRefusedUrl = (status: number): boolean => status === 400 || status === 401 || status === 403;

export interface DocumentFilesDeps {
  api: Pick<Client, 'openDocument'>;
  session: Readable<Session>;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  now?: () => number;
}

export const createDocumentFiles = ({
  api,
  session,
  fetch: fetchFrom = (url, init) => fetch(url, init),
  now = Date.now,
}: DocumentFilesDeps): DocumentFiles => {
  /** The one used last stands last. */
  const entries = new Map<string, Entry>();
  let owner = '';

  const entryOf = (conversionId: string): Entry => {
    const current = session.get();
    const uid = 'uid' in current ? current.uid : '';
    // What somebody else has opened before is not shown to who comes after.
    if (uid !== owner) entries.clear();
    owner = uid;
    const entry = entries.get(conversionId) ?? { urls: null, opened: null, original: null };
    entries.delete(conversionId);
    entries.set(conversionId, entry);
    for (const oldest of [...entries.keys()].slice(0, -MOST_DOCUMENTS)) entries.delete(oldest);
    return entry;
  };

  const askUrls = (entry: Entry, conversionId: string): Promise<SignedUrls> => {
    const asked = api.openDocument({ conversionId });
    entry.urls = asked;
    asked.catch(() => {
      if (entry.urls === asked) entry.urls = null;
    });
    return asked;
  };

  const urlOf = async (entry: Entry, conversionId: string, name: FileName): Promise<string> => {
    const known = (await entry.urls)?.[name];
    if (known && Date.parse(known.expiresAt) - now() > SPARE_MILLISECONDS) return known.url;
    return (await askUrls(entry, conversionId))[name].url;
  };

  const get = async (url: string): Promise<Response> =>
    fetchFrom(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(
      (thrown: unknown) => {
        throw noAnswer(0, thrown);
      },
    );

  const load = async (entry: Entry, conversionId: string, name: FileName): Promise<Response> => {
    const first = await get(await urlOf(entry, conversionId, name));
    if (first.ok) return first;
    if (!isRefusedUrl(first.status)) throw noAnswer(first.status);
    const second = await get((await askUrls(entry, conversionId))[name].url);
    if (!second.ok) throw noAnswer(second.status);
    return second;
  };

  /** An answer that breaks off is no answer either. */
  const read = async <T>(answer: Promise<Response>, take: (response: Response) => Promise<T>): Promise<T> => {
    const response = await answer;
    return take(response).catch((thrown: unknown) => {
      throw noAnswer(0, thrown);
    });
  };

  /** A failed try is forgotten, so that the next call tries anew. */
  const remember = <K extends 'opened' | 'original'>(entry: Entry, key: K, asked: NonNullable<Entry[K]>) => {
    entry[key] = asked;
    asked.catch(() => {
      if (entry[key] === asked) entry[key] = null;
    });
    return asked;
  };

  const openAll = async (entry: Entry, conversionId: string): Promise<OpenedDocument> => {
    await (entry.urls ?? askUrls(entry, conversionId));
    const [markdown, index] = await Promise.all([
      read(load(entry, conversionId, 'markdown'), (response) => response.text()),
      read(load(entry, conversionId, 'blocks'), async (response) => (await response.json()) as BlockIndex),
    ]);
    return { markdown, index };
  };

  return {
    async open(conversionId) {
      const entry = entryOf(conversionId);
      return entry.opened ?? remember(entry, 'opened', openAll(entry, conversionId));
    },
    async original(conversionId) {
      const entry = entryOf(conversionId);
      const asked = () => read(load(entry, conversionId, 'original'), (response) => response.arrayBuffer());
      return entry.original ?? remember(entry, 'original', asked());
    },
  };
};
