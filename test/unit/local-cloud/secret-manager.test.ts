import { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createSecretManager,
  type SecretManager,
} from '../../../scripts/local-cloud/secret-manager/create-secret-manager.ts';
import { plaintextConnection } from './cloud-tasks/plaintext-connection.ts';

let service: SecretManager;
let client: SecretManagerServiceClient;

beforeAll(async () => {
  service = await createSecretManager({
    projectId: 'demo-secrets',
    secrets: { digits: '123456789', rotated: ['old', 'new'], ended: 'x', hidden: 'x' },
    denied: ['hidden'],
  });
  client = new SecretManagerServiceClient({ projectId: 'demo-secrets', ...plaintextConnection(service.port) });
});
afterAll(async () => {
  await client.close();
  await service.close();
});

const access = async (name: string, version = 'latest', project = 'demo-secrets') => {
  const [answer] = await client.accessSecretVersion({
    name: `projects/${project}/secrets/${name}/versions/${version}`,
  });
  return {
    name: answer.name,
    text: Buffer.from(answer.payload?.data ?? '').toString(),
    crc: answer.payload?.dataCrc32c,
  };
};
const code = (number: number) => expect.objectContaining({ code: number });

test('The payload comes with its CRC-32C; that of "123456789" is the one in every table', async () => {
  expect(await access('digits')).toMatchObject({ text: '123456789', crc: String(0xe3069283) });
});

test('Versions are read by number, and the latest is the last one added', async () => {
  expect((await access('rotated', '1')).text).toBe('old');
  expect(await access('rotated')).toMatchObject({
    text: 'new',
    name: 'projects/demo-secrets/secrets/rotated/versions/2',
  });
  service.addVersion('rotated', 'newest');
  expect((await access('rotated')).text).toBe('newest');
});

test('What is not there is not found, what may not be read is denied', async () => {
  await expect(access('none')).rejects.toEqual(code(5));
  await expect(access('rotated', '9')).rejects.toEqual(code(5));
  await expect(access('hidden')).rejects.toEqual(code(7));
  await expect(access('digits', 'latest', 'demo-other')).rejects.toEqual(code(7));
});

test('A disabled version, a name that is not one, and a method that is not there are refused', async () => {
  service.disableVersion('ended', 1);
  await expect(access('ended')).rejects.toEqual(code(9));
  await expect(access('digits', '0')).rejects.toEqual(code(3));
  await expect(client.getSecret({ name: 'projects/demo-secrets/secrets/digits' })).rejects.toEqual(code(12));
});

test('The stand-in starts neither for a project that could be real nor with a secret over 64 KiB', async () => {
  await expect(createSecretManager({ projectId: 'mdraft', secrets: {} })).rejects.toThrow('demo-');
  const secrets = { large: 'x'.repeat(64 * 1024 + 1) };
  await expect(createSecretManager({ projectId: 'demo-secrets', secrets })).rejects.toThrow('64 KiB');
});
