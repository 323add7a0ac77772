/** The repositories on the emulator, and Google's client beside them, to look past the adapter. */
import { type DocumentData, Firestore, Timestamp } from '@google-cloud/firestore';
import type { FirestoreConfig } from '../../functions/src/adapters/firestore/connection.ts';
import { createFirestoreRepositories, type FirestoreRepositories } from '../../functions/src/adapters/firestore.ts';
import type { TestFirestore } from './firestore-emulator.ts';

export interface OpenFirestore {
  repositories: FirestoreRepositories;
  db: Firestore;
  close(): Promise<void>;
}

/** Timestamps as ISO text, all else as it is stored. */
export const plainData = (data: DocumentData): DocumentData =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]) => [
      field,
      value instanceof Timestamp ? value.toDate().toISOString() : value,
    ]),
  );

export const openFirestore = (
  { host, projectId }: Pick<TestFirestore, 'host' | 'projectId'>,
  config: Partial<FirestoreConfig> = {},
): OpenFirestore => {
  // The library finds the emulator by itself, as it does on a developer's machine; it is not to look for Google's metadata server.
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: host, METADATA_SERVER_DETECTION: 'none' });
  const repositories = createFirestoreRepositories({ projectId, ...config });
  const db = new Firestore({ projectId });
  return {
    repositories,
    db,
    close: async () => {
      await Promise.all([repositories.close(), db.terminate()]);
    },
  };
};
