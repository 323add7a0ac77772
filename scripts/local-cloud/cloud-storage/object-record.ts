/** One stored object, and how the JSON API shows it. */
import type { Checksums } from './checksums.ts';

/** What the sender chooses. */
export interface ObjectAttributes {
  contentType?: string;
  contentEncoding?: string;
  contentDisposition?: string;
  contentLanguage?: string;
  cacheControl?: string;
  metadata?: Record<string, string>;
}

export interface ObjectRecord extends ObjectAttributes, Checksums {
  bucket: string;
  name: string;
  /** Microseconds since 1970, larger with every write, as Cloud Storage's are. */
  generation: string;
  metageneration: string;
  sizeBytes: number;
  timeCreated: string;
  updated: string;
}

const TEXT_ATTRIBUTES = [
  'contentType',
  'contentEncoding',
  'contentDisposition',
  'contentLanguage',
  'cacheControl',
] as const;

/** Keeps what is known and well formed of a resource that a client sent. */
export const attributesOf = (resource: Readonly<Record<string, unknown>>): ObjectAttributes => {
  const attributes: ObjectAttributes = {};
  for (const name of TEXT_ATTRIBUTES) {
    const value = resource[name];
    if (typeof value === 'string') attributes[name] = value;
  }
  if (typeof resource.metadata === 'object' && resource.metadata !== null) {
    attributes.metadata = Object.fromEntries(
      Object.entries(resource.metadata).map(([key, value]) => [key, String(value)]),
    );
  }
  return attributes;
};

/** Objects#resource of the JSON API; also the body of the finalize event. */
export const objectResource = (record: ObjectRecord, baseUrl: string): Record<string, unknown> => {
  const { bucket, name, sizeBytes, generation, ...rest } = record;
  const path = `b/${bucket}/o/${encodeURIComponent(name)}`;
  return {
    kind: 'storage#object',
    id: `${bucket}/${name}/${generation}`,
    selfLink: `${baseUrl}/storage/v1/${path}`,
    mediaLink: `${baseUrl}/download/storage/v1/${path}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation,
    size: String(sizeBytes),
    storageClass: 'STANDARD',
    etag: etagOf(record),
    timeStorageClassUpdated: record.timeCreated,
    timeFinalized: record.timeCreated,
    ...rest,
  };
};

const etagOf = ({ generation, metageneration }: ObjectRecord): string =>
  Buffer.from(`${generation}/${metageneration}`).toString('base64');

/** Headers that both APIs send with the bytes of an object, and after an upload through the XML API. */
export const objectHeaders = (record: ObjectRecord): Record<string, string> => ({
  etag: `"${etagOf(record)}"`,
  'x-goog-generation': record.generation,
  'x-goog-metageneration': record.metageneration,
  'x-goog-hash': `crc32c=${record.crc32c},md5=${record.md5Hash}`,
  'x-goog-storage-class': 'STANDARD',
  'x-goog-stored-content-encoding': record.contentEncoding ?? 'identity',
  'x-goog-stored-content-length': String(record.sizeBytes),
});
