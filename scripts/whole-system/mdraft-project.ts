/** mdraft as a project of the local cloud: what infra/ says of it, in the size of one machine. */
import { HANDLER_TIMEOUT_SECONDS, QUEUE_NAMES } from '../../functions/src/contracts/tasks.ts';
import type { BucketConfig } from '../local-cloud/cloud-storage/object-store.ts';
import type { LocalProject } from '../local-cloud/local-project.ts';

export const PROJECT_ID = 'demo-mdraft';
const UPLOADS = `${PROJECT_ID}-uploads`;
const PROCESSED = `${PROJECT_ID}-processed`;

const account = (name: string): string => `${name}@${PROJECT_ID}.iam.gserviceaccount.com`;
const CALLERS = { tasks: account('call-tasks'), events: account('call-events'), scheduler: account('call-scheduler') };

/**
 * Requests that one instance takes at a time, and instances: as infra/functions.tf, on two cores. More at once than there are cores:
 * a queue sends in the order of arrival, and behind a tenant's large documents another's small one would wait for all of them.
 */
const SIZES = {
  'convert-document': { concurrency: 1, instances: 6 },
  'ocr-shard': { concurrency: 4, instances: 1 },
  'plan-run': { concurrency: 1, instances: 8 },
  'analyze-window': { concurrency: 20, instances: 4 },
  'merge-analysis': { concurrency: 1, instances: 8 },
} as const;

/**
 * Never more than the instances take: what they refuse slows the whole queue. Of recognition, which uses a core for each page, no more
 * than end in time when each has 15 pages.
 */
const AT_ONCE = {
  'convert-document': 6,
  'ocr-shard': 4,
  'plan-run': 8,
  'analyze-window': 80,
  'merge-analysis': 8,
} as const;

/** What computes for long at a stretch stands apart: planning and merging, and the rules. In the cloud each function does. */
const PROCESSES = [['analyze-window'], ['plan-run', 'merge-analysis']];

/** Of one run. Rules only compute, and more at once would only stand before other runs' windows; a model is waited for. */
const WINDOWS_IN_FLIGHT_WITHOUT_MODEL = 2;

const RETRY = { maxAttempts: 20, minBackoffSeconds: 1, maxBackoffSeconds: 60, maxDoublings: 6 };

/** As in infra/buckets.tf. */
const CORS = {
  uploads: {
    method: ['PUT', 'POST', 'GET'],
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
  processed: { method: ['GET'], responseHeader: ['Content-Type', 'Content-Length', 'Range'] },
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

const hasModel = ({ MODEL_PROVIDER: provider = 'none' }: Readonly<Record<string, string | undefined>>): boolean =>
  provider !== '' && provider !== 'none';

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
    processes: PROCESSES,
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
      ...(hasModel(environment) ? {} : { WINDOWS_IN_FLIGHT: String(WINDOWS_IN_FLIGHT_WITHOUT_MODEL) }),
      ...Object.fromEntries(given),
      ...(secrets['model-api-key'] ? { MODEL_API_KEY_SECRET: 'model-api-key' } : {}),
    },
  };
};
