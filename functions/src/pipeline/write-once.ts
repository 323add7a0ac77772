/** Objects that one attempt writes, each under a name of its own. */
import type { BucketRole } from '../contracts/storage-paths.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

interface NewObject {
  /** Of results unless it is named. */
  bucket?: BucketRole;
  object: string;
  bytes: Uint8Array;
  contentType: string;
}

/**
 * The name must be free; one that is taken was written by the same work, whose answer was lost.
 * @throws AppError STORAGE_UNAVAILABLE.
 */
export const writeOnce = async (
  { objects, settings }: Pick<PipelineDeps, 'objects' | 'settings'>,
  { bucket: role = 'processed', object, bytes, contentType }: NewObject,
): Promise<StoredObject> => {
  const bucket = settings.buckets[role];
  try {
    const { generation } = await objects.write({ bucket, object, bytes, contentType, ifGeneration: '0' });
    return { object, generation, sizeBytes: bytes.length };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.reason !== 'OBJECT_CHANGED') throw thrown;
    const present = await objects.stat({ bucket, object });
    if (present === null) throw thrown;
    return { object, generation: present.generation, sizeBytes: present.sizeBytes };
  }
};
