/** Thousands of writes in batches, each of which succeeds or fails by itself. */
import type { BulkWriter, DocumentData } from '@google-cloud/firestore';
import type { Session } from './connection.ts';
import { ALREADY_EXISTS, mayPass, statusOf } from './translate-error.ts';

export type BulkWrite =
  | { write: 'create' | 'set'; path: string; data: DocumentData }
  | { write: 'delete'; path: string };

/** The client begins at 500 a second, which is 4 s for a run of 2,000 windows; a burst of this length Firestore takes. */
const WRITES_PER_SECOND = 2000;
const MAX_TRIES = 5;
/** RESOURCE_EXHAUSTED: the client would wait a minute before it tries again; the caller's own retry is better. */
const EXHAUSTED = 8;

const begin = (writer: BulkWriter, session: Session, each: BulkWrite): Promise<unknown> => {
  const ref = session.db.doc(each.path);
  if (each.write === 'delete') return writer.delete(ref);
  return each.write === 'create' ? writer.create(ref, each.data) : writer.set(ref, each.data);
};

/** A `create` of what exists already leaves it as it is. @throws the first error, after all have been tried. */
export const writeInBulk = async (session: Session, writes: readonly BulkWrite[]): Promise<void> => {
  if (writes.length === 0) return;
  const writer = session.db.bulkWriter({
    throttling: { initialOpsPerSecond: WRITES_PER_SECOND, maxOpsPerSecond: WRITES_PER_SECOND },
  });
  writer.onWriteError(
    (error) => !session.isOver() && mayPass(error) && statusOf(error) !== EXHAUSTED && error.failedAttempts < MAX_TRIES,
  );
  const failures: unknown[] = [];
  const done = writes.map((each) =>
    begin(writer, session, each).catch((error: unknown) => {
      if (each.write !== 'create' || statusOf(error) !== ALREADY_EXISTS) failures.push(error);
    }),
  );
  await writer.close();
  await Promise.all(done);
  if (failures.length > 0) throw failures[0];
};
