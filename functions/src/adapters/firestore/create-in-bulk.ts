/** Thousands of creations, each of which succeeds or fails by itself. */
import type { DocumentData } from '@google-cloud/firestore';
import type { Session } from './connection.ts';
import { ALREADY_EXISTS, mayPass, statusOf } from './translate-error.ts';

export interface Creation {
  path: string;
  data: DocumentData;
}

/** The client begins at 500 a second, which is 4 s for a run of 2,000 windows; a burst of this length Firestore takes. */
const WRITES_PER_SECOND = 2000;
const MAX_TRIES = 5;
/** RESOURCE_EXHAUSTED: the client would wait a minute before it tries again; the caller's own retry is better. */
const EXHAUSTED = 8;

/** What exists already stays as it is. @throws the first error, after all have been tried. */
export const createInBulk = async (session: Session, creations: readonly Creation[]): Promise<void> => {
  if (creations.length === 0) return;
  const writer = session.db.bulkWriter({
    throttling: { initialOpsPerSecond: WRITES_PER_SECOND, maxOpsPerSecond: WRITES_PER_SECOND },
  });
  writer.onWriteError(
    (error) => !session.isOver() && mayPass(error) && statusOf(error) !== EXHAUSTED && error.failedAttempts < MAX_TRIES,
  );
  const failures: unknown[] = [];
  const done = creations.map(({ path, data }) =>
    writer.create(session.db.doc(path), data).catch((error: unknown) => {
      if (statusOf(error) !== ALREADY_EXISTS) failures.push(error);
    }),
  );
  await writer.close();
  await Promise.all(done);
  if (failures.length > 0) throw failures[0];
};
