/** Composition root: settings and adapters become what handlers and steps need. Every SDK is loaded with its first use. */
import { randomInt } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import { createCloudTaskQueue, type TaskHandlerConfig } from './adapters/cloud-tasks.ts';
import { createDocumentAiOcr } from './adapters/document-ai.ts';
import { createFirebaseIdentityVerifier, initialiseFirebase } from './adapters/firebase-auth.ts';
import { createFirestoreRepositories } from './adapters/firestore.ts';
import { createGcs } from './adapters/gcs.ts';
import { createGrpcConnection } from './adapters/grpc-connection.ts';
import { createLogger } from './adapters/logger.ts';
import { createOpenAiCompatible } from './adapters/openai-compatible.ts';
import { createSecretStore } from './adapters/secret-manager.ts';
import { createLoggingReporter, createSentryReporter } from './adapters/sentry.ts';
import { createVertexAi } from './adapters/vertex-ai.ts';
import type { ServiceConfig } from './config.ts';
import { HANDLER_TIMEOUT_SECONDS, QUEUE_NAMES } from './contracts/tasks.ts';
import type { PipelineDeps } from './pipeline/pipeline-deps.ts';
import type { ErrorReporter, IdentityVerifier, LanguageModel, LogFields, Logger, Ocr, SecretStore } from './ports.ts';
import type { AccountsRepository, AuditLog, RateLimiter } from './repositories.ts';
import { createConverterPool } from './sandbox/pool.ts';

export interface Deps extends PipelineDeps {
  accounts: AccountsRepository;
  audit: AuditLog;
  rateLimiter: RateLimiter;
  identity: IdentityVerifier;
  /** Makes the app with which firebase-functions checks tokens. */
  initialiseFirebase(): Promise<void>;
  enforceAppCheck: boolean;
  secrets: SecretStore;
  reporter: ErrorReporter;
  /** Of the package that is deployed. */
  version: string;
}

const QUEUE_TIMEOUT_SECONDS = 10;
const SECRET_TIMEOUT_SECONDS = 10;
/** 15 pages take 60 s at worst; the function that asks lives three times as long. */
const OCR_TIMEOUT_SECONDS = 120;
/** The platform ends a handler that is late and answers for it: the queue need not. */
const DISPATCH_MARGIN_SECONDS = 15;

const ID_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 20;

const clock = { now: () => new Date() };
const now = () => Date.now();
const ids = {
  newId: () => Array.from({ length: ID_LENGTH }, () => ID_CHARACTERS[randomInt(ID_CHARACTERS.length)]).join(''),
  random: () => Math.random(),
};

/** Without an address: Google's own, with the credentials of the function's service account. */
const connectionTo = (endpoint: string | undefined) =>
  endpoint === undefined ? {} : { connection: createGrpcConnection(endpoint) };

const queueFor = (config: ServiceConfig) => {
  const handlerOf = (queue: (typeof QUEUE_NAMES)[number]): TaskHandlerConfig => ({
    baseUrl: config.serviceUrl(queue),
    audience: config.serviceUrl(queue),
    dispatchDeadlineSeconds: HANDLER_TIMEOUT_SECONDS[queue] + DISPATCH_MARGIN_SECONDS,
  });
  return createCloudTaskQueue({
    projectId: config.projectId,
    location: config.region,
    serviceAccountEmail: config.tasksServiceAccount,
    handlers: Object.fromEntries(QUEUE_NAMES.map((queue) => [queue, handlerOf(queue)])),
    timeoutSeconds: QUEUE_TIMEOUT_SECONDS,
    now,
    ...connectionTo(config.endpoints.cloudTasks),
  });
};

const ocrFor = ({ projectId, documentAi, endpoints }: ServiceConfig): Ocr | null =>
  documentAi &&
  createDocumentAiOcr({
    projectId,
    ...documentAi,
    timeoutSeconds: OCR_TIMEOUT_SECONDS,
    ...connectionTo(endpoints.documentAi),
  });

/** The key is a secret, read with every prompt, since it may be rotated; the store remembers it for a while. */
const withApiKey = (
  secrets: SecretStore,
  secretName: string,
  create: (apiKey: string) => LanguageModel,
): LanguageModel => {
  let latest: { apiKey: string; model: LanguageModel } | undefined;
  return {
    async complete(prompt) {
      const apiKey = await secrets.read(secretName);
      if (latest?.apiKey !== apiKey) latest = { apiKey, model: create(apiKey) };
      return latest.model.complete(prompt);
    },
  };
};

const modelFor = ({ projectId, model, endpoints }: ServiceConfig, secrets: SecretStore): LanguageModel | null => {
  if (model.provider === 'none') return null;
  if (model.provider === 'vertex') {
    return createVertexAi({ projectId, location: model.location, model: model.model, baseUrl: endpoints.vertex });
  }
  const { baseUrl, apiKeySecret } = model;
  const create = (apiKey?: string) => createOpenAiCompatible({ baseUrl, model: model.model, apiKey });
  return apiKeySecret === undefined ? create() : withApiKey(secrets, apiKeySecret, create);
};

const reporterFor = (config: ServiceConfig, logger: Logger): ErrorReporter => {
  const { sentryDsn: dsn, projectId: environment, serviceName: serverName } = config;
  return dsn === undefined
    ? createLoggingReporter(logger)
    : createSentryReporter({ dsn, environment, serverName, logger });
};

/** "orgs/o/runs/r/windows/w": the ids, for the log. */
const idsInPath = (path: string): LogFields => {
  const [, orgId, collection, id] = path.split('/');
  return { orgId, ...(collection === 'runs' ? { runId: id } : { conversionId: id }) };
};

export const createDeps = (config: ServiceConfig): Deps => {
  const { projectId, databaseId, endpoints } = config;
  const logger = createLogger(
    { projectId, write: (line) => process.stdout.write(`${line}\n`), now: clock.now },
    { labels: { service: config.serviceName, region: config.region } },
  );
  const secrets = createSecretStore({
    projectId,
    timeoutSeconds: SECRET_TIMEOUT_SECONDS,
    now,
    ...connectionTo(endpoints.secretManager),
  });
  const { conversions, runs, usage, accounts, audit, rateLimiter } = createFirestoreRepositories({
    projectId,
    databaseId,
    onUnreadable: (path) =>
      logger.log('ERROR', 'A stored item does not fit its schema and is left out.', idsInPath(path)),
  });
  return {
    conversions,
    runs,
    usage,
    accounts,
    audit,
    rateLimiter,
    objects: createGcs({ projectId, apiEndpoint: endpoints.storage, signingEndpoint: endpoints.signing }),
    queue: queueFor(config),
    converter: createConverterPool({
      size: config.converterProcesses,
      timeoutSeconds: config.conversionTimeoutSeconds,
      memoryMb: config.conversionMemoryMb,
      limits: config.limits,
    }),
    ocr: ocrFor(config),
    model: modelFor(config, secrets),
    identity: createFirebaseIdentityVerifier({ projectId }),
    initialiseFirebase: () => initialiseFirebase(projectId),
    enforceAppCheck: config.enforceAppCheck,
    secrets,
    reporter: reporterFor(config, logger),
    version: packageJson.version,
    clock,
    ids,
    logger,
    settings: {
      buckets: config.buckets,
      limits: config.limits,
      uploadSeconds: config.uploadSeconds,
      downloadSeconds: config.downloadSeconds,
      retentionDays: config.retentionDays,
      maxChunks: config.maxChunks,
      windowsInFlight: config.windowsInFlight,
    },
  };
};
