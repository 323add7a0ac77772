import { describe, expect, test } from '@jest/globals';
import { readConfig, readServiceConfig } from '../../functions/src/config.ts';

const MB = 1024 * 1024;

test('Without settings the limits are those of the free plan', () => {
  expect(readConfig({})).toEqual({
    limits: {
      pdfBytes: 25 * MB,
      officeBytes: 20 * MB,
      textBytes: 5 * MB,
      otherBytes: 10 * MB,
      unpackedBytes: 512 * MB,
    },
    conversionTimeoutSeconds: 300,
    conversionMemoryMb: 512,
  });
});

test('A setting changes its limit and no other', () => {
  const { limits } = readConfig({ MAX_UPLOAD_PDF_MB: '100' });
  expect(limits).toEqual({ ...readConfig({}).limits, pdfBytes: 100 * MB });
});

test.each([
  ['MAX_UPLOAD_PDF_MB', 'plenty'],
  ['MAX_UPLOAD_TEXT_MB', '-1'],
  ['CONVERSION_TIMEOUT_SECONDS', '0'],
  ['CONVERSION_MEMORY_MB', '1.5'],
])('A wrong %s is refused by name before anything starts', (setting, value) => {
  expect(() => readConfig({ [setting]: value })).toThrow(
    expect.objectContaining({ reason: 'CONFIG_INVALID', details: expect.objectContaining({ setting }) }),
  );
});

const SERVICE = {
  GOOGLE_CLOUD_PROJECT: 'acme-prod',
  PROJECT_NUMBER: '123456789012',
  REGION: 'us-central1',
  UPLOADS_BUCKET: 'acme-uploads',
  PROCESSED_BUCKET: 'acme-processed',
  TASKS_SERVICE_ACCOUNT: 'call-tasks@acme-prod.iam.gserviceaccount.com',
};

const refusal = (setting: string) =>
  expect.objectContaining({ reason: 'CONFIG_INVALID', details: expect.objectContaining({ setting }) });

describe('a deployed function', () => {
  test('It needs six settings; the others have a value, or what they switch on is off', () => {
    const config = readServiceConfig(SERVICE);
    expect(config).toMatchObject({
      projectId: 'acme-prod',
      buckets: { uploads: 'acme-uploads', processed: 'acme-processed' },
      limits: { pdfBytes: 25 * MB },
      documentAi: null,
      model: { provider: 'none' },
      retentionDays: 30,
      maxChunks: 500,
      windowsInFlight: 64,
      converterProcesses: 1,
      endpoints: {},
    });
    expect(config.sentryDsn).toBeUndefined();
    expect(config.serviceUrl('convert-document')).toBe('https://convert-document-123456789012.us-central1.run.app');
  });

  test.each(Object.keys(SERVICE))('Without %s it does not start', (setting) => {
    expect(() => readServiceConfig({ ...SERVICE, [setting]: undefined })).toThrow(refusal(setting));
    expect(() => readServiceConfig({ ...SERVICE, [setting]: '' })).toThrow(refusal(setting));
  });

  test('The command line needs none of these settings', () => {
    expect(() =>
      readConfig({ GOOGLE_CLOUD_PROJECT: 'acme-prod', FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080' }),
    ).not.toThrow();
  });

  test('A model needs its name, and a server its address', () => {
    const vertex = { ...SERVICE, MODEL_PROVIDER: 'vertex' };
    expect(() => readServiceConfig(vertex)).toThrow(refusal('MODEL_NAME'));
    expect(readServiceConfig({ ...vertex, MODEL_NAME: 'gemini' }).model).toEqual({
      provider: 'vertex',
      location: 'global',
      model: 'gemini',
    });
    const server = { ...SERVICE, MODEL_PROVIDER: 'openai-compatible', MODEL_NAME: 'm' };
    expect(() => readServiceConfig(server)).toThrow(refusal('MODEL_BASE_URL'));
    expect(() => readServiceConfig({ ...server, MODEL_BASE_URL: 'api.example' })).toThrow(refusal('MODEL_BASE_URL'));
  });

  test('Half a recogniser is none, and is refused', () => {
    expect(() => readServiceConfig({ ...SERVICE, DOCUMENT_AI_LOCATION: 'us' })).toThrow(
      refusal('DOCUMENT_AI_PROCESSOR'),
    );
  });
});

describe('stand-ins', () => {
  const STAND_INS = {
    STORAGE_EMULATOR_HOST: 'http://127.0.0.1:1',
    CLOUD_TASKS_EMULATOR_HOST: '127.0.0.1:1',
    DOCUMENT_AI_EMULATOR_HOST: '127.0.0.1:1',
    SECRET_MANAGER_EMULATOR_HOST: '127.0.0.1:1',
    GOOGLE_VERTEX_BASE_URL: 'http://127.0.0.1:1',
    IAM_SIGN_ENDPOINT: 'http://127.0.0.1:1/v1/projects/-/serviceAccounts/',
    FIRESTORE_EMULATOR_HOST: '127.0.0.1:1',
    FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:1',
    GCE_METADATA_HOST: '127.0.0.1:1',
    SERVICE_URL_TEMPLATE: 'http://127.0.0.1:1/{service}',
  };

  test.each(Object.entries(STAND_INS))('%s is refused for a project that is no demo', (setting, value) => {
    expect(() => readServiceConfig({ ...SERVICE, [setting]: value })).toThrow(refusal(setting));
    expect(() => readServiceConfig({ ...SERVICE, GOOGLE_CLOUD_PROJECT: 'my-demo-1', [setting]: value })).toThrow(
      refusal(setting),
    );
    expect(() =>
      readServiceConfig({ ...SERVICE, GOOGLE_CLOUD_PROJECT: 'demo-mdraft', [setting]: value }),
    ).not.toThrow();
  });

  test('A demo project takes them all, and services stand where the template says', () => {
    const config = readServiceConfig({ ...SERVICE, ...STAND_INS, GOOGLE_CLOUD_PROJECT: 'demo-mdraft' });
    expect(config.endpoints.cloudTasks).toBe('127.0.0.1:1');
    expect(config.serviceUrl('sweep')).toBe('http://127.0.0.1:1/sweep');
  });
});
