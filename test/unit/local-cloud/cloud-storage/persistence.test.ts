import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCloudStorage, type RunningCloudStorage } from '../../../../scripts/local-cloud/cloud-storage/index.ts';
import { createIdentity } from '../../../../scripts/local-cloud/identity.ts';

const identity = createIdentity();
let folder: string;
let storage: RunningCloudStorage;

const start = async (now = () => new Date()): Promise<void> => {
  storage = await createCloudStorage({
    projectId: 'demo-disk',
    port: 0,
    identity,
    buckets: [{ name: 'uploads', location: 'US' }],
    folder,
    now,
  });
};
const call = (path: string, init: RequestInit = {}) =>
  fetch(`${storage.url}${path}`, { ...init, headers: { authorization: 'Bearer any' } });
const write = async (name: string, body: string): Promise<string> => {
  const answer = await call(`/upload/storage/v1/b/uploads/o?uploadType=media&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body,
  });
  return ((await answer.json()) as { generation: string }).generation;
};
const read = async (name: string) =>
  (await call(`/storage/v1/b/uploads/o/${encodeURIComponent(name)}?alt=media`)).text();
const bucketFolder = () => join(folder, 'objects', 'uploads');
const storedBytes = () => readdirSync(bucketFolder()).filter((name) => name.endsWith('.bytes'));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mdraft-objects-'));
  await start();
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

test('Objects, their generation and their deletion survive a restart', async () => {
  const generation = await write('org/../ä?.txt', 'kept');
  await write('gone', 'x');
  await call('/storage/v1/b/uploads/o/gone', { method: 'DELETE' });
  await storage.close();
  await start();
  expect(await read('org/../ä?.txt')).toBe('kept');
  const list = (await (await call('/storage/v1/b/uploads/o')).json()) as {
    items: { name: string; generation: string }[];
  };
  expect(list.items.map((item) => [item.name, item.generation])).toEqual([['org/../ä?.txt', generation]]);
});

test('Generations keep growing after a restart whose clock runs behind', async () => {
  const first = await write('a', 'one');
  await storage.close();
  await start(() => new Date(0));
  expect(BigInt(await write('a', 'two'))).toBeGreaterThan(BigInt(first));
});

test('A write that was cut off before its record leaves the object as it was, and its bytes go with the next start', async () => {
  await write('a', 'whole');
  const stem = readdirSync(bucketFolder())
    .find((name) => name.endsWith('.json'))
    ?.replace('.json', '');
  await storage.close();
  writeFileSync(join(bucketFolder(), `${stem}-99999999999999999.bytes`), 'of a write that never ended');
  writeFileSync(join(bucketFolder(), `${stem}.json.tmp`), '{"half":');
  await start();
  expect(await read('a')).toBe('whole');
  expect(storedBytes()).toHaveLength(1);
});

test('The bytes of a replaced object do not stay on the disk', async () => {
  await write('a', 'one');
  await write('a', 'two');
  expect(storedBytes()).toHaveLength(1);
});
