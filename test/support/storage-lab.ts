/** Cloud Storage's stand-in with the credentials that Google's client finds by itself, for one test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage } from '@google-cloud/storage';
import {
  type CloudStorageOptions,
  createCloudStorage,
  type RunningCloudStorage,
} from '../../scripts/local-cloud/cloud-storage/index.ts';
import { createIdentity, type LocalIdentity } from '../../scripts/local-cloud/identity.ts';
import { createMetadataServer, type MetadataServer } from '../../scripts/local-cloud/metadata/index.ts';

export const PAGE_ORIGIN = 'https://mdraft.example';

const BUCKETS = [
  {
    name: 'uploads',
    location: 'US-CENTRAL1',
    cors: [
      {
        origin: [PAGE_ORIGIN],
        method: ['PUT', 'POST'],
        responseHeader: [
          'Content-Type',
          'Content-Range',
          'Location',
          'Range',
          'x-goog-content-length-range',
          'x-goog-if-generation-match',
          'x-goog-resumable',
        ],
        maxAgeSeconds: 600,
      },
      { origin: ['https://reader.example'], method: ['GET'], responseHeader: ['Content-Type'], maxAgeSeconds: 60 },
    ],
    lifecycle: { rule: [{ action: { type: 'Delete' }, condition: { age: 1 } }] },
  },
  { name: 'processed', location: 'US-CENTRAL1' },
];

export interface StorageLab {
  identity: LocalIdentity;
  metadata: MetadataServer;
  storage: RunningCloudStorage;
  /** Google's own client, with the credentials of the metadata server. */
  client(): Storage;
  /** What a page was given: a V4 URL for one object. */
  sign(request: {
    object: string;
    action: 'read' | 'write' | 'delete' | 'resumable';
    contentType?: string;
    extensionHeaders?: Record<string, string>;
    expiresInSeconds?: number;
    generation?: string;
  }): Promise<string>;
  close(): Promise<void>;
}

export const PROJECT_ID = 'demo-storage';

/** Call once in a test file: the environment tells Google's libraries where the metadata server is. */
export const startStorageLab = async (options: Partial<CloudStorageOptions> = {}): Promise<StorageLab> => {
  const identity = createIdentity();
  const metadata = await createMetadataServer({ projectId: PROJECT_ID, identity });
  const home = mkdtempSync(join(tmpdir(), 'mdraft-home-'));
  delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
  Object.assign(process.env, {
    GCE_METADATA_HOST: metadata.host,
    METADATA_SERVER_DETECTION: 'assume-present',
    HOME: home,
  });
  const storage = await createCloudStorage({
    projectId: PROJECT_ID,
    port: 0,
    identity,
    buckets: BUCKETS,
    isAccessToken: metadata.isKnownToken,
    ...options,
  });
  const client = () =>
    new Storage({
      projectId: PROJECT_ID,
      apiEndpoint: storage.url,
      useAuthWithCustomEndpoint: true,
      retryOptions: { autoRetry: false },
    });
  return {
    identity,
    metadata,
    storage,
    client,
    async sign({ object, action, expiresInSeconds = 900, generation, ...rest }) {
      const file = client()
        .bucket('uploads')
        .file(object, generation === undefined ? {} : { generation });
      const [url] = await file.getSignedUrl({
        version: 'v4',
        action,
        expires: Date.now() + expiresInSeconds * 1000,
        signingEndpoint: metadata.signEndpoint,
        ...rest,
      });
      return url;
    },
    async close() {
      await Promise.all([storage.close(), metadata.close()]);
      rmSync(home, { recursive: true, force: true });
    },
  };
};
