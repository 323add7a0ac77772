/** An object store in memory with Cloud Storage's rules: every write makes a new generation, and the one before it is gone. */
import { AppError } from '../../functions/src/errors.ts';
import type { ObjectRef, ObjectStat, ObjectStore, UploadRequest } from '../../functions/src/ports.ts';

interface StoredFile {
  bucket: string;
  object: string;
  generation: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface MemoryObjects {
  objects: ObjectStore;
  /** What a client's PUT does: no precondition. Answers the fields of the finalized event. */
  put(file: { bucket: string; object: string; bytes: Uint8Array; contentType?: string }): {
    bucket: string;
    object: string;
    generation: string;
    sizeBytes: number;
    contentType: string;
  };
  /** Object names of a bucket, sorted. */
  names(bucket: string): string[];
  /** As UTF-8. @throws Error when there is no such object. */
  text(bucket: string, object: string): string;
  /** Every upload that was granted, in order. */
  grants: (UploadRequest & { resumable: boolean })[];
}

export const createMemoryObjects = (): MemoryObjects => {
  const files = new Map<string, StoredFile>();
  const grants: MemoryObjects['grants'] = [];
  let generations = 0;

  const keyOf = (bucket: string, object: string): string => `${bucket}/${object}`;
  const find = ({ bucket, object, generation }: ObjectRef): StoredFile | undefined => {
    const file = files.get(keyOf(bucket, object));
    return generation === undefined || file?.generation === generation ? file : undefined;
  };
  const save = (file: Omit<StoredFile, 'generation'>): StoredFile => {
    generations += 1;
    const stored = { ...file, bytes: file.bytes.slice(), generation: String(1_000_000 + generations) };
    files.set(keyOf(file.bucket, file.object), stored);
    return stored;
  };
  const statOf = ({ generation, bytes, contentType }: StoredFile): ObjectStat => ({
    generation,
    sizeBytes: bytes.length,
    contentType,
  });
  const grant = (request: UploadRequest, resumable: boolean) => {
    grants.push({ ...request, resumable });
    return {
      url: `https://storage.test/${keyOf(request.bucket, request.object)}?grant=${grants.length}`,
      headers: {
        'content-type': request.contentType,
        'x-goog-content-length-range': `${request.sizeBytes},${request.sizeBytes}`,
        'x-goog-if-generation-match': '0',
        ...(resumable ? { 'x-goog-resumable': 'start' } : {}),
      },
    };
  };

  return {
    objects: {
      grantUpload: async (request) => grant(request, false),
      grantResumableUpload: async (request) => grant(request, true),
      grantDownload: async ({ bucket, object, generation, fileName, expiresInSeconds }) => {
        const query = new URLSearchParams({
          generation: generation ?? '',
          fileName,
          expires: String(expiresInSeconds),
        });
        return `https://storage.test/${keyOf(bucket, object)}?${query}`;
      },
      stat: async (ref) => {
        const file = find(ref);
        return file === undefined ? null : statOf(file);
      },
      read: async ({ maxBytes, ...ref }) => {
        const file = find(ref);
        if (file === undefined) return null;
        const sizeBytes = file.bytes.length;
        if (sizeBytes > maxBytes) throw new AppError('OBJECT_TOO_LARGE', { sizeBytes, limitBytes: maxBytes });
        return file.bytes.slice();
      },
      write: async ({ ifGeneration, ...file }) => {
        const present = find({ bucket: file.bucket, object: file.object })?.generation ?? '0';
        if (ifGeneration !== undefined && ifGeneration !== present) throw new AppError('OBJECT_CHANGED');
        return { generation: save(file).generation };
      },
      delete: async (ref) => {
        if (find(ref) !== undefined) files.delete(keyOf(ref.bucket, ref.object));
      },
      deleteAll: async (bucket, prefix) => {
        if (prefix === '') throw new RangeError('deleteAll needs a prefix.');
        for (const file of [...files.values()]) {
          if (file.bucket === bucket && file.object.startsWith(prefix)) files.delete(keyOf(bucket, file.object));
        }
      },
    },
    put: ({ bucket, object, bytes, contentType = 'application/octet-stream' }) => ({
      bucket,
      object,
      ...statOf(save({ bucket, object, bytes, contentType })),
    }),
    names: (bucket) =>
      [...files.values()]
        .filter((file) => file.bucket === bucket)
        .map(({ object }) => object)
        .sort(),
    text: (bucket, object) => {
      const file = find({ bucket, object });
      if (file === undefined) throw new Error(`There is no object ${keyOf(bucket, object)}.`);
      return new TextDecoder().decode(file.bytes);
    },
    grants,
  };
};
