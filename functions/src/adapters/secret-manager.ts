/** Secrets from Secret Manager, each read once in five minutes. */
import type { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { AppError } from '../errors.ts';
import type { SecretStore } from '../ports.ts';

type ClientOptions = NonNullable<ConstructorParameters<typeof SecretManagerServiceClient>[0]>;

export interface SecretManagerConfig {
  projectId: string;
  timeoutSeconds: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Where a stand-in is; asked for with the first call. */
  connection?: () => Promise<Pick<ClientOptions, 'apiEndpoint' | 'port' | 'sslCreds'>>;
}

/** A rotated secret is in use after this time at the latest. */
const KEPT_MS = 5 * 60 * 1000;

const CASTAGNOLI_REVERSED = 0x82f63b78;

/** CRC-32C (RFC 3720, appendix B.4) as an unsigned number. */
const crc32c = (bytes: Uint8Array): number => {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? CASTAGNOLI_REVERSED : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
};

/** Status codes of gRPC, https://grpc.io/docs/guides/status-codes/ */
const UNAVAILABLE = 14;
const NOT_THERE = new Set([5, 9]);
const PROBLEMS: Readonly<Record<number, string>> = {
  3: 'its name is not one that Secret Manager takes',
  7: 'it does not exist, or these credentials may not read it',
  16: 'Secret Manager does not know these credentials',
};

const translate = (error: unknown, name: string): AppError => {
  if (error instanceof AppError) return error;
  const status = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN;
  // 9, FAILED_PRECONDITION: the version is disabled or destroyed.
  if (NOT_THERE.has(status)) return new AppError('SECRET_MISSING', { name });
  const problem = PROBLEMS[status];
  if (problem) return new AppError('CONFIG_INVALID', { setting: `secret ${name}`, problem });
  return new AppError('SECRET_UNAVAILABLE', {}, { cause: error });
};

/**
 * The library is loaded, and the connection made, with the first read. Failures are not remembered.
 * @throws AppError SECRET_MISSING, SECRET_UNAVAILABLE (no answer, or one that was damaged), CONFIG_INVALID (rights).
 */
export const createSecretStore = (config: SecretManagerConfig): SecretStore & { close(): Promise<void> } => {
  const { projectId } = config;
  const cache = new Map<string, { value: Promise<string>; untilMs: number }>();
  let connecting: Promise<SecretManagerServiceClient> | undefined;
  const connect = async (): Promise<SecretManagerServiceClient> => {
    const { SecretManagerServiceClient: Client } = await import('@google-cloud/secret-manager');
    return new Client({ projectId, ...(await config.connection?.()) });
  };

  const fetchLatest = async (name: string): Promise<string> => {
    connecting ??= connect();
    try {
      const client = await connecting;
      const [{ payload }] = await client.accessSecretVersion(
        { name: client.secretVersionPath(projectId, name, 'latest') },
        { timeout: config.timeoutSeconds * 1000, retry: { retryCodes: [UNAVAILABLE] } },
      );
      const data = Buffer.from(payload?.data ?? '');
      if (String(payload?.dataCrc32c) !== String(crc32c(data))) throw new AppError('SECRET_UNAVAILABLE', {});
      return data.toString('utf8');
    } catch (error) {
      throw translate(error, name);
    }
  };

  return {
    read(name) {
      const kept = cache.get(name);
      if (kept && config.now() < kept.untilMs) return kept.value;
      // The promise is kept, not its value, so that a burst of requests is one call.
      const entry = { value: fetchLatest(name), untilMs: config.now() + KEPT_MS };
      cache.set(name, entry);
      entry.value.catch(() => {
        if (cache.get(name) === entry) cache.delete(name);
      });
      return entry.value;
    },
    async close() {
      await (await connecting)?.close();
    },
  };
};
