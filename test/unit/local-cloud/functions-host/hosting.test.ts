import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { matchesGlob } from '../../../../scripts/local-cloud/functions-host/glob.ts';
import { createHosting } from '../../../../scripts/local-cloud/functions-host/hosting.ts';
import {
  type HostingConfig,
  headersOf,
  rewriteOf,
} from '../../../../scripts/local-cloud/functions-host/hosting-config.ts';

let root: string;
let service: Server;
let hosting: Awaited<ReturnType<typeof createHosting>>;

const CONFIG: HostingConfig = {
  public: 'site',
  ignore: ['**/.*', 'secret/**'],
  rewrites: [
    { source: '/api/**', run: { serviceId: 'api' } },
    { source: '/documents/**', destination: '/index.html' },
    { source: '/gone', destination: '/gone.html' },
  ],
  headers: [
    { source: '**', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
    { source: '/assets/*.js', headers: [{ key: 'Cache-Control', value: 'immutable' }] },
    { regex: '^/(404\\.html|documents/.*)$', headers: [{ key: 'Cache-Control', value: 'no-store' }] },
    {
      source: '**',
      headers: [{ key: 'Content-Security-Policy', value: "img-src 'self'; connect-src 'self'; sandbox" }],
    },
  ],
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'mdraft-hosting-'));
  mkdirSync(join(root, 'site/assets'), { recursive: true });
  mkdirSync(join(root, 'site/secret'));
  mkdirSync(join(root, 'site/api'));
  writeFileSync(join(root, 'site/index.html'), '<h1>home</h1>');
  writeFileSync(join(root, 'site/404.html'), 'nothing here');
  writeFileSync(join(root, 'site/.hidden'), 'x');
  writeFileSync(join(root, 'site/secret/x.txt'), 'x');
  writeFileSync(join(root, 'site/api/static.txt'), 'a file wins');
  writeFileSync(join(root, 'site/assets/app.js'), 'export {};');
  writeFileSync(join(root, 'outside.txt'), 'x');
  service = createServer((request, response) => {
    if (request.url?.includes('never')) return;
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      response.writeHead(418, { 'content-type': 'application/json' });
      const { method, url, headers } = request;
      response.write(JSON.stringify({ method, url, headers, body: Buffer.concat(parts).toString() }));
      setTimeout(() => response.end(' '), 50);
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  hosting = await createHosting({
    projectId: 'demo-host',
    port: 0,
    config: CONFIG,
    root,
    serviceUrl: () => `http://127.0.0.1:${port}/api-service`,
    webConfig: { projectId: 'demo-host' },
    localOrigins: ['http://127.0.0.1:1', 'http://127.0.0.1:2'],
    serviceTimeoutSeconds: 0.5,
  });
});
afterAll(async () => {
  await hosting.close();
  service.closeAllConnections();
  service.close();
  rmSync(root, { recursive: true, force: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${hosting.url}${path}`, init);

describe('files', () => {
  test('A folder is its index.html; types, headers and the check for a known version are Hosting’s', async () => {
    const home = await get('/');
    expect(await home.text()).toBe('<h1>home</h1>');
    expect(home.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(home.headers.get('x-content-type-options')).toBe('nosniff');
    const again = await get('/', { headers: { 'if-none-match': home.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    const script = await get('/assets/app.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toBe('immutable');
  });

  test.each(['/none', '/.hidden', '/secret/x.txt', '/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt'])(
    '%s is not there: 404 with the page of that name, and the headers of every answer',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe('nothing here');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('What is not there is kept by nobody, whatever the rules say of its address', async () => {
    const answer = await get('/assets/old.js');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  test('The policy is that of the configuration, and the page may connect to the local origins too', async () => {
    expect((await get('/')).headers.get('content-security-policy')).toBe(
      "img-src 'self'; connect-src 'self' http://127.0.0.1:1 http://127.0.0.1:2; sandbox",
    );
  });

  test('The page finds its settings, and nothing else, under /__/', async () => {
    expect(await (await get('/__/firebase/init.json')).json()).toEqual({ projectId: 'demo-host' });
    expect((await get('/__/x')).status).toBe(404);
  });
});

describe('rewrites', () => {
  test('The service gets method, path, query, body and headers, and of the cookies only __session', async () => {
    const answer = await get('/api/v1/convert/a%2Fb?x=1', {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', cookie: 'a=b; __session=s; c=d', authorization: 'Bearer t' },
    });
    expect(answer.status).toBe(418);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('private');
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      url: '/api-service/api/v1/convert/a%2Fb?x=1',
      body: '{"a":1}',
      headers: { authorization: 'Bearer t', cookie: '__session=s', 'x-forwarded-host': new URL(hosting.url).host },
    });
  });

  test('An answer comes whole: it has a length, though the service sent it in pieces', async () => {
    const answer = await get('/api/pieces');
    expect(answer.headers.get('transfer-encoding')).toBeNull();
    expect(Number(answer.headers.get('content-length'))).toBe((await answer.text()).length);
  });

  test('A service that takes too long is cut off with 504', async () => {
    expect((await get('/api/never')).status).toBe(504);
  });

  test('An address of the page is answered with the file that is named for it, by the rules of the address', async () => {
    const answer = await get('/documents/a/b?page=3');
    expect([answer.status, await answer.text()]).toEqual([200, '<h1>home</h1>']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('A rewrite to a file that was not built is 404', async () => {
    expect((await get('/gone')).status).toBe(404);
  });

  test('A file of the site goes before a rewrite', async () => {
    expect(await (await get('/api/static.txt')).text()).toBe('a file wins');
  });
});

test('Without a built page the services still answer, and the page is 404', async () => {
  const bare = await createHosting({
    projectId: 'demo-host',
    port: 0,
    config: { ...CONFIG, public: 'never-built' },
    root,
    serviceUrl: () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    webConfig: {},
  });
  const statuses = await Promise.all(
    ['/api/v1/convert', '/', '/documents/a'].map(async (path) => (await fetch(`${bare.url}${path}`)).status),
  );
  await bare.close();
  expect(statuses).toEqual([418, 404, 404]);
});

test.each([
  ['**', '/a/b.js', true],
  ['/call/**', '/call/createUpload', true],
  ['/call/**', '/call', true],
  ['/call/**', '/caller', false],
  ['/assets/*.js', '/assets/a/b.js', false],
  ['**/.*', '/a/.git', true],
  ['**/.*', '/.git', true],
  ['/a.b', '/axb', false],
])('The pattern %s and the path %s: %s', (pattern, path, matches) => {
  expect(matchesGlob(pattern, path)).toBe(matches);
});

describe('firebase.json', () => {
  const real: HostingConfig = JSON.parse(
    readFileSync(new URL('../../../../firebase.json', import.meta.url), 'utf8'),
  ).hosting;
  const target = (path: string): string | undefined => {
    const rewrite = rewriteOf(real, path);
    return rewrite && ('run' in rewrite ? rewrite.run.serviceId : rewrite.destination);
  };

  test.each([
    ['/call/createUpload', 'api'],
    ['/api/v1/convert', 'api'],
    ['/documents', '/index.html'],
    ['/documents/abc', '/index.html'],
    ['/runs', '/index.html'],
    ['/runs/abc/matrix', '/index.html'],
    ['/account', '/index.html'],
    ['/', undefined],
    ['/index.html', undefined],
    ['/documentsx', undefined],
    ['/account/x', undefined],
    ['/assets/app.js', undefined],
  ])('%s is answered by %s', (path, answeredBy) => {
    expect(target(path)).toBe(answeredBy);
  });

  test.each([
    ['/', 'no-store'],
    ['/index.html', 'no-store'],
    ['/404.html', 'no-store'],
    ['/documents', 'no-store'],
    ['/documents/abc', 'no-store'],
    ['/runs/abc/matrix', 'no-store'],
    ['/account', 'no-store'],
    ['/assets/index-abc.js', 'public, max-age=31536000, immutable'],
    ['/sample/index.json', 'no-cache'],
    ['/favicon.svg', 'no-cache'],
    ['/signed-out.txt', 'no-store'],
    ['/api/v1/convert', undefined],
    ['/call/createUpload', undefined],
  ])('%s is kept by caches as %s says', (path, cacheControl) => {
    expect(headersOf(real, path, [])['cache-control']).toBe(cacheControl);
  });

  test('Only what is asked for when somebody signs out has the browser clear its storage', () => {
    const cleared = (path: string) => headersOf(real, path, [])['clear-site-data'];
    expect(cleared('/signed-out.txt')).toBe('"storage"');
    for (const path of ['/', '/account', '/documents/abc', '/assets/index-abc.js', '/api/v1/account']) {
      expect(cleared(path)).toBeUndefined();
    }
  });

  test('What the build keeps for itself is not published', () => {
    for (const path of ['/.built', '/.vite/manifest.json']) {
      expect(real.ignore?.some((pattern) => matchesGlob(pattern, path))).toBe(true);
    }
  });
});
