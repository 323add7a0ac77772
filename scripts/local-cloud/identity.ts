/** The one key of the local cloud: signs upload URLs and ID tokens, as Google's service account keys do. */
import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const TOKEN_LIFETIME_SECONDS = 3600;

export interface LocalIdentity {
  publicKey: KeyObject;
  /** As in the `kid` of token headers and the keys of `certificates`. */
  keyId: string;
  /** RSA-SHA256, what IAM's signBlob answers. */
  sign(bytes: Uint8Array): Uint8Array;
  /** RS256 JWT with issuer https://accounts.google.com. */
  mintIdToken(claims: { audience: string; email: string; now: Date }): string;
  /** PEM public keys by key id. */
  certificates(): Record<string, string>;
}

const base64Url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const createIdentity = (): LocalIdentity => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keyId = createHash('sha256').update(pem).digest('hex').slice(0, 40);
  const sign = (bytes: Uint8Array): Uint8Array => createSign('RSA-SHA256').update(bytes).sign(privateKey);
  return {
    publicKey,
    keyId,
    sign,
    mintIdToken({ audience, email, now }) {
      const issuedAt = Math.floor(now.getTime() / 1000);
      const claims = {
        iss: 'https://accounts.google.com',
        aud: audience,
        azp: email,
        sub: createHash('sha256').update(email).digest('hex').slice(0, 21),
        email,
        email_verified: true,
        iat: issuedAt,
        exp: issuedAt + TOKEN_LIFETIME_SECONDS,
      };
      const unsigned = `${base64Url({ alg: 'RS256', kid: keyId, typ: 'JWT' })}.${base64Url(claims)}`;
      return `${unsigned}.${Buffer.from(sign(Buffer.from(unsigned))).toString('base64url')}`;
    },
    certificates: () => ({ [keyId]: pem }),
  };
};
