import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createGcs } from '../../../functions/src/adapters/gcs.ts';
import { QUEUE_NAMES } from '../../../functions/src/contracts/tasks.ts';
import { readTerraform, type Terraform } from '../../support/read-terraform.ts';
import { PROJECT_ID, type StorageLab, startStorageLab } from '../../support/storage-lab.ts';
import { CHECKS, corsLists, functionsAre } from './terraform-checks.ts';

const ROOT = join(import.meta.dirname, '../../..');

let real: Terraform;
let lab: StorageLab;

beforeAll(async () => {
  real = await readTerraform(join(ROOT, 'infra'));
  lab = await startStorageLab();
});
afterAll(() => lab.close());

/** The files with one value in another's place; undefined takes it away. */
const planted = (path: readonly string[], value: unknown): Terraform => {
  const copy = structuredClone(real);
  const last = path.at(-1) ?? '';
  // biome-ignore lint/suspicious/noExplicitAny: a path into parsed files.
  const holder = path.slice(0, -1).reduce((inner: any, key) => inner[key], copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
};

type Row = [guarantee: string, check: keyof typeof CHECKS, path: string, value: unknown, found: string];

/** What must hold, the check for it, and a change that it must find: where, to what, and what it then says. */
const TABLE: Row[] = [
  [
    'resources are made of the tables that these tests read',
    'tablesAreUsed',
    'resources google_cloud_tasks_queue this name',
    'one-queue',
    'google_cloud_tasks_queue.this: name is not each.key',
  ],
  [
    'there is one queue for each kind of task, and no other',
    'queuesAreThoseOfTheCode',
    'locals queues plan-run',
    undefined,
    'queue: plan-run is missing',
  ],
  [
    'the platform ends a task handler when its lease counts on it',
    'timeoutsAreThoseOfTheLeases',
    'locals functions convert-document timeout_seconds',
    600,
    'convert-document: not 540 seconds',
  ],
  [
    'functions have the memory, processors and concurrency of the design',
    'sizesAreThoseOfTheDesign',
    'locals functions convert-document concurrency',
    8,
    'convert-document: concurrency is not 1',
  ],
  [
    'no queue sends more at a time than its function takes',
    'queuesSendNoMoreThanIsTaken',
    'locals functions ocr-shard max_instances',
    1,
    'ocr-shard',
  ],
  [
    'every setting that a function needs is set',
    'environmentIsWhatTheCodeReads',
    'locals environment UPLOADS_BUCKET',
    undefined,
    'UPLOADS_BUCKET',
  ],
  [
    'no deployed function is told of a stand-in, or of what it does not know',
    'environmentIsWhatTheCodeReads',
    'locals environment STORAGE_EMULATOR_HOST',
    'http://127.0.0.1:9199',
    'STORAGE_EMULATOR_HOST is no setting of a function',
  ],
  [
    'no bucket can be made public',
    'bucketsAreClosed',
    'resources google_storage_bucket source public_access_prevention',
    'inherited',
    'source',
  ],
  [
    'each function has a service account of its own',
    'functionsRunAsThemselves',
    'locals access sweep',
    undefined,
    'account: sweep is missing',
  ],
  [
    'a role stands on the whole project only where nothing smaller takes it',
    'projectRolesAreTheAllowedOnes',
    'locals access sweep project',
    ['storage.objectUser'],
    'google_project_iam_member.function roles/storage.objectUser',
  ],
  [
    'the role for Firestore ends at the one database',
    'projectRolesAreTheAllowedOnes',
    'resources google_project_iam_member database condition',
    undefined,
    'google_project_iam_member.database roles/datastore.user',
  ],
  [
    'nobody owns, edits or administers',
    'noRoleIsBroad',
    'resources google_storage_bucket_iam_member function role',
    'roles/storage.admin',
    'roles/storage.admin',
  ],
  [
    'each role has the address of its description',
    'rolesHaveALink',
    'files new.tf',
    'resource "google_storage_bucket_iam_member" "new" {}',
    'new.tf: google_storage_bucket_iam_member.new',
  ],
  [
    'nobody but its queue, its trigger or its schedule calls a private function',
    'onlyTheApiIsPublic',
    'locals functions plan-run invoker',
    'allUsers',
    'plan-run: called by allUsers',
  ],
  [
    'nothing but the API is open to anybody',
    'onlyTheApiIsPublic',
    'resources google_storage_bucket_iam_member function member',
    'allAuthenticatedUsers',
    'google_storage_bucket_iam_member.function: open to anybody',
  ],
  [
    'the end of an upload reaches on-upload, and again when it fails',
    'uploadsAreAnnounced',
    'locals triggers on-upload retry_policy',
    'RETRY_POLICY_DO_NOT_RETRY',
    'no retry',
  ],
  [
    'the sweep comes every few minutes and never twice at a time',
    'theSweepComesOftenAndAlone',
    'locals functions sweep timeout_seconds',
    180,
    'the next sweep begins before one ends',
  ],
  [
    'indexes, expiry and rules are deployed by Firebase alone',
    'indexesBelongToFirebase',
    'resources google_firestore_field',
    {},
    'google_firestore_field',
  ],
  [
    'rights name buckets and queues that exist, and every handler may add its own next try',
    'rightsNameWhatExists',
    'locals access ocr-shard queues',
    ['convert-document'],
    'ocr-shard may not add its own next try',
  ],
];

describe('infra/ agrees with the code', () => {
  test.each(TABLE)('%s', (_, check, path, value, found) => {
    expect(CHECKS[check](real)).toEqual([]);
    expect(CHECKS[check](planted(path.split(' '), value))).toContainEqual(expect.stringContaining(found));
  });

  test('every check of this suite has a planted failure', () => {
    expect([...new Set(TABLE.map(([, check]) => check))].sort()).toEqual(Object.keys(CHECKS).sort());
  });

  test('what is deployed is what functions/src/index.ts registers', () => {
    const source = readFileSync(join(ROOT, 'functions/src/index.ts'), 'utf8');
    const registered = [...source.matchAll(/^(http|cloudEvent)\(\s*'([\w-]+)'/gm)];
    const names = registered.map(([, , name = '']) => name);
    expect(names).toEqual(expect.arrayContaining([...QUEUE_NAMES, 'api', 'on-upload', 'sweep']));
    expect(functionsAre(names)(real)).toEqual([]);
    expect(functionsAre(names.slice(1))(real)).toEqual([`function: ${names[0]} is one too many`]);
    expect(functionsAre([...names, 'other'])(real)).toEqual(['function: other is missing']);
    const events = registered.filter(([, kind]) => kind === 'cloudEvent').map(([, , name]) => name);
    expect(Object.keys(real.locals.triggers)).toEqual(events);
  });

  test('the buckets list each header and method of a granted upload, and of what the page reads', async () => {
    const gcs = createGcs({
      projectId: PROJECT_ID,
      apiEndpoint: lab.storage.url,
      signingEndpoint: lab.metadata.signEndpoint,
    });
    const request = { bucket: 'uploads', object: 'o', contentType: 'text/plain', sizeBytes: 1, expiresInSeconds: 60 };
    const grants = [await gcs.grantUpload(request), await gcs.grantResumableUpload(request)];
    const granted = [...new Set(grants.flatMap(({ headers }) => Object.keys(headers)))];
    expect(granted).toHaveLength(4);
    expect(corsLists(granted)(real)).toEqual([]);
    expect(corsLists([...granted, 'x-goog-meta-name'])(real)).toEqual(['header: x-goog-meta-name is missing']);
  });
});
