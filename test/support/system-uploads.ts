/** Uploads to the whole system as any client makes them, and what became of them, read past the API and its rate limits. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { AnalysisKind } from '../../functions/src/contracts/analysis.ts';
import { type Client, createClient } from '../../functions/src/contracts/client.ts';
import type { Conversion } from '../../functions/src/contracts/conversion.ts';
import type { Run } from '../../functions/src/contracts/run.ts';
import { parseUploadObject } from '../../functions/src/contracts/storage-paths.ts';
import type { FinalizedObject } from '../../functions/src/pipeline/2-claim-upload.ts';
import type { ConversionKey, RunKey } from '../../functions/src/repositories.ts';
import type { LocalCloud } from '../../scripts/local-cloud/start-local-cloud.ts';
import { PROJECT_ID } from '../../scripts/whole-system/mdraft-project.ts';
import { mediaTypeOf } from '../../scripts/whole-system/media-types.ts';
import { patientClient } from '../../scripts/whole-system/patience.ts';
import { signInVisitor } from '../../scripts/whole-system/visitor.ts';
import { type OpenFirestore, openFirestore } from './open-firestore.ts';

export interface SystemVisitor {
  client: Client;
  token(): Promise<string>;
}

/** Another visitor, with an organisation of her own. */
export const visit = async (cloud: LocalCloud, folder: string, name: string): Promise<SystemVisitor> => {
  const { token } = await signInVisitor(cloud.authHost, join(folder, name));
  return { client: patientClient(createClient({ baseUrl: cloud.hostingUrl, fetch, token })), token };
};

export interface FileToUpload {
  fileName: string;
  bytes: Uint8Array;
  kinds?: AnalysisKind[];
}

/** The object as its event describes it, and the conversion that it belongs to. */
export type FinishedUpload = ConversionKey & FinalizedObject;

export const uploadFile = async (
  client: Client,
  { fileName, bytes, kinds = [] }: FileToUpload,
): Promise<FinishedUpload> => {
  const contentType = mediaTypeOf(fileName);
  const { upload } = await client.createUpload({ fileName, contentType, sizeBytes: bytes.length, kinds });
  const { url, method, headers } = upload;
  const put = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
  if (!put.ok) throw new Error(`The upload was refused with ${put.status}: ${await put.text()}`);
  const [bucket = '', ...rest] = decodeURIComponent(new URL(url).pathname).slice(1).split('/');
  const object = rest.join('/');
  const key = parseUploadObject(object);
  if (key === null) throw new Error(`createUpload names another place than it takes uploads from: ${object}`);
  const generation = put.headers.get('x-goog-generation') ?? '';
  return { ...key, bucket, object, generation, sizeBytes: bytes.length, contentType };
};

export interface Operator extends OpenFirestore {
  settledConversion(key: ConversionKey): Promise<Conversion>;
  settledRun(key: RunKey): Promise<Run>;
  /** Of all organisations: what the sweep has to look at, now or later. */
  openWork(): Promise<QueryDocumentSnapshot[]>;
}

const WORK = ['conversions', 'shards', 'runs', 'windows'];

const LOOK_EVERY_MS = 50;
const OPEN: ReadonlySet<string> = new Set([
  'awaiting_upload',
  'queued',
  'converting',
  'planning',
  'analyzing',
  'merging',
]);

/** Looks until `look` answers an item that is settled. */
const settled = async <T extends { state: string }>(look: () => Promise<T | null>): Promise<T> => {
  for (;;) {
    const item = await look();
    if (item !== null && !OPEN.has(item.state)) return item;
    await sleep(LOOK_EVERY_MS);
  }
};

/** Whoever runs the system: sees and changes everything. */
export const openOperator = ({ firestore: { host } }: LocalCloud): Operator => {
  const opened = openFirestore({ host, projectId: PROJECT_ID });
  const {
    db,
    repositories: { conversions, runs },
  } = opened;
  return {
    ...opened,
    settledConversion: (key) => settled(() => conversions.get(key)),
    settledRun: (key) => settled(() => runs.get(key)),
    async openWork() {
      const found = await Promise.all(
        WORK.map((name) => db.collectionGroup(name).where('dueAt', '>', new Date(0)).get()),
      );
      return found.flatMap(({ docs }) => docs);
    },
  };
};
