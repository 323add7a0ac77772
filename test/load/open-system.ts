/** The whole system for a measurement: in a folder of its own, on free ports, with the log of its functions followed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '../../functions/src/contracts/client.ts';
import { findFirestoreEmulator } from '../../scripts/local-cloud/firestore-emulator/index.ts';
import type { LocalProject } from '../../scripts/local-cloud/local-project.ts';
import { type LocalCloud, startLocalCloud } from '../../scripts/local-cloud/start-local-cloud.ts';
import { mdraftProject } from '../../scripts/whole-system/mdraft-project.ts';
import { mediaTypeOf } from '../../scripts/whole-system/media-types.ts';
import { patientClient } from '../../scripts/whole-system/patience.ts';
import { signInVisitor } from '../../scripts/whole-system/visitor.ts';
import { type FollowedLog, followLog } from './follow-log.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface OpenSystem {
  cloud: LocalCloud;
  log: FollowedLog;
  /** An anonymous visitor of its own with every call. */
  newVisitor(): Promise<Client>;
}

export interface SystemSettings {
  /** Of the functions, in the place of the usual ones. */
  environment?: Readonly<Record<string, string>>;
  /** Changes the project before it is started. */
  sized?: (project: LocalProject) => LocalProject;
}

/** Starts the system for `measure`, and takes everything away after it. @throws Error with a hint when Java or the emulator is missing. */
export const withSystem = async <T>(
  measure: (system: OpenSystem) => Promise<T>,
  { environment = {}, sized = (project) => project }: SystemSettings = {},
): Promise<T> => {
  const firestore = findFirestoreEmulator();
  if ('missing' in firestore) throw new Error(firestore.hint);
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-load-'));
  try {
    const usual = mdraftProject(environment);
    const project = sized({ ...usual, environment: { ...usual.environment, ...environment } });
    const cloud = await startLocalCloud({ project, root: ROOT, folder, ports: 'any', firestore });
    const log = followLog(join(folder, 'functions.log'));
    let visitors = 0;
    const newVisitor = async (): Promise<Client> => {
      visitors += 1;
      const visitor = await signInVisitor(cloud.authHost, join(folder, `visitor-${visitors}`));
      return patientClient(createClient({ baseUrl: cloud.hostingUrl, fetch, token: visitor.token }));
    };
    try {
      return await measure({ cloud, log, newVisitor });
    } finally {
      log.close();
      await cloud.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface SentDocument {
  fileName: string;
  bytes: Uint8Array;
  kinds?: 'compliance-matrix'[];
}

/** Of one upload; milliseconds since 1970. */
export interface Uploaded {
  conversionId: string;
  askedAtMs: number;
  /** When Cloud Storage has answered. */
  finishedAtMs: number;
}

export const uploadDocument = async (
  client: Client,
  { fileName, bytes, kinds = [] }: SentDocument,
): Promise<Uploaded> => {
  const askedAtMs = Date.now();
  const request = { fileName, contentType: mediaTypeOf(fileName), sizeBytes: bytes.length, kinds };
  const { conversionId, upload } = await client.createUpload(request);
  const { url, method, headers } = upload;
  const answer = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The upload was refused with ${answer.status}.`);
  return { conversionId, askedAtMs, finishedAtMs: Date.now() };
};
