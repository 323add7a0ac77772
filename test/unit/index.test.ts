/** The deployed module as a process of its own, as the platform starts it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

const INDEX = fileURLToPath(new URL('../../functions/src/index.ts', import.meta.url));

const SETTINGS = {
  GOOGLE_CLOUD_PROJECT: 'acme-prod',
  PROJECT_NUMBER: '123456789012',
  REGION: 'us-central1',
  UPLOADS_BUCKET: 'acme-uploads',
  PROCESSED_BUCKET: 'acme-processed',
  TASKS_SERVICE_ACCOUNT: 'call-tasks@acme-prod.iam.gserviceaccount.com',
};

const NAMES = [
  'api',
  'on-upload',
  'convert-document',
  'ocr-shard',
  'plan-run',
  'analyze-window',
  'merge-analysis',
  'sweep',
];

/** Packages that are loaded with their first use. */
const SDK =
  '/node_modules/(@google-cloud/(?!functions-framework)[^/]+|@google/genai|@sentry/[^/]+|@grpc/[^/]+|firebase-(?:admin|functions)|google-gax)/';

const PROGRAM = `
  import { registerHooks } from 'node:module';
  const urls = [];
  registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
  await import(${JSON.stringify(pathToFileURL(INDEX).href)});
  const { getFunction } = await import('@google-cloud/functions-framework/testing');
  const sdks = () => [...new Set(urls.map((url) => new RegExp(${JSON.stringify(SDK)}).exec(url)?.[1]).filter(Boolean))];
  const atStart = sdks();
  await import('@google-cloud/secret-manager');
  console.log(JSON.stringify({
    missing: ${JSON.stringify(NAMES)}.filter((name) => !getFunction(name)),
    atStart,
    wouldBeSeen: sdks().includes('@google-cloud/secret-manager'),
  }));
`;

const start = (environment: Record<string, string>) =>
  spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', PROGRAM], {
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });

test('With its settings it registers every function, and has loaded no SDK by then', () => {
  const { status, stdout } = start(SETTINGS);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ missing: [], atStart: [], wouldBeSeen: true });
});

test.each([
  ['FIRESTORE_EMULATOR_HOST', '127.0.0.1:8080'],
  ['CLOUD_TASKS_EMULATOR_HOST', '127.0.0.1:9050'],
  ['SERVICE_URL_TEMPLATE', 'http://127.0.0.1:5001/{service}'],
])('With the stand-in %s and a project that is no demo the process refuses to start', (setting, value) => {
  const { status, stderr } = start({ ...SETTINGS, [setting]: value });
  expect(status).not.toBe(0);
  expect(stderr).toContain('CONFIG_INVALID');
  expect(stderr).toContain(setting);
});

test('Without a setting that it needs the process refuses to start, and names it', () => {
  const { status, stderr } = start({ ...SETTINGS, UPLOADS_BUCKET: '' });
  expect(status).not.toBe(0);
  expect(stderr).toContain('UPLOADS_BUCKET');
});
