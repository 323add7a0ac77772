import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createHosting } from '../../../scripts/local-cloud/functions-host/hosting.ts';
import { type HostingConfig, headersOf } from '../../../scripts/local-cloud/functions-host/hosting-config.ts';
import { choosePorts } from '../../../scripts/local-cloud/ports.ts';
import { emulatorOrigins, webConfig } from '../../../scripts/local-cloud/wiring.ts';
import { mdraftProject } from '../../../scripts/whole-system/mdraft-project.ts';

const config: HostingConfig = JSON.parse(
  readFileSync(new URL('../../../firebase.json', import.meta.url), 'utf8'),
).hosting;

/** Directive → its sources. */
const directivesOf = (policy: string): Record<string, string[]> =>
  Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
const policyOf = (path: string): string => headersOf(config, path, [])['content-security-policy'] ?? '';

const GOOGLE_ORIGINS = ['identitytoolkit', 'securetoken', 'firestore', 'storage'].map(
  (name) => `https://${name}.googleapis.com`,
);
const SOURCES = ["'self'", "'none'", ...GOOGLE_ORIGINS];

const sourcesTooMany = (policy: string): string[] =>
  Object.values(directivesOf(policy))
    .flat()
    .filter((source) => !SOURCES.includes(source));

describe('The Content-Security-Policy of firebase.json', () => {
  test('allows what is its own, and the four Google origins to connect to; nothing unsafe, no wildcard, no data: and no blob:', () => {
    expect(sourcesTooMany(policyOf('/'))).toEqual([]);
    const { 'connect-src': connect, ...others } = directivesOf(policyOf('/'));
    expect(connect).toEqual(["'self'", ...GOOGLE_ORIGINS]);
    expect(
      Object.values(others)
        .flat()
        .filter((source) => GOOGLE_ORIGINS.includes(source)),
    ).toEqual([]);
  });

  test.each([
    "'unsafe-inline'",
    "'unsafe-eval'",
    "'wasm-unsafe-eval'",
    '*',
    'https:',
    'data:',
    'blob:',
    'https://x.example',
  ])('would not pass with %s', (source) => {
    expect(sourcesTooMany(policyOf('/').replace("img-src 'self'", `img-src 'self' ${source}`))).toEqual([source]);
  });

  test('forbids what is not named, plugins, frames around the page, another base, and forms that lead elsewhere', () => {
    expect(directivesOf(policyOf('/'))).toMatchObject({
      'default-src': ["'none'"],
      'object-src': ["'none'"],
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'upgrade-insecure-requests': [],
    });
  });

  test('is the same everywhere, beside headers that keep other sites out', () => {
    for (const path of ['/', '/documents/a', '/assets/a.js', '/404.html', '/nothing']) {
      expect(policyOf(path)).toBe(policyOf('/'));
      expect(headersOf(config, path, [])).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      });
    }
  });
});

test('The local host serves that policy with the origins of its emulators for Auth, Firestore and Storage, and no other difference', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mdraft-policy-'));
  const ports = await choosePorts('any');
  const hosting = await createHosting({
    projectId: 'demo-policy',
    port: 0,
    config,
    root,
    serviceUrl: () => 'http://127.0.0.1:9',
    webConfig: webConfig(mdraftProject({}), ports),
    localOrigins: emulatorOrigins(ports),
  });
  const served = (await fetch(hosting.url)).headers.get('content-security-policy') ?? '';
  await hosting.close();
  rmSync(root, { recursive: true });
  const { 'connect-src': connect = [], ...others } = directivesOf(served);
  const { 'connect-src': deployed = [], ...deployedOthers } = directivesOf(policyOf('/'));
  const emulators = [ports.auth, ports.firestore, ports.storage].map((port) => `http://127.0.0.1:${port}`);
  expect(others).toEqual(deployedOthers);
  expect(connect).toEqual([...deployed, ...emulators]);
});
