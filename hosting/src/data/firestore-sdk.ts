/** The only file that knows Firestore's web SDK. It keeps everything in memory, so that nothing is left in the browser. */
import type { FirebaseApp } from 'firebase/app';
import {
  collection,
  connectFirestoreEmulator,
  type DocumentData,
  disableNetwork,
  doc,
  enableNetwork,
  type Firestore,
  initializeFirestore,
  limit,
  memoryLocalCache,
  memoryLruGarbageCollector,
  onSnapshot,
  orderBy,
  type Query,
  query,
  Timestamp,
  where,
} from 'firebase/firestore';
import type { Live, Stop } from './live-value.ts';
import { problemOf } from './problem.ts';
import type { WebConfig } from './web-config.ts';

let opened: Firestore | null = null;

/** Without a network nothing is tried: listeners tell at once what they know, and go on as soon as there is one. */
const followNetwork = (db: Firestore): void => {
  addEventListener('offline', () => void disableNetwork(db));
  addEventListener('online', () => void enableNetwork(db));
};

export const openDatabase = (app: FirebaseApp, { firebaseEmulators }: WebConfig): Firestore => {
  if (opened) return opened;
  // What was seen stays known to a view that is opened again, also without a network.
  opened = initializeFirestore(app, {
    localCache: memoryLocalCache({ garbageCollector: memoryLruGarbageCollector() }),
  });
  followNetwork(opened);
  if (firebaseEmulators) {
    const { host, port } = firebaseEmulators.firestore;
    connectFirestoreEmulator(opened, host, port);
  }
  return opened;
};

/** A field that is null there is absent here; a Timestamp is ISO text. As functions/src/adapters/firestore/stored-form.ts keeps them. */
const itemOf = <T>(data: DocumentData): T =>
  Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) => {
      if (value instanceof Timestamp) return [[field, value.toDate().toISOString()]];
      return field === 'deletedAt' && value === null ? [] : [[field, value]];
    }),
  ) as T;

const listenToQuery = <T>(asked: Query, tell: (value: Live<T[]>) => void): Stop =>
  onSnapshot(
    asked,
    { includeMetadataChanges: true },
    ({ docs, metadata }) =>
      // An empty answer from the cache only says that nothing has arrived yet.
      metadata.fromCache && docs.length === 0
        ? undefined
        : tell({ state: 'ready', value: docs.map((each) => itemOf<T>(each.data())), isStale: metadata.fromCache }),
    (error) => tell({ state: 'failed', problem: problemOf(error) }),
  );

/** The newest first; what was deleted is not asked for, and the rules would not give it. */
export const listenToNewest = <T>(db: Firestore, path: string, most: number, tell: (value: Live<T[]>) => void): Stop =>
  listenToQuery(
    query(collection(db, path), where('deletedAt', '==', null), orderBy('createdAt', 'desc'), limit(most)),
    tell,
  );

export const listenToOrdered = <T>(
  db: Firestore,
  path: string,
  field: string,
  tell: (value: Live<T[]>) => void,
): Stop => listenToQuery(query(collection(db, path), orderBy(field)), tell);

export const listenToOne = <T>(db: Firestore, path: string, tell: (value: Live<T | null>) => void): Stop =>
  onSnapshot(
    doc(db, path),
    { includeMetadataChanges: true },
    (found) => {
      if (!found.exists() && found.metadata.fromCache) return;
      const value = found.exists() ? itemOf<T>(found.data()) : null;
      tell({ state: 'ready', value, isStale: found.metadata.fromCache });
    },
    (error) => tell({ state: 'failed', problem: problemOf(error) }),
  );
