import http from 'node:http';
import https from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { deleteApp, getApp, getApps } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { createFirebaseIdentityVerifier, initialiseFirebase } from '../../../functions/src/adapters/firebase-auth.ts';
import { type AuthEmulator, startAuthEmulator } from '../../../scripts/local-cloud/auth-emulator/index.ts';
import { jsonReply, type RunningHttpServer, serveHttp } from '../../../scripts/local-cloud/http-server.ts';
import { createIdentity } from '../../../scripts/local-cloud/identity.ts';

const PROJECT = 'demo-identity';
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claims = (changed: Record<string, unknown> = {}): Record<string, unknown> => {
  const nowSeconds = Math.floor(Date.now() / 1000);
  return {
    iss: `https://securetoken.google.com/${PROJECT}`,
    aud: PROJECT,
    sub: 'user-1',
    auth_time: nowSeconds - 10,
    iat: nowSeconds - 10,
    exp: nowSeconds + 3600,
    firebase: { sign_in_provider: 'password', identities: {} },
    ...changed,
  };
};

/** Each test begins without an app: it keeps Google's keys, and whether there is an emulator. */
afterEach(async () => {
  await Promise.all(getApps().map((app) => deleteApp(app)));
});

describe('in the cloud', () => {
  const google = createIdentity();
  let keys: RunningHttpServer;
  let keysAnswer = 200;

  const sign = (payload: Record<string, unknown>, header: Record<string, unknown> = {}, signer = google): string => {
    const unsigned = `${encode({ alg: 'RS256', typ: 'JWT', kid: google.keyId, ...header })}.${encode(payload)}`;
    return `${unsigned}.${Buffer.from(signer.sign(Buffer.from(unsigned))).toString('base64url')}`;
  };

  beforeAll(async () => {
    keys = await serveHttp(0, () => jsonReply(keysAnswer, keysAnswer === 200 ? google.certificates() : {}));
    const toOurs = (options: https.RequestOptions, answered?: (response: http.IncomingMessage) => void) =>
      http.request(
        { ...options, protocol: 'http:', hostname: '127.0.0.1', port: keys.port, agent: undefined },
        answered,
      );
    jest.spyOn(https, 'request').mockImplementation(toOurs as typeof https.request);
  });

  afterEach(() => {
    keysAnswer = 200;
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await keys.close();
  });

  const verify = (token: string) => createFirebaseIdentityVerifier({ projectId: PROJECT }).verify(token);

  test("A token signed with Google's key says who it is", async () => {
    expect(await verify(sign(claims({ email: 'a@mdraft.example' })))).toEqual({
      uid: 'user-1',
      anonymous: false,
      email: 'a@mdraft.example',
    });
  });

  test('An anonymous visitor is told from an account, and has no e-mail address', async () => {
    const token = sign(claims({ firebase: { sign_in_provider: 'anonymous', identities: {} } }));
    expect(await verify(token)).toEqual({ uid: 'user-1', anonymous: true });
  });

  const nowSeconds = Math.floor(Date.now() / 1000);
  test.each([
    ['expired', () => sign(claims({ exp: nowSeconds - 1 }))],
    ["another project's", () => sign(claims({ aud: 'demo-other', iss: 'https://securetoken.google.com/demo-other' }))],
    ["another issuer's", () => sign(claims({ iss: 'https://accounts.google.com' }))],
    ['signed with another key', () => sign(claims(), {}, createIdentity())],
    ['signed with a key that Google does not name', () => sign(claims(), { kid: 'unknown' })],
    ['not signed', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`],
    ['not signed but says so only in its header', () => sign(claims(), { alg: 'none' }).replace(/[^.]*$/, '')],
    [
      'altered after it was signed',
      () => sign(claims()).replace(/\.[^.]+\./, `.${encode(claims({ sub: 'user-2' }))}.`),
    ],
    ['without a user', () => sign(claims({ sub: '' }))],
    ['a custom token', () => sign(claims({ aud: 'https://identitytoolkit.googleapis.com/' }))],
    ['not a token', () => 'hello'],
    ['empty', () => ''],
    ['of three parts that are not JSON', () => 'a.b.c'],
    ['of JSON that is no object', () => `${encode(null)}.${encode([])}.x`],
  ])('A token that is %s is nobody', async (_, make) => {
    expect(await verify(make())).toBeNull();
  });

  test("That Google's keys cannot be fetched is an outage, not a bad token, and the same verifier works again after it", async () => {
    const verifier = createFirebaseIdentityVerifier({ projectId: PROJECT });
    // A 503 would do too, but firebase-admin itself tries that again for seven seconds.
    keysAnswer = 500;
    await expect(verifier.verify(sign(claims()))).rejects.toMatchObject({
      reason: 'IDENTITY_UNAVAILABLE',
      retry: 'later',
    });
    keysAnswer = 200;
    expect(await verifier.verify(sign(claims()))).toMatchObject({ uid: 'user-1' });
  });
});

describe('with the emulator', () => {
  let emulator: AuthEmulator;
  const before = process.env.FIREBASE_AUTH_EMULATOR_HOST;

  beforeAll(async () => {
    emulator = await startAuthEmulator({ projectId: PROJECT, port: 0 });
    process.env.FIREBASE_AUTH_EMULATOR_HOST = emulator.host;
  });

  afterAll(async () => {
    if (before === undefined) delete process.env.FIREBASE_AUTH_EMULATOR_HOST;
    else process.env.FIREBASE_AUTH_EMULATOR_HOST = before;
    await emulator.close();
  });

  const signUp = async (body: Record<string, unknown>): Promise<{ idToken: string; localId: string }> => {
    const response = await fetch(`http://${emulator.host}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=any`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { idToken: string; localId: string };
  };

  const verifier = createFirebaseIdentityVerifier({ projectId: PROJECT, checkRevoked: true });
  const verify = (token: string) =>
    createFirebaseIdentityVerifier({ projectId: PROJECT, checkRevoked: true }).verify(token);

  test('An anonymous visitor and an e-mail account are who they are', async () => {
    const visitor = await signUp({ returnSecureToken: true });
    const account = await signUp({ email: 'b@mdraft.example', password: 'long enough', returnSecureToken: true });
    expect(await verify(visitor.idToken)).toEqual({ uid: visitor.localId, anonymous: true });
    expect(await verify(account.idToken)).toEqual({
      uid: account.localId,
      anonymous: false,
      email: 'b@mdraft.example',
    });
  });

  test('The tokens of a disabled and of a deleted user are nobody', async () => {
    const disabled = await signUp({ returnSecureToken: true });
    const deleted = await signUp({ returnSecureToken: true });
    await initialiseFirebase(PROJECT);
    await getAuth().updateUser(disabled.localId, { disabled: true });
    await getAuth().deleteUser(deleted.localId);
    expect(await verify(disabled.idToken)).toBeNull();
    expect(await verify(deleted.idToken)).toBeNull();
  });

  test('A token from before a revocation is nobody', async () => {
    const { idToken, localId } = await signUp({ returnSecureToken: true });
    await initialiseFirebase(PROJECT);
    // Revocation counts in whole seconds; the token must be of an earlier one.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await getAuth().revokeRefreshTokens(localId);
    expect(await verify(idToken)).toBeNull();
  });

  test('The default app is made once, for whoever else looks for it', async () => {
    await initialiseFirebase(PROJECT);
    await initialiseFirebase(PROJECT);
    expect(getApp().options.projectId).toBe(PROJECT);
    expect(getApps()).toHaveLength(1);
  });

  test('An emulator that does not answer is an outage', async () => {
    const { idToken } = await signUp({ returnSecureToken: true });
    await emulator.close();
    await expect(verifier.verify(idToken)).rejects.toMatchObject({ reason: 'IDENTITY_UNAVAILABLE' });
  });
});
