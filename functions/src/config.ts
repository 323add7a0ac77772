/** The only reader of process.env. Everything else receives plain values. */
import * as z from 'zod';
import { AppError } from './errors.ts';

const megabytes = (fallback: number) =>
  z.coerce
    .number()
    .positive()
    .max(4096)
    .default(fallback)
    .transform((value) => Math.round(value * 1024 * 1024));

/** Limits are those of the free plan unless set (FEATURES: PDF 25 MB, Office 20, text 5, other 10). */
const EnvironmentSchema = z.object({
  MAX_UPLOAD_PDF_MB: megabytes(25),
  MAX_UPLOAD_OFFICE_MB: megabytes(20),
  MAX_UPLOAD_TEXT_MB: megabytes(5),
  MAX_UPLOAD_BINARY_MB: megabytes(10),
  /** What one ZIP-based file may unpack to. */
  MAX_UNPACKED_MB: megabytes(512),
  CONVERSION_TIMEOUT_SECONDS: z.coerce.number().positive().max(3600).default(300),
  /** JavaScript heap of one conversion process; wasm memory has the same limit of its own. */
  CONVERSION_MEMORY_MB: z.coerce.number().int().min(64).max(16_384).default(512),
});

export interface Config {
  limits: { pdfBytes: number; officeBytes: number; textBytes: number; otherBytes: number; unpackedBytes: number };
  conversionTimeoutSeconds: number;
  conversionMemoryMb: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const refuse = (setting: string, problem: string): AppError => new AppError('CONFIG_INVALID', { setting, problem });

const parseEnvironment = <S extends z.ZodType>(schema: S, environment: Environment): z.output<S> => {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse(String(issue?.path[0]), String(issue?.message));
};

/** Reads and checks the environment. Throws CONFIG_INVALID that names the first setting that is wrong. */
export const readConfig = (environment: Environment = process.env): Config => {
  const env = parseEnvironment(EnvironmentSchema, environment);
  return {
    limits: {
      pdfBytes: env.MAX_UPLOAD_PDF_MB,
      officeBytes: env.MAX_UPLOAD_OFFICE_MB,
      textBytes: env.MAX_UPLOAD_TEXT_MB,
      otherBytes: env.MAX_UPLOAD_BINARY_MB,
      unpackedBytes: env.MAX_UNPACKED_MB,
    },
    conversionTimeoutSeconds: env.CONVERSION_TIMEOUT_SECONDS,
    conversionMemoryMb: env.CONVERSION_MEMORY_MB,
  };
};

const text = z.string().min(1);
const count = (fallback: number, most: number) => z.coerce.number().int().positive().max(most).default(fallback);
const webAddress = z.url({ protocol: /^https?$/, error: 'it has to begin with http:// or https://' });
const hostAndPort = z.string().regex(/^[^/:]+:\d+$/, 'it has to be host:port');

/** Where Google's libraries, and ours, find a stand-in instead of the service. Production has none of them. */
const StandInShape = {
  STORAGE_EMULATOR_HOST: webAddress.optional(),
  CLOUD_TASKS_EMULATOR_HOST: hostAndPort.optional(),
  DOCUMENT_AI_EMULATOR_HOST: hostAndPort.optional(),
  SECRET_MANAGER_EMULATOR_HOST: hostAndPort.optional(),
  GOOGLE_VERTEX_BASE_URL: webAddress.optional(),
  /** Ends in /v1/projects/-/serviceAccounts/. */
  IAM_SIGN_ENDPOINT: webAddress.optional(),
  /** These three are read by the libraries themselves. */
  FIRESTORE_EMULATOR_HOST: text.optional(),
  FIREBASE_AUTH_EMULATOR_HOST: text.optional(),
  GCE_METADATA_HOST: text.optional(),
} as const;

const STAND_IN_SETTINGS = Object.keys(StandInShape) as (keyof typeof StandInShape)[];

/** What a deployed function is told. */
const ServiceShape = {
  GOOGLE_CLOUD_PROJECT: text,
  PROJECT_NUMBER: z.string().regex(/^\d+$/, 'it has to be a number'),
  REGION: text,
  UPLOADS_BUCKET: text,
  PROCESSED_BUCKET: text,
  FIRESTORE_DATABASE: text.optional(),
  /** Both or neither; without them scans end as partial. */
  DOCUMENT_AI_LOCATION: text.optional(),
  DOCUMENT_AI_PROCESSOR: text.optional(),
  MODEL_PROVIDER: z.enum(['none', 'vertex', 'openai-compatible']).default('none'),
  MODEL_LOCATION: text.default('global'),
  MODEL_NAME: text.optional(),
  /** Of an openai-compatible server, up to and with the version. */
  MODEL_BASE_URL: webAddress.optional(),
  /** Name in Secret Manager; absent for a server that asks for no key. */
  MODEL_API_KEY_SECRET: text.optional(),
  /** In whose name tasks call their functions. */
  TASKS_SERVICE_ACCOUNT: z.email(),
  SERVICE_URL_TEMPLATE: z
    .string()
    .regex(/^https?:\/\/.*[^/]$/, 'it has to begin with http:// or https:// and not to end in /')
    .default('https://{service}-{projectNumber}.{region}.run.app'),
  RETENTION_DAYS: count(30, 3650),
  MAX_CHUNKS: count(500, 100_000),
  WINDOWS_IN_FLIGHT: count(64, 1000),
  /** Documents that one instance reads at the same time. */
  CONVERTER_PROCESSES: count(1, 64),
  /** Refuses callables that do not come from an app of ours. */
  APP_CHECK: z.enum(['off', 'required']).default('off'),
  SENTRY_DSN: webAddress.optional(),
  /** Set by Cloud Run; for the logs. */
  K_SERVICE: text.optional(),
} as const;

const ServiceSchema = z.object({ ...ServiceShape, ...StandInShape });

/** Every setting of a deployed function that readServiceConfig knows, stand-ins left out. */
export const SERVICE_SETTINGS = Object.keys(ServiceShape) as (keyof typeof ServiceShape)[];

export type ModelConfig =
  | { provider: 'none' }
  | { provider: 'vertex'; location: string; model: string }
  | { provider: 'openai-compatible'; baseUrl: string; model: string; apiKeySecret?: string };

export interface ServiceConfig extends Config {
  projectId: string;
  region: string;
  /** As Cloud Run calls it; "local" elsewhere. */
  serviceName: string;
  buckets: { uploads: string; processed: string };
  databaseId?: string;
  documentAi: { location: string; processorId: string } | null;
  model: ModelConfig;
  tasksServiceAccount: string;
  /** Address of a function's Cloud Run service without a slash at its end; the audience of its tokens too. */
  serviceUrl(service: string): string;
  uploadSeconds: number;
  downloadSeconds: number;
  retentionDays: number;
  maxChunks: number;
  windowsInFlight: number;
  converterProcesses: number;
  enforceAppCheck: boolean;
  sentryDsn?: string;
  /** Addresses of stand-ins: URLs for HTTP, host:port for gRPC. */
  endpoints: {
    storage?: string;
    signing?: string;
    vertex?: string;
    cloudTasks?: string;
    documentAi?: string;
    secretManager?: string;
  };
}

type ServiceEnvironment = z.output<typeof ServiceSchema>;

/** Stand-ins check no rights: with them in the place of the cloud, a project's data would lie open. */
const requireDemoProjectForStandIns = (env: ServiceEnvironment): void => {
  const projectId = env.GOOGLE_CLOUD_PROJECT;
  if (projectId.startsWith('demo-')) return;
  const problem = `it names a stand-in, and those serve only projects whose id begins with demo-, not ${projectId}`;
  const standIn = STAND_IN_SETTINGS.find((name) => env[name] !== undefined);
  if (standIn) throw refuse(standIn, problem);
  if (!env.SERVICE_URL_TEMPLATE.startsWith('https://')) throw refuse('SERVICE_URL_TEMPLATE', problem);
};

const modelOf = (env: ServiceEnvironment): ModelConfig => {
  const { MODEL_PROVIDER: provider, MODEL_NAME: model } = env;
  if (provider === 'none') return { provider };
  if (model === undefined) throw refuse('MODEL_NAME', `the provider ${provider} needs it`);
  if (provider === 'vertex') return { provider, location: env.MODEL_LOCATION, model };
  if (env.MODEL_BASE_URL === undefined) throw refuse('MODEL_BASE_URL', `the provider ${provider} needs it`);
  return { provider, baseUrl: env.MODEL_BASE_URL, model, apiKeySecret: env.MODEL_API_KEY_SECRET };
};

const documentAiOf = (env: ServiceEnvironment): ServiceConfig['documentAi'] => {
  const { DOCUMENT_AI_LOCATION: location, DOCUMENT_AI_PROCESSOR: processorId } = env;
  if (location !== undefined && processorId !== undefined) return { location, processorId };
  if (location === undefined && processorId === undefined) return null;
  throw refuse(
    location === undefined ? 'DOCUMENT_AI_LOCATION' : 'DOCUMENT_AI_PROCESSOR',
    'location and processor go together',
  );
};

/**
 * Reads and checks what a deployed function needs; an empty setting is one that is absent. Throws CONFIG_INVALID that names
 * the first setting that is wrong, and any stand-in of a project that is no demo.
 */
export const readServiceConfig = (environment: Environment = process.env): ServiceConfig => {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = parseEnvironment(ServiceSchema, present);
  requireDemoProjectForStandIns(env);
  const places = { projectNumber: env.PROJECT_NUMBER, region: env.REGION };
  return {
    ...readConfig(present),
    projectId: env.GOOGLE_CLOUD_PROJECT,
    region: env.REGION,
    serviceName: env.K_SERVICE ?? 'local',
    buckets: { uploads: env.UPLOADS_BUCKET, processed: env.PROCESSED_BUCKET },
    databaseId: env.FIRESTORE_DATABASE,
    documentAi: documentAiOf(env),
    model: modelOf(env),
    tasksServiceAccount: env.TASKS_SERVICE_ACCOUNT,
    serviceUrl: (service) =>
      Object.entries({ ...places, service }).reduce(
        (url, [name, value]) => url.replaceAll(`{${name}}`, value),
        env.SERVICE_URL_TEMPLATE,
      ),
    uploadSeconds: 15 * 60,
    downloadSeconds: 3600,
    retentionDays: env.RETENTION_DAYS,
    maxChunks: env.MAX_CHUNKS,
    windowsInFlight: env.WINDOWS_IN_FLIGHT,
    converterProcesses: env.CONVERTER_PROCESSES,
    enforceAppCheck: env.APP_CHECK === 'required',
    sentryDsn: env.SENTRY_DSN,
    endpoints: {
      storage: env.STORAGE_EMULATOR_HOST,
      signing: env.IAM_SIGN_ENDPOINT,
      vertex: env.GOOGLE_VERTEX_BASE_URL,
      cloudTasks: env.CLOUD_TASKS_EMULATOR_HOST,
      documentAi: env.DOCUMENT_AI_EMULATOR_HOST,
      secretManager: env.SECRET_MANAGER_EMULATOR_HOST,
    },
  };
};
