/** mdraft as a project of the local cloud: what infra/ says of it, in the size of one machine. */
import { HANDLER_TIMEOUT_SECONDS, QUEUE_NAMES } from '../../functions/src/contracts/tasks.ts';
import type { BucketConfig } from '../local-cloud/cloud-storage/object-store.ts';
import type { LocalProject } from '../local-cloud/local-project.ts';

export const PROJECT_ID = 'demo-mdraft';
const UPLOADS = `${PROJECT_ID}-uploads`;
const PROCESSED = `${PROJECT_ID}-processed`;

const account = (name: string): string => `${name}@${PROJECT_ID}.iam.gserviceaccount.com`;
const CALLERS = { tasks: account('call-tasks'), events: account('call-events'), scheduler: account('call-scheduler') };

/** Requests that one instance takes at a time, and instances: as infra/functions.tf, on two cores. */
const SIZES = {
  'convert-document': { concurrency: 1, instances: 2 },
  'ocr-shard': { concurrency: 4, instances: 1 },
  'plan-run': { concurrency: 1, instances: 2 },
  'analyze-window': { concurrency: 20, instances: 2 },
  'merge-analysis': { concurrency: 1, instances: 2 },
} as const;

/** Never more than the instances take: what they refuse slows the whole queue. Recognition uses a core for each page. */
const AT_ONCE = {
  'convert-document': 2,
  'ocr-shard': 2,
  'plan-run': 2,
  'analyze-window': 32,
  'merge-analysis': 2,
} as const;

const RETRY = { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 60, maxDoublings: 6 };

/** As in infra/buckets.tf. */
const CORS = {
  uploads: {
    method: ['PUT', 'POST'],
    responseHeader: [
      'Content-Type',
      'x-goog-content-length-range',
      'x-goog-if-generation-match',
      'x-goog-resumable',
      'Content-Range',
      'Location',
      'Range',
    ],
  },
  processed: { method: ['GET'], responseHeader: ['Content-Type', 'Content-Length'] },
};
const CORS_MAX_AGE_SECONDS = 3600;

const bucketsFor = (webOrigins: readonly string[]): BucketConfig[] =>
  (['uploads', 'processed'] as const).map((role) => ({
    name: `${PROJECT_ID}-${role}`,
    location: 'US-CENTRAL1',
    cors: [{ ...CORS[role], origin: webOrigins, maxAgeSeconds: CORS_MAX_AGE_SECONDS }],
  }));

/** Settings that a person may give to `npm start`, as to the deployed functions. */
const PERSONS_SETTINGS = [
  'MODEL_PROVIDER',
  'MODEL_NAME',
  'MODEL_LOCATION',
  'MODEL_BASE_URL',
  'MAX_CHUNKS',
  'WINDOWS_IN_FLIGHT',
  'MAX_UPLOAD_PDF_MB',
  'MAX_UPLOAD_OFFICE_MB',
  'MAX_UPLOAD_TEXT_MB',
  'MAX_UPLOAD_BINARY_MB',
  'CONVERSION_TIMEOUT_SECONDS',
  'CONVERSION_MEMORY_MB',
];

/** MODEL_API_KEY, which in the cloud is a secret, is one here too. */
const secretsOf = ({ MODEL_API_KEY: apiKey }: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  apiKey ? { 'model-api-key': apiKey } : {};

/** `environment`: that of the person, of which settings are taken by name. */
export const mdraftProject = (environment: Readonly<Record<string, string | undefined>>): LocalProject => {
  const secrets = secretsOf(environment);
  const given = PERSONS_SETTINGS.flatMap((name) => {
    const value = environment[name];
    return value ? [[name, value] as const] : [];
  });
  return {
    projectId: PROJECT_ID,
    projectNumber: '123456789012',
    region: 'us-central1',
    entryUrl: new URL('../../functions/src/index.ts', import.meta.url).href,
    services: {
      api: { invoker: null, timeoutSeconds: 60, concurrency: 80, instances: 1 },
      'on-upload': { invoker: CALLERS.events, timeoutSeconds: 60, concurrency: 20, instances: 1 },
      sweep: { invoker: CALLERS.scheduler, timeoutSeconds: 110, concurrency: 1, instances: 1 },
      ...Object.fromEntries(
        QUEUE_NAMES.map((name) => [
          name,
          { invoker: CALLERS.tasks, timeoutSeconds: HANDLER_TIMEOUT_SECONDS[name], ...SIZES[name] },
        ]),
      ),
    },
    queues: Object.fromEntries(
      QUEUE_NAMES.map((name) => [name, { rateLimits: { maxConcurrentDispatches: AT_ONCE[name] }, retryConfig: RETRY }]),
    ),
    functionsServiceAccount: account('run-api'),
    tasksServiceAccount: CALLERS.tasks,
    buckets: bucketsFor,
    trigger: { bucket: UPLOADS, service: 'on-upload', serviceAccount: CALLERS.events },
    schedule: { service: 'sweep', serviceAccount: CALLERS.scheduler, everySeconds: 120 },
    processors: [{ location: 'us', processorId: 'ocr', kind: 'ocr' }],
    secrets,
    environment: {
      UPLOADS_BUCKET: UPLOADS,
      PROCESSED_BUCKET: PROCESSED,
      DOCUMENT_AI_LOCATION: 'us',
      DOCUMENT_AI_PROCESSOR: 'ocr',
      CONVERTER_PROCESSES: String(SIZES['convert-document'].instances),
      ...Object.fromEntries(given),
      ...(secrets['model-api-key'] ? { MODEL_API_KEY_SECRET: 'model-api-key' } : {}),
    },
  };
};
