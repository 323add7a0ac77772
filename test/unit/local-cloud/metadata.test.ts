import { createVerify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GoogleAuth, OAuth2Client } from 'google-auth-library';
import { createIdentity } from '../../../scripts/local-cloud/identity.ts';
import { createMetadataServer, type MetadataServer } from '../../../scripts/local-cloud/metadata/index.ts';
import { type GoogleEnvironment, startGoogleEnvironment } from '../../support/google-environment.ts';

const identity = createIdentity();
const AUDIENCE = 'https://convert-document-123456789012.us-central1.run.app';
const FLAVOR = { 'metadata-flavor': 'Google' };

let server: MetadataServer;
let now: Date;
beforeEach(async () => {
  now = new Date();
  server = await createMetadataServer({ projectId: 'demo-test', identity, now: () => now });
});
afterEach(() => server.close());

const url = (path: string): string => `http://${server.host}${path}`;
const TOKEN_PATH = '/computeMetadata/v1/instance/service-accounts/default/token';
const fetchToken = async (): Promise<{ access_token: string; expires_in: number }> =>
  (await fetch(url(TOKEN_PATH), { headers: FLAVOR })).json() as Promise<{ access_token: string; expires_in: number }>;

describe('Application Default Credentials of the real library', () => {
  let environment: GoogleEnvironment;
  beforeEach(async () => {
    await server.close();
    environment = await startGoogleEnvironment('demo-test', identity);
    server = environment.metadata;
  });
  afterEach(() => environment.close());

  test('An access token is fetched that the other stand-ins know, with the project and the account', async () => {
    const auth = new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] });
    const token = await auth.getAccessToken();
    expect(server.isKnownToken(String(token))).toBe(true);
    expect(await auth.getProjectId()).toBe('demo-test');
    expect((await auth.getCredentials()).client_email).toBe(server.email);
  });

  test('An ID token for an audience is verified with the certificates, and for another audience refused', async () => {
    const client = await new GoogleAuth().getIdTokenClient(AUDIENCE);
    const header = (await client.getRequestHeaders()).get('authorization') ?? '';
    const idToken = header.replace('Bearer ', '');
    const verifier = new OAuth2Client({ endpoints: { oauth2FederatedSignonPemCertsUrl: server.certificatesUrl } });
    const ticket = await verifier.verifyIdToken({ idToken, audience: AUDIENCE });
    expect(ticket.getPayload()).toMatchObject({ email: server.email, email_verified: true, aud: AUDIENCE });
    await expect(verifier.verifyIdToken({ idToken, audience: 'https://other.run.app' })).rejects.toThrow('audience');
    const [head, claims] = idToken.split('.');
    const forged = `${head}.${claims}.${Buffer.from('forged').toString('base64url')}`;
    await expect(verifier.verifyIdToken({ idToken: forged, audience: AUDIENCE })).rejects.toThrow('signature');
  });

  test('Bytes are signed without a key, through signBlob, and the signature fits the public key', async () => {
    const signature = await new GoogleAuth().sign('string to sign', server.signEndpoint);
    const verify = createVerify('RSA-SHA256').update('string to sign');
    expect(verify.verify(identity.publicKey, Buffer.from(signature, 'base64'))).toBe(true);
  });
});

test('Without the Metadata-Flavor header, or forwarded, a request is refused with 403; every answer has the header', async () => {
  const without = await fetch(url(TOKEN_PATH));
  const forwarded = await fetch(url(TOKEN_PATH), { headers: { ...FLAVOR, 'x-forwarded-for': '10.0.0.1' } });
  expect([without.status, forwarded.status]).toEqual([403, 403]);
  expect(await without.text()).not.toContain('access_token');
  expect(without.headers.get('metadata-flavor')).toBe('Google');
});

test('An identity without an audience is 400, an unknown value or account 404', async () => {
  const account = '/computeMetadata/v1/instance/service-accounts';
  const statuses = [`${account}/default/identity`, `${account}/stranger@demo.iam/token`, '/computeMetadata/v1/nothing'];
  const answers = await Promise.all(statuses.map((path) => fetch(url(path), { headers: FLAVOR })));
  expect(answers.map((response) => response.status)).toEqual([400, 404, 404]);
});

test('A token is shared until five minutes before its end; then there is a new one and the old one lives out its time', async () => {
  const first = await fetchToken();
  expect(first.expires_in).toBe(3600);
  now = new Date(now.getTime() + 3_000_000);
  expect(await fetchToken()).toEqual({ ...first, expires_in: 600 });
  now = new Date(now.getTime() + 400_000);
  const second = await fetchToken();
  expect(second.access_token).not.toBe(first.access_token);
  expect(server.isKnownToken(first.access_token)).toBe(true);
  now = new Date(now.getTime() + 200_000);
  expect(server.isKnownToken(first.access_token)).toBe(false);
  expect(server.isKnownToken(second.access_token)).toBe(true);
  expect(server.isKnownToken('invented')).toBe(false);
});

describe('signBlob', () => {
  const sign = (email: string, token: string, body: unknown): Promise<Response> =>
    fetch(`${server.signEndpoint}${email}:signBlob`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });

  test('An unknown or expired token is 401, another account 403, a payload that is not base64 400', async () => {
    const { access_token: token } = await fetchToken();
    const payload = Buffer.from('x').toString('base64');
    const good = await sign(server.email, token, { payload });
    expect(await good.json()).toEqual({ keyId: identity.keyId, signedBlob: expect.any(String) });
    const refused = [
      await sign(server.email, 'invented', { payload }),
      await sign('other@demo-test.iam.gserviceaccount.com', token, { payload }),
      await sign(server.email, token, { payload: 'no base64!' }),
      await sign(server.email, token, {}),
    ];
    expect(refused.map((response) => response.status)).toEqual([401, 403, 400, 400]);
    expect(await refused[1]?.json()).toMatchObject({ error: { code: 403, status: 'PERMISSION_DENIED' } });
    now = new Date(now.getTime() + 3_600_000);
    expect((await sign(server.email, token, { payload })).status).toBe(401);
  });
});

test('It does not start for a project that could exist', async () => {
  await expect(createMetadataServer({ projectId: 'production', identity })).rejects.toThrow('demo-');
});
