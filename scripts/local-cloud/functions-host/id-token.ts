/** What Cloud Run asks of an ID token before a private service hears of the request. */
import { createVerify } from 'node:crypto';
import type { LocalIdentity } from '../identity.ts';

const ISSUERS: readonly unknown[] = ['https://accounts.google.com', 'accounts.google.com'];
/** Clocks differ a little. */
const SKEW_SECONDS = 60;
/** What Cloud Run writes in the signature's place: the function can read the claims, and prove nothing with them. */
const REMOVED = 'SIGNATURE_REMOVED_BY_GOOGLE';

const jsonOf = (part: string | undefined): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const isSignedBy = (certificates: Readonly<Record<string, string>>, token: string): boolean => {
  const [header, payload, signature] = token.split('.');
  const { alg, kid } = jsonOf(header);
  const certificate = typeof kid === 'string' ? certificates[kid] : undefined;
  if (alg !== 'RS256' || certificate === undefined) return false;
  return createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(certificate, Buffer.from(signature ?? '', 'base64url'));
};

/** The e-mail address of whoever it speaks for; null when it is forged, expired, or meant for another service. */
export const emailOfIdToken = (
  token: string,
  expected: { identity: LocalIdentity; audience: string; now: Date },
): string | null => {
  if (!isSignedBy(expected.identity.certificates(), token)) return null;
  const { iss, aud, exp, iat, email, email_verified: verified } = jsonOf(token.split('.')[1]);
  const nowSeconds = expected.now.getTime() / 1000;
  if (!ISSUERS.includes(iss) || aud !== expected.audience) return null;
  if (typeof exp !== 'number' || exp + SKEW_SECONDS < nowSeconds) return null;
  if (typeof iat !== 'number' || iat - SKEW_SECONDS > nowSeconds) return null;
  return verified === true && typeof email === 'string' ? email : null;
};

export const withoutSignature = (authorization: string): string => authorization.replace(/[^.]*$/, REMOVED);
