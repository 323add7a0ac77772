/** Where Google's libraries get credentials from: the metadata server, IAM's signBlob and the OIDC certificates. */
import { requireDemoProject } from '../demo-project.ts';
import { errorReply, type HttpReply, type HttpRequest, jsonReply, serveHttp } from '../http-server.ts';
import type { LocalIdentity } from '../identity.ts';
import { createAccessTokens } from './access-tokens.ts';
import { type MetadataSource, metadataReply } from './metadata-values.ts';
import { signBlobReply } from './sign-blob.ts';

const CERTIFICATES_LIFETIME_SECONDS = 3600;

export interface MetadataServer {
  port: number;
  /** For GCE_METADATA_HOST: host and port. Goes with METADATA_SERVER_DETECTION=assume-present. */
  host: string;
  /** Takes `{email}:signBlob` at its end; for getSignedUrl's signingEndpoint. */
  signEndpoint: string;
  /** PEM keys by key id, for OAuth2Client's oauth2FederatedSignonPemCertsUrl. */
  certificatesUrl: string;
  /** The service account whose tokens are given out. */
  email: string;
  /** For the other stand-ins: given out here and not expired. */
  isKnownToken(accessToken: string): boolean;
  close(): Promise<void>;
}

const certificatesReply = (source: MetadataSource, request: HttpRequest): HttpReply | null =>
  request.path === '/oauth2/v1/certs' && request.method === 'GET'
    ? jsonReply(200, source.identity.certificates(), {
        'cache-control': `public, max-age=${CERTIFICATES_LIFETIME_SECONDS}, must-revalidate`,
      })
    : null;

/** @throws Error when the project's id does not begin with `demo-`. */
export const createMetadataServer = async (options: {
  projectId: string;
  identity: LocalIdentity;
  port?: number;
  projectNumber?: string;
  region?: string;
  email?: string;
  tokenLifetimeSeconds?: number;
  now?: () => Date;
}): Promise<MetadataServer> => {
  requireDemoProject(options.projectId);
  const now = options.now ?? (() => new Date());
  const email = options.email ?? `local@${options.projectId}.iam.gserviceaccount.com`;
  const tokens = createAccessTokens(now, options.tokenLifetimeSeconds);
  const source: MetadataSource = {
    projectId: options.projectId,
    projectNumber: options.projectNumber ?? '123456789012',
    region: options.region ?? 'us-central1',
    email,
    identity: options.identity,
    tokens,
    now,
  };
  const server = await serveHttp(
    options.port ?? 0,
    (request) =>
      metadataReply(source, request) ??
      signBlobReply(source, request) ??
      certificatesReply(source, request) ??
      errorReply(404, 'NOT_FOUND', 'No such address.'),
  );
  return {
    port: server.port,
    host: `127.0.0.1:${server.port}`,
    signEndpoint: `${server.url}/v1/projects/-/serviceAccounts/`,
    certificatesUrl: `${server.url}/oauth2/v1/certs`,
    email,
    isKnownToken: (accessToken) => tokens.isKnown(accessToken),
    close: server.close,
  };
};
