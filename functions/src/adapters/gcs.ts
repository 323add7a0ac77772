/** Cloud Storage as an ObjectStore. Credentials come from the environment's service account; nothing is signed with a key file. */
import type { EventEmitter } from 'node:events';
import type { Bucket, File, Storage } from '@google-cloud/storage';
import { AppError } from '../errors.ts';
import type { ObjectRef, ObjectStat, ObjectStore, UploadGrant } from '../ports.ts';
import { attachmentDisposition, storageError, storageStatus } from './gcs-wire.ts';

export interface GcsConfig {
  projectId: string;
  /** Where the API is, without a path; Google's own address when absent. */
  apiEndpoint?: string;
  /** Base address of IAM's signBlob; Google's own when absent. It ends in `/v1/projects/-/serviceAccounts/`. */
  signingEndpoint?: string;
  /** How often a call is tried again by the client itself. Default 3. */
  maxRetries?: number;
  /** Longest wait for one call with its retries, or for the next piece of an object that is read. Default 60. */
  timeoutSeconds?: number;
}

interface GrantRequest {
  bucket: string;
  object: string;
  contentType: string;
  sizeBytes: number;
  expiresInSeconds: number;
}

/** What a download is answered with: nothing of a customer's stays in a browser. */
const CACHE_CONTROL = 'private, no-store';
const LIST_PAGE = 500;
const DELETES_AT_ONCE = 16;
const DEFAULT_RETRIES = 3;
const DEFAULT_TIMEOUT_SECONDS = 60;
/** The client pipes a download through so many streams that Node warns of a leak at its usual ten. */
const DOWNLOAD_LISTENERS = 20;

/** All calls are safe to repeat: a write stores the same bytes, or names the generation it replaces. */
const openStorage = async (config: GcsConfig): Promise<Storage> => {
  const sdk = await import('@google-cloud/storage');
  const maxRetries = config.maxRetries ?? DEFAULT_RETRIES;
  return new sdk.Storage({
    projectId: config.projectId,
    retryOptions: {
      autoRetry: maxRetries > 0,
      maxRetries,
      totalTimeout: config.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      idempotencyStrategy: sdk.IdempotencyStrategy.RetryAlways,
    },
    ...(config.apiEndpoint === undefined ? {} : { apiEndpoint: config.apiEndpoint, useAuthWithCustomEndpoint: true }),
  });
};

/** The client has no limit of its own: a server that goes silent would be waited for without end. */
const within = async <T>(seconds: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Cloud Storage did not answer in time.')), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

interface ReadLimits {
  sizeBytes: number;
  limitBytes: number;
  silenceSeconds: number;
}

/** The stored bytes, gzip left as it is: never more than the size that was checked before. */
const readStream = async (file: File, { sizeBytes, limitBytes, silenceSeconds }: ReadLimits): Promise<Uint8Array> => {
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  const stream = file.createReadStream({ decompress: false, validation: 'crc32c' });
  stream.on('response', (response: EventEmitter) => response.setMaxListeners(DOWNLOAD_LISTENERS));
  const giveUp = () => stream.destroy(new Error('Cloud Storage went silent.'));
  let timer = setTimeout(giveUp, silenceSeconds * 1000);
  try {
    for await (const chunk of stream) {
      const part = chunk as Uint8Array;
      if (filled + part.length > sizeBytes) {
        throw new AppError('OBJECT_TOO_LARGE', { sizeBytes: filled + part.length, limitBytes });
      }
      bytes.set(part, filled);
      filled += part.length;
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceSeconds * 1000);
    }
  } finally {
    clearTimeout(timer);
  }
  if (filled < sizeBytes) throw new AppError('STORAGE_UNAVAILABLE', { readBytes: filled, sizeBytes });
  return bytes;
};

const deletePrefix = async (bucket: Bucket, prefix: string, timeoutSeconds: number): Promise<void> => {
  let pageToken: string | undefined;
  do {
    const query = {
      prefix,
      autoPaginate: false,
      maxResults: LIST_PAGE,
      ...(pageToken === undefined ? {} : { pageToken }),
    };
    const [files, , answer] = await within(timeoutSeconds, bucket.getFiles(query));
    const waiting = files.map(({ name }) => name);
    const worker = async (): Promise<void> => {
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        await within(timeoutSeconds, bucket.file(name).delete({ ignoreNotFound: true }));
      }
    };
    await Promise.all(Array.from({ length: DELETES_AT_ONCE }, worker));
    pageToken = (answer as { nextPageToken?: string } | undefined)?.nextPageToken;
  } while (pageToken);
};

export const createGcs = (config: GcsConfig): ObjectStore => {
  const timeoutSeconds = config.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  let opened: Promise<Storage> | undefined;
  const storage = (): Promise<Storage> => {
    opened ??= openStorage(config);
    return opened;
  };
  const fileOf = async ({ bucket, object, generation }: ObjectRef): Promise<File> =>
    (await storage()).bucket(bucket).file(object, generation === undefined ? {} : { generation });
  const signing = config.signingEndpoint === undefined ? {} : { signingEndpoint: config.signingEndpoint };

  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await within(timeoutSeconds, work());
    } catch (thrown) {
      throw storageError(thrown);
    }
  };
  const orNull = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (thrown) {
      if (storageStatus(thrown) === 'missing-object') return null;
      throw storageError(thrown);
    }
  };

  const statFile = async (file: File): Promise<ObjectStat> => {
    const [metadata] = await within(timeoutSeconds, file.getMetadata());
    return {
      generation: String(metadata.generation),
      sizeBytes: Number(metadata.size),
      contentType: metadata.contentType ?? 'application/octet-stream',
    };
  };

  const grant = (request: GrantRequest, action: 'write' | 'resumable'): Promise<UploadGrant> =>
    translated(async () => {
      const extensionHeaders = {
        'x-goog-content-length-range': `${request.sizeBytes},${request.sizeBytes}`,
        'x-goog-if-generation-match': '0',
      };
      const now = Date.now();
      const [url] = await (await fileOf(request)).getSignedUrl({
        version: 'v4',
        action,
        accessibleAt: now,
        expires: now + request.expiresInSeconds * 1000,
        contentType: request.contentType,
        extensionHeaders,
        ...signing,
      });
      const headers: Record<string, string> = { 'content-type': request.contentType, ...extensionHeaders };
      if (action === 'resumable') headers['x-goog-resumable'] = 'start';
      return { url, headers };
    });

  return {
    grantUpload: (request) => grant(request, 'write'),
    grantResumableUpload: (request) => grant(request, 'resumable'),
    grantDownload: ({ fileName, expiresInSeconds, ...ref }) =>
      translated(async () => {
        const now = Date.now();
        const [url] = await (await fileOf(ref)).getSignedUrl({
          version: 'v4',
          action: 'read',
          accessibleAt: now,
          expires: now + expiresInSeconds * 1000,
          responseDisposition: attachmentDisposition(fileName),
          ...signing,
        });
        return url;
      }),
    stat: (ref) => orNull(async () => statFile(await fileOf(ref))),
    read: ({ maxBytes, ...ref }) =>
      orNull(async () => {
        const { generation, sizeBytes } = await statFile(await fileOf(ref));
        if (sizeBytes > maxBytes) throw new AppError('OBJECT_TOO_LARGE', { sizeBytes, limitBytes: maxBytes });
        return readStream(await fileOf({ ...ref, generation }), {
          sizeBytes,
          limitBytes: maxBytes,
          silenceSeconds: timeoutSeconds,
        });
      }),
    write: ({ bytes, contentType, ifGeneration, ...ref }) =>
      translated(async () => {
        const file = await fileOf(ref);
        await file.save(bytes, {
          resumable: false,
          contentType,
          validation: 'crc32c',
          metadata: { cacheControl: CACHE_CONTROL },
          ...(ifGeneration === undefined ? {} : { preconditionOpts: { ifGenerationMatch: ifGeneration } }),
        });
        return { generation: String(file.metadata.generation) };
      }),
    delete: (ref) => translated(async () => void (await (await fileOf(ref)).delete({ ignoreNotFound: true }))),
    async deleteAll(bucket, prefix) {
      try {
        if (prefix === '') throw new RangeError('deleteAll needs a prefix: without one it would empty the bucket.');
        await deletePrefix((await storage()).bucket(bucket), prefix, timeoutSeconds);
      } catch (thrown) {
        throw storageError(thrown);
      }
    },
  };
};
