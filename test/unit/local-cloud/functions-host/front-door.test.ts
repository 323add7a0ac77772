import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Containers, startContainers } from '../../../../scripts/local-cloud/functions-host/containers.ts';
import { createFrontDoor, type FrontDoor } from '../../../../scripts/local-cloud/functions-host/front-door.ts';
import { createIdentity } from '../../../../scripts/local-cloud/identity.ts';

const PROJECT = 'demo-host';
const INVOKER = `call-tasks@${PROJECT}.iam.gserviceaccount.com`;
const ENTRY = new URL('./sample-functions.ts', import.meta.url).href;
const PROCESSES = [
  ['echo', 'slow', 'on-upload'],
  ['dies', 'computes'],
];

const identity = createIdentity();
let folder: string;
let containers: Containers;
let door: FrontDoor;

const isPrivate = { invoker: INVOKER, timeoutSeconds: 5, concurrency: 4, instances: 1 };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mdraft-host-'));
  containers = await startContainers({
    entryUrl: ENTRY,
    processes: PROCESSES,
    environment: { SETTING: 'given' },
    logPath: join(folder, 'functions.log'),
  });
  const portsByService: Record<string, string> = { api: 'echo', echo: 'echo', impatient: 'slow', narrow: 'slow' };
  door = await createFrontDoor({
    projectId: PROJECT,
    port: 0,
    identity,
    services: {
      api: { ...isPrivate, invoker: null },
      echo: isPrivate,
      impatient: { ...isPrivate, timeoutSeconds: 0.2 },
      narrow: { ...isPrivate, concurrency: 1, instances: 2 },
      dies: isPrivate,
      computes: isPrivate,
      'on-upload': isPrivate,
    },
    containerPort: (service) => containers.portOf(portsByService[service] ?? service),
    waitMs: 400,
  });
});
afterAll(async () => {
  await door.close();
  await containers.close();
  rmSync(folder, { recursive: true, force: true });
});

const tokenFor = (
  service: string,
  changes: { audience?: string; email?: string; now?: Date; from?: typeof identity } = {},
): string => {
  const { audience = door.serviceUrl(service), email = INVOKER, now = new Date(), from = identity } = changes;
  return from.mintIdToken({ audience, email, now });
};

const call = (service: string, path = '/', init: RequestInit = {}, token: string | null = tokenFor(service)) =>
  fetch(`${door.serviceUrl(service)}${path}`, {
    ...init,
    headers: { ...init.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  });

describe('who is let in', () => {
  test('The public service answers everybody, and sees a token as it was sent', async () => {
    const withoutToken = await call('api', '/call/x?y=1', {}, null);
    expect(withoutToken.status).toBe(201);
    expect(withoutToken.headers.get('x-made-by')).toBe('echo');
    expect(await withoutToken.json()).toMatchObject({ method: 'GET', url: '/call/x?y=1', setting: 'given' });
    const seen = (await (await call('api', '/', {}, 'a.b.signature')).json()) as { headers: Record<string, string> };
    expect(seen.headers.authorization).toBe('Bearer a.b.signature');
  });

  test('A private service takes the token of its invoker, whose signature the function does not see', async () => {
    const token = tokenFor('echo');
    const body = JSON.stringify({ attempt: 1 });
    const answer = await call(
      'echo',
      '/',
      { method: 'POST', body, headers: { 'content-type': 'application/json' } },
      token,
    );
    expect(answer.status).toBe(201);
    const seen = (await answer.json()) as { headers: Record<string, string>; body: unknown };
    expect(seen.body).toEqual({ attempt: 1 });
    expect(seen.headers.authorization).toBe(
      `Bearer ${token.slice(0, token.lastIndexOf('.'))}.SIGNATURE_REMOVED_BY_GOOGLE`,
    );
  });

  test('No token, and a token of somebody without run.invoker, is 403', async () => {
    expect((await call('echo', '/', {}, null)).status).toBe(403);
    expect((await call('echo', '/', {}, tokenFor('echo', { email: 'other@demo-host.example' }))).status).toBe(403);
  });

  test.each([
    ['another audience', () => tokenFor('echo', { audience: 'https://elsewhere.run.app' })],
    ['the audience of another service', () => tokenFor('narrow')],
    ['an expired one', () => tokenFor('echo', { now: new Date(Date.now() - 2 * 3_600_000) })],
    ['one of tomorrow', () => tokenFor('echo', { now: new Date(Date.now() + 86_400_000) })],
    ['one signed by somebody else', () => tokenFor('echo', { from: createIdentity() })],
    [
      'one whose claims were changed',
      () => {
        const [header, , signature] = tokenFor('echo').split('.');
        const claims = { aud: door.serviceUrl('echo'), email: INVOKER, email_verified: true };
        return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      },
    ],
    [
      'one without a signature',
      () => {
        const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
        return `${none}.${tokenFor('echo').split('.')[1]}.`;
      },
    ],
    ['what is no token', () => 'nonsense'],
  ])('A token with a fault is 401, and the function hears nothing: %s', async (_, token) => {
    const answer = await call('echo', '/', {}, token());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    expect(answer.headers.get('x-made-by')).toBeNull();
  });

  test('A service that does not exist is 404', async () => {
    expect((await call('nowhere')).status).toBe(404);
  });
});

describe('what the platform does', () => {
  test('A request that takes longer than the timeout of its service is 504', async () => {
    expect((await call('impatient', '/?ms=1500')).status).toBe(504);
  });

  test('No more requests run than instances take; the next waits, and is 429 when none becomes free', async () => {
    const started = performance.now();
    const short = await Promise.all([1, 2, 3].map(() => call('narrow', '/?ms=150&group=narrow')));
    expect(short.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(performance.now() - started).toBeGreaterThan(290);
    expect(await short[2]?.json()).toEqual({ most: 2 });
    const long = await Promise.all([1, 2, 3].map(() => call('narrow', '/?ms=900')));
    expect(long.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    expect((await call('narrow', '/?ms=1')).status).toBe(200);
  });

  test('A CloudEvent reaches its function, and what a function writes is in the log', async () => {
    const headers = {
      'content-type': 'application/json',
      'ce-id': '1',
      'ce-specversion': '1.0',
      'ce-type': 'google.cloud.storage.object.v1.finalized',
      'ce-source': '//storage.googleapis.com/projects/_/buckets/b',
    };
    const answer = await call('on-upload', '/', { method: 'POST', headers, body: JSON.stringify({ name: 'x' }) });
    expect(answer.status).toBe(204);
    const line = '{"type":"google.cloud.storage.object.v1.finalized","data":{"name":"x"}}';
    while (!readFileSync(join(folder, 'functions.log'), 'utf8').includes(line)) await sleep(10);
  });

  test('A function that takes the process with it is 503, and another process takes its place', async () => {
    expect((await call('dies')).status).toBe(503);
    await containers.kill();
    expect((await call('echo')).status).toBe(201);
  });

  test('A function that computes for long holds up those of its own process only', async () => {
    const order: string[] = [];
    const computing = call('computes', '/?ms=1000').then(() => order.push('computes'));
    await sleep(100);
    expect((await call('echo')).status).toBe(201);
    order.push('echo');
    await computing;
    expect(order).toEqual(['echo', 'computes']);
  });

  test('Functions that cannot start say why', async () => {
    const refused = startContainers({
      entryUrl: ENTRY,
      processes: PROCESSES,
      environment: { REFUSE_TO_START: '1' },
      logPath: join(folder, 'refused.log'),
    });
    await expect(refused).rejects.toThrow('the settings are wrong');
  });

  test('It runs for demo projects only', async () => {
    const options = { projectId: 'acme', port: 0, identity, services: {}, containerPort: () => null };
    await expect(createFrontDoor(options)).rejects.toThrow('demo-');
  });
});
