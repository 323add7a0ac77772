/** Secret Manager on this machine: reading secret versions, through the gRPC service of Google's client. */
import { CRC32C } from '@google-cloud/storage';
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { requireDemoProject } from '../demo-project.ts';
import { serveGrpc } from '../grpc-server.ts';

export interface SecretManagerOptions {
  /** Must begin with `demo-`. */
  projectId: string;
  /** Values by name; with several, the oldest version first. */
  secrets: Readonly<Record<string, string | readonly string[]>>;
  /** Names that exist or not, and may not be read: Google does not say which. */
  denied?: readonly string[];
  /** 0 or absent: a free one. */
  port?: number;
}

/** Trouble that tests ask for. Read at every call. */
interface SecretFaults {
  /** The payload arrives changed, its checksum does not. */
  damagePayload?: boolean;
  /** Every call fails. */
  unavailable?: boolean;
}

export interface SecretManager {
  port: number;
  faults: SecretFaults;
  /** Names read, with their versions, in order. */
  reads: readonly string[];
  /** A new version, which is then the latest. */
  addVersion(name: string, value: string): void;
  /** `version` counts from 1. */
  disableVersion(name: string, version: number): void;
  close(): Promise<void>;
}

interface Version {
  data: Buffer;
  enabled: boolean;
}

class Refusal extends Error {
  readonly code: number;
  readonly details: string;

  constructor(code: number, details: string) {
    super(details);
    this.code = code;
    this.details = details;
  }
}

const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const FAILED_PRECONDITION = 9;
const INTERNAL = 13;
const UNAVAILABLE = 14;
const MAX_PAYLOAD_BYTES = 64 * 1024;

/** Google's own implementation, so that ours in the adapter is checked against another one. */
const crc32c = (data: Buffer): string => {
  const checksum = new CRC32C();
  checksum.update(data);
  return String(Buffer.from(checksum.toString(), 'base64').readUInt32BE(0));
};

const toVersion = (name: string, value: string): Version => {
  const data = Buffer.from(value);
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw new Error(`secret ${name}: letters, digits, "_" and "-" only`);
  if (data.byteLength > MAX_PAYLOAD_BYTES) throw new Error(`secret ${name}: larger than 64 KiB`);
  return { data, enabled: true };
};

export const createSecretManager = async (options: SecretManagerOptions): Promise<SecretManager> => {
  const { projectId } = options;
  requireDemoProject(projectId);
  const faults: SecretFaults = {};
  const reads: string[] = [];
  const secrets = new Map<string, Version[]>();
  for (const [name, values] of Object.entries(options.secrets)) {
    secrets.set(
      name,
      [values].flat().map((value) => toVersion(name, value)),
    );
  }

  const access = (resource: string): unknown => {
    if (faults.unavailable) throw new Refusal(UNAVAILABLE, 'asked for by a test');
    const match = /^projects\/([^/]+)\/secrets\/([A-Za-z0-9_-]{1,255})\/versions\/(latest|[1-9]\d*)$/.exec(resource);
    if (!match)
      throw new Refusal(INVALID_ARGUMENT, 'The provided Secret Version ID does not match the expected format.');
    const [, project, name = '', version = ''] = match;
    if (project !== projectId || options.denied?.includes(name)) {
      throw new Refusal(
        PERMISSION_DENIED,
        `Permission 'secretmanager.versions.access' denied for resource '${resource}' (or it may not exist).`,
      );
    }
    const versions = secrets.get(name) ?? [];
    const number = version === 'latest' ? versions.length : Number(version);
    const found = versions[number - 1];
    if (!found)
      throw new Refusal(NOT_FOUND, `Secret [projects/${projectId}/secrets/${name}] not found or has no versions.`);
    const fullName = `projects/${projectId}/secrets/${name}/versions/${number}`;
    if (!found.enabled) throw new Refusal(FAILED_PRECONDITION, `Secret Version [${fullName}] is in DISABLED state.`);
    reads.push(`${name}/${version}`);
    const data = faults.damagePayload ? Buffer.concat([found.data, Buffer.from('?')]) : found.data;
    return { name: fullName, payload: { data, dataCrc32c: crc32c(found.data) } };
  };

  const accessSecretVersion = (
    call: ServerUnaryCall<{ name: string }, unknown>,
    callback: sendUnaryData<unknown>,
  ): void => {
    try {
      callback(null, access(call.request.name));
    } catch (error) {
      const { code, details } = error instanceof Refusal ? error : { code: INTERNAL, details: String(error) };
      callback({ code, details });
    }
  };

  const server = await serveGrpc(options.port ?? 0, [
    {
      clientPackage: '@google-cloud/secret-manager',
      protoFile: 'google/cloud/secretmanager/v1/service.proto',
      serviceName: 'google.cloud.secretmanager.v1.SecretManagerService',
      implementation: { accessSecretVersion },
    },
  ]);
  return {
    port: server.port,
    faults,
    reads,
    addVersion(name, value) {
      secrets.set(name, [...(secrets.get(name) ?? []), toVersion(name, value)]);
    },
    disableVersion(name, version) {
      const found = secrets.get(name)?.[version - 1];
      if (!found) throw new Error(`secret ${name} has no version ${version}`);
      found.enabled = false;
    },
    close: server.close,
  };
};
