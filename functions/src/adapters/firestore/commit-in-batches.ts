/** Thousands of writes that may be done twice, in commits of many: over twice as fast as one by one, https://cloud.google.com/firestore/quotas */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentData } from '@google-cloud/firestore';
import { AppError } from '../../errors.ts';
import type { Session } from './connection.ts';
import { mayPass, statusOf } from './translate-error.ts';

export type RepeatableWrite = { write: 'set'; path: string; data: DocumentData } | { write: 'delete'; path: string };

/** Encoding one commit stops everything else in the process: this many rows take 20 ms. */
const MOST_WRITES = 200;
/** Of JSON. Firestore takes 10 MiB a commit, its own encoding included. */
const MOST_BYTES = 4_000_000;
const AT_ONCE = 3;
const MAX_TRIES = 5;
const FIRST_WAIT_MS = 100;
/** RESOURCE_EXHAUSTED: the caller's own retry, which comes later, is better. */
const EXHAUSTED = 8;

const sizeInBytes = (each: RepeatableWrite): number =>
  each.path.length + (each.write === 'set' ? Buffer.byteLength(JSON.stringify(each.data)) : 0);

/** Never an empty one; a write that is too large by itself is one of its own. */
function* batchesOf(writes: Iterable<RepeatableWrite>): Generator<RepeatableWrite[]> {
  let batch: RepeatableWrite[] = [];
  let bytes = 0;
  for (const each of writes) {
    const size = sizeInBytes(each);
    if (batch.length > 0 && (batch.length === MOST_WRITES || bytes + size > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(each);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

const commitOnce = async ({ db }: Session, writes: readonly RepeatableWrite[]): Promise<void> => {
  const batch = db.batch();
  for (const each of writes) {
    const ref = db.doc(each.path);
    if (each.write === 'delete') batch.delete(ref);
    else batch.set(ref, each.data);
  }
  await batch.commit();
};

const commit = async (session: Session, writes: readonly RepeatableWrite[]): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    // Nobody waits any more: what is begun now would only stand in the way of the next attempt.
    if (session.isOver()) throw new AppError('STATE_UNAVAILABLE');
    try {
      return await commitOnce(session, writes);
    } catch (error) {
      if (tries === MAX_TRIES || !mayPass(error) || statusOf(error) === EXHAUSTED) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }
};

/**
 * Each document at most once. `writes` is read as it is needed, so that what makes them need not make all at once. The order in which
 * they arrive is not theirs, and when it throws, some have arrived. @throws the first error.
 */
export const commitInBatches = async (session: Session, writes: Iterable<RepeatableWrite>): Promise<void> => {
  const waiting = batchesOf(writes);
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const batch of waiting) {
      if (failed) return;
      try {
        await commit(session, batch);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const outcome of workers) if (outcome.status === 'rejected') throw outcome.reason;
};
