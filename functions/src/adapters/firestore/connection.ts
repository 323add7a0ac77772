/**
 * One client of Firestore for all repositories: loaded with the first call, every call bounded in time and its errors translated.
 * A call that was given up cannot be taken back: the client may go on trying for minutes, and a write may still arrive, like one
 * whose answer was lost. Conditions on the state that was read keep such a write from undoing what came after it.
 */
import type { Firestore } from '@google-cloud/firestore';
import { AppError } from '../../errors.ts';
import { translateError } from './translate-error.ts';

export interface FirestoreConfig {
  projectId: string;
  /** "(default)" when absent. */
  databaseId?: string;
  /** Longest wait for one call, the client's own retries and lost races included. Default 30. */
  timeoutSeconds?: number;
  /** The same for what writes, reads or removes thousands of documents. Default 100. */
  bulkTimeoutSeconds?: number;
  /** Told of a document that `due…` leaves out because it does not fit its schema; nobody else would hear of it. */
  onUnreadable?: (path: string, problem: string) => void;
}

export interface Session {
  db: Firestore;
  sdk: typeof import('@google-cloud/firestore');
  /** Nobody waits any more: begin nothing new. */
  isOver: () => boolean;
}

export interface Connection {
  /** @throws AppError STATE_UNAVAILABLE, CONFIG_INVALID (database, rights, indexes), INTERNAL. */
  call<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** The same, with the time that thousands of documents need. */
  callBulk<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_SECONDS = 30;
const DEFAULT_BULK_TIMEOUT_SECONDS = 100;
/** Longest wait of `close` for calls that are still on their way. */
const CLOSE_SECONDS = 2;

export const createConnection = (config: FirestoreConfig): Connection => {
  let opened: Promise<Omit<Session, 'isOver'>> | undefined;
  const underWay = new Set<Promise<unknown>>();
  const open = async (): Promise<Omit<Session, 'isOver'>> => {
    const sdk = await import('@google-cloud/firestore');
    const db = new sdk.Firestore({
      projectId: config.projectId,
      ...(config.databaseId === undefined ? {} : { databaseId: config.databaseId }),
      ignoreUndefinedProperties: true,
    });
    return { db, sdk };
  };

  const within = async <T>(seconds: number, work: (session: Session) => Promise<T>): Promise<T> => {
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new AppError('STATE_UNAVAILABLE', { timeoutSeconds: seconds })), seconds * 1000);
    });
    const run = async (): Promise<T> => {
      opened ??= open();
      return work({ ...(await opened), isOver: () => over });
    };
    const running = run();
    const settled: Promise<void> = running
      .then(
        () => {},
        () => {},
      )
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
    try {
      return await Promise.race([running, late]);
    } catch (thrown) {
      throw translateError(thrown);
    } finally {
      over = true;
      clearTimeout(timer);
    }
  };

  return {
    call: (work) => within(config.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS, work),
    callBulk: (work) => within(config.bulkTimeoutSeconds ?? DEFAULT_BULK_TIMEOUT_SECONDS, work),
    async close() {
      if (!opened) return;
      const { db } = await opened;
      let timer: NodeJS.Timeout | undefined;
      const waited = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_SECONDS * 1000);
      });
      // A client that is ended while it tries again throws where nobody catches; so it is ended when the last call is.
      const ended = Promise.all(underWay).then(() => db.terminate());
      await Promise.race([ended, waited]);
      clearTimeout(timer);
    },
  };
};
