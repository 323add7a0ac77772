import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createGrpcConnection } from '../../../functions/src/adapters/grpc-connection.ts';
import { createSecretStore } from '../../../functions/src/adapters/secret-manager.ts';
import type { AppError } from '../../../functions/src/errors.ts';
import {
  createSecretManager,
  type SecretManager,
} from '../../../scripts/local-cloud/secret-manager/create-secret-manager.ts';

process.env.METADATA_SERVER_DETECTION = 'none';

let service: SecretManager;
let store: ReturnType<typeof createSecretStore>;
let nowMs = 0;

beforeAll(async () => {
  service = await createSecretManager({
    projectId: 'demo-secrets',
    secrets: { rotated: 'one', shared: 'schlüssel', damaged: 'whole', ended: 'x', empty: '', late: 'there' },
    denied: ['hidden'],
  });
  store = createSecretStore({
    projectId: 'demo-secrets',
    timeoutSeconds: 0.5,
    now: () => nowMs,
    connection: createGrpcConnection(`127.0.0.1:${service.port}`),
  });
});
afterAll(async () => {
  await store.close();
  await service.close();
});
beforeEach(() => {
  service.faults.damagePayload = false;
  service.faults.unavailable = false;
});

const failure = (name: string): Promise<AppError> =>
  store.read(name).then(
    () => Promise.reject(new Error('it did not fail')),
    (error: AppError) => error,
  );

test('A secret is kept for five minutes, then its latest version is read', async () => {
  expect(await store.read('rotated')).toBe('one');
  service.addVersion('rotated', 'two');
  nowMs += 299_999;
  expect(await store.read('rotated')).toBe('one');
  nowMs += 1;
  expect(await store.read('rotated')).toBe('two');
});

test('A burst of reads is one call, and the text is UTF-8', async () => {
  const values = await Promise.all(Array.from({ length: 20 }, () => store.read('shared')));
  expect(new Set(values)).toEqual(new Set(['schlüssel']));
  expect(service.reads.filter((read) => read === 'shared/latest')).toHaveLength(1);
});

test('An empty secret is a secret', async () => {
  expect(await store.read('empty')).toBe('');
});

test('A payload that does not match its checksum is not used, nor kept', async () => {
  service.faults.damagePayload = true;
  expect(await failure('damaged')).toMatchObject({ reason: 'SECRET_UNAVAILABLE', retry: 'later' });
  service.faults.damagePayload = false;
  expect(await store.read('damaged')).toBe('whole');
});

test('A secret that is missing, or whose version is disabled, is named', async () => {
  service.disableVersion('ended', 1);
  for (const name of ['none', 'ended']) {
    const error = await failure(name);
    expect(error).toMatchObject({ reason: 'SECRET_MISSING', retry: 'never', details: { name } });
  }
});

test('A secret that appears after a failure is found at once', async () => {
  await failure('added-later');
  service.addVersion('added-later', 'now');
  expect(await store.read('added-later')).toBe('now');
});

test('A secret that may not be read is a matter of the settings', async () => {
  const error = await failure('hidden');
  expect(error).toMatchObject({ reason: 'CONFIG_INVALID', retry: 'never' });
  expect(error.message).toContain('secret hidden');
});

test('When the service does not answer, the read may be tried again and no secret is in the error', async () => {
  service.faults.unavailable = true;
  const error = await failure('late');
  expect(error).toMatchObject({ reason: 'SECRET_UNAVAILABLE', retry: 'later' });
  expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('there');
  service.faults.unavailable = false;
  expect(await store.read('late')).toBe('there');
});
