/** IAM Service Account Credentials, signBlob: https://cloud.google.com/iam/docs/reference/credentials/rest */
import {
  bearerToken,
  errorReply,
  type HttpReply,
  type HttpRequest,
  jsonReply,
  unauthenticatedReply,
} from '../http-server.ts';
import type { MetadataSource } from './metadata-values.ts';

const PATH = /^\/v1\/projects\/([^/]+)\/serviceAccounts\/([^/:]+):signBlob$/;

const payloadOf = (body: Buffer): Buffer | null => {
  try {
    const { payload } = JSON.parse(body.toString('utf8')) as { payload?: unknown };
    if (typeof payload !== 'string' || payload === '') return null;
    return /^[A-Za-z0-9+/_-]+={0,2}$/.test(payload) ? Buffer.from(payload, 'base64') : null;
  } catch {
    return null;
  }
};

/** Null for other addresses. The caller may sign for its own account and for no other. */
export const signBlobReply = (source: MetadataSource, request: HttpRequest): HttpReply | null => {
  const found = PATH.exec(decodeURIComponent(request.path));
  if (!found) return null;
  if (request.method !== 'POST') return errorReply(404, 'NOT_FOUND', 'Only POST is served here.');
  const token = bearerToken(request.headers);
  if (token === null || !source.tokens.isKnown(token)) return unauthenticatedReply();
  if (found[1] !== '-') return errorReply(400, 'INVALID_ARGUMENT', 'The project has to be "-".');
  if (found[2] !== source.email) {
    return errorReply(
      403,
      'PERMISSION_DENIED',
      "Permission 'iam.serviceAccounts.signBlob' denied on resource (or it may not exist).",
      [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'IAM_PERMISSION_DENIED',
          domain: 'iam.googleapis.com',
          metadata: { permission: 'iam.serviceAccounts.signBlob' },
        },
      ],
    );
  }
  const payload = payloadOf(request.body);
  if (payload === null) return errorReply(400, 'INVALID_ARGUMENT', 'The payload has to be non-empty base64.');
  return jsonReply(200, {
    keyId: source.identity.keyId,
    signedBlob: Buffer.from(source.identity.sign(payload)).toString('base64'),
  });
};
