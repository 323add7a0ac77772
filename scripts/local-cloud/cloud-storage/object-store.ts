/** Buckets and their live objects. Every write makes a new generation; the old one is gone, as in a bucket without versioning. */
import { type Checksums, checksumsOf, requireChecksums } from './checksums.ts';
import type { ObjectFiles } from './object-files.ts';
import type { ObjectAttributes, ObjectRecord } from './object-record.ts';
import { invalidArgument, noSuchBucket, noSuchObject, preconditionFailed } from './wire-errors.ts';

/** One entry of a bucket's `cors`, named as in Google's own configuration files. */
export interface CorsEntry {
  origin: readonly string[];
  method: readonly string[];
  responseHeader: readonly string[];
  maxAgeSeconds: number;
}

export interface BucketConfig {
  name: string;
  location: string;
  cors?: readonly CorsEntry[];
  /** Shown by GET bucket; nothing is deleted by it here. */
  lifecycle?: { rule: readonly Readonly<Record<string, unknown>>[] };
}

/** '0' as ifGenerationMatch: the object must not exist. */
export interface Preconditions {
  ifGenerationMatch?: string;
  ifGenerationNotMatch?: string;
  ifMetagenerationMatch?: string;
  ifMetagenerationNotMatch?: string;
}

export interface PutRequest {
  bucket: string;
  name: string;
  bytes: Uint8Array;
  attributes: ObjectAttributes;
  preconditions: Preconditions;
  expected: Partial<Checksums>;
}

export type ObjectStore = ReturnType<typeof createObjectStore>;

const LONGEST_NAME_BYTES = 1024;

const requireName = (name: string): void => {
  const sizeBytes = Buffer.byteLength(name);
  if (sizeBytes === 0) throw invalidArgument('Required');
  if (sizeBytes > LONGEST_NAME_BYTES || /[\r\n]/.test(name) || name === '.' || name === '..') {
    throw invalidArgument(`Invalid object name: "${name.slice(0, 100)}".`);
  }
};

/** Whether `Not` conditions alone failed: reads answer that with 304. */
export const matchesOnlyUnwanted = (record: ObjectRecord | undefined, wanted: Preconditions): boolean =>
  (wanted.ifGenerationNotMatch !== undefined && wanted.ifGenerationNotMatch === (record?.generation ?? '0')) ||
  (wanted.ifMetagenerationNotMatch !== undefined && wanted.ifMetagenerationNotMatch === record?.metageneration);

export const requirePreconditions = (record: ObjectRecord | undefined, wanted: Preconditions): void => {
  const generation = record?.generation ?? '0';
  const wrongGeneration = wanted.ifGenerationMatch !== undefined && wanted.ifGenerationMatch !== generation;
  const wrongMetageneration =
    wanted.ifMetagenerationMatch !== undefined && wanted.ifMetagenerationMatch !== record?.metageneration;
  if (wrongGeneration || wrongMetageneration || matchesOnlyUnwanted(record, wanted)) throw preconditionFailed();
};

export const createObjectStore = (options: {
  buckets: readonly BucketConfig[];
  files: ObjectFiles;
  now: () => Date;
  /** Called before a write becomes visible; what it answers is called right after. */
  onFinalize: (record: ObjectRecord) => () => void;
}) => {
  const { files, now, onFinalize } = options;
  const buckets = new Map(options.buckets.map((bucket) => [bucket.name, bucket]));
  const objects = new Map<string, Map<string, ObjectRecord>>();
  for (const name of buckets.keys()) objects.set(name, new Map());
  let lastGeneration = 0;
  for (const record of files.load()) {
    objects.get(record.bucket)?.set(record.name, record);
    lastGeneration = Math.max(lastGeneration, Number(record.generation));
  }

  const bucket = (name: string): BucketConfig => {
    const found = buckets.get(name);
    if (!found) throw noSuchBucket();
    return found;
  };
  const objectsOf = (name: string): Map<string, ObjectRecord> => {
    const found = objects.get(name);
    if (!found) throw noSuchBucket();
    return found;
  };
  const find = (bucketName: string, name: string, generation?: string | null): ObjectRecord | undefined => {
    const record = objectsOf(bucketName).get(name);
    return !generation || record?.generation === generation ? record : undefined;
  };
  const get = (bucketName: string, name: string, generation?: string | null): ObjectRecord => {
    const record = find(bucketName, name, generation);
    if (!record) throw noSuchObject(bucketName, name);
    return record;
  };

  return {
    bucket,
    find,
    get,
    bytes: (record: ObjectRecord): Buffer => files.bytes(record),
    put({ bucket: bucketName, name, bytes, attributes, preconditions, expected }: PutRequest): ObjectRecord {
      requireName(name);
      requirePreconditions(find(bucketName, name), preconditions);
      const checksums = checksumsOf(bytes);
      requireChecksums(checksums, expected);
      const time = now();
      lastGeneration = Math.max(lastGeneration + 1, time.getTime() * 1000);
      const record: ObjectRecord = {
        bucket: bucketName,
        name,
        generation: String(lastGeneration),
        metageneration: '1',
        sizeBytes: bytes.length,
        timeCreated: time.toISOString(),
        updated: time.toISOString(),
        ...checksums,
        ...attributes,
      };
      const finalized = onFinalize(record);
      files.save(record, bytes);
      objectsOf(bucketName).set(name, record);
      finalized();
      return record;
    },
    patch(record: ObjectRecord, attributes: ObjectAttributes): ObjectRecord {
      const changed: ObjectRecord = {
        ...record,
        ...attributes,
        metageneration: String(Number(record.metageneration) + 1),
        updated: now().toISOString(),
      };
      files.save(changed);
      objectsOf(record.bucket).set(record.name, changed);
      return changed;
    },
    remove(record: ObjectRecord): void {
      objectsOf(record.bucket).delete(record.name);
      files.remove(record);
    },
    /** Sorted by UTF-8 bytes, from the first name after `after`. */
    list(bucketName: string, prefix: string, after: string): ObjectRecord[] {
      return [...objectsOf(bucketName).values()]
        .filter(({ name }) => name.startsWith(prefix) && Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0)
        .sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
    },
  };
};
