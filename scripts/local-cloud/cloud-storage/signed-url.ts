/** Checks V4 signatures the way Cloud Storage does (https://cloud.google.com/storage/docs/authentication/signatures). */
import { createHash, createVerify, type KeyObject } from 'node:crypto';
import { type Exchange, header } from './exchange.ts';
import { invalidArgument, StorageError } from './wire-errors.ts';

const LONGEST_VALIDITY_SECONDS = 7 * 24 * 3600;

const malformed = (parameter: string, details: string): StorageError =>
  new StorageError({
    status: 400,
    reason: 'invalid',
    xmlCode: 'MalformedSecurityHeader',
    message: 'Your request has a malformed header.',
    parameter,
    details,
  });

const accessDenied = (details: string): StorageError =>
  new StorageError({ status: 403, reason: 'forbidden', xmlCode: 'AccessDenied', message: 'Access denied.', details });

const mismatch = (): StorageError =>
  new StorageError({
    status: 403,
    reason: 'forbidden',
    xmlCode: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your Google secret key and signing method.',
  });

const expired = (details: string): StorageError =>
  new StorageError({
    status: 400,
    reason: 'invalid',
    xmlCode: 'ExpiredToken',
    message: 'The provided token has expired.',
    details,
  });

interface SignatureFields {
  credentialScope: string;
  date: string;
  signedAt: number;
  expiresSeconds: number;
  signedHeaders: string[];
  signature: string;
}

const readFields = (query: URLSearchParams): SignatureFields => {
  const field = (name: string): string => {
    const value = query.get(`X-Goog-${name}`);
    if (!value) throw invalidArgument('Invalid argument.', `Missing parameter X-Goog-${name}.`);
    return value;
  };
  if (field('Algorithm') !== 'GOOG4-RSA-SHA256') throw invalidArgument('Invalid argument.', 'X-Goog-Algorithm');
  const date = field('Date');
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  if (second === undefined) throw malformed('X-Goog-Date', `Invalid date: ${date}`);
  const expires = field('Expires');
  const expiresSeconds = Number(expires);
  if (!/^\d+$/.test(expires) || expiresSeconds > LONGEST_VALIDITY_SECONDS) {
    throw malformed('X-Goog-Expires', `Invalid validity: ${expires}`);
  }
  const [, scopeDate, scope] = /^[^/]+\/((\d{8})\/[a-z0-9-]+\/storage\/goog4_request)$/.exec(field('Credential')) ?? [];
  if (scopeDate === undefined || scope !== date.slice(0, 8)) throw malformed('X-Goog-Credential', 'Invalid scope.');
  return {
    credentialScope: scopeDate,
    date,
    signedAt: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)),
    expiresSeconds,
    signedHeaders: field('SignedHeaders').split(';'),
    signature: field('Signature'),
  };
};

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalPath = (path: string): string =>
  path
    .split('/')
    .map((part) => percentEncode(decodeURIComponent(part)))
    .join('/');

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Goog-Signature')
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .sort()
    .join('&');

/** Google's own client signs `host` without its port; others sign it as it is sent. */
const hostsToTry = (host: string): string[] => [host, host.replace(/:\d+$/, '')];

/** Every x-goog- header has to be signed, and every signed one sent. */
const requireHeaders = (exchange: Exchange, signedHeaders: readonly string[]): void => {
  if (!signedHeaders.includes('host')) throw malformed('host', 'Header host must be signed.');
  for (const name of signedHeaders) {
    if (header(exchange.headers, name) === undefined) {
      throw malformed(name, 'Header was included in signedheaders, but not in the request.');
    }
  }
  for (const name of Object.keys(exchange.headers)) {
    if (name.startsWith('x-goog-') && !signedHeaders.includes(name)) {
      throw malformed(name, 'Header was not included in signedheaders, but is in the request.');
    }
  }
};

/** @throws StorageError when the URL is not one that the identity signed for this very request, or its time is over. */
export const requireSignature = (exchange: Exchange, publicKey: KeyObject, now: Date): void => {
  if (!exchange.query.has('X-Goog-Signature')) {
    throw accessDenied('Anonymous caller does not have access to the Google Cloud Storage object.');
  }
  const fields = readFields(exchange.query);
  const expiresAt = fields.signedAt + fields.expiresSeconds * 1000;
  if (now.getTime() >= expiresAt) throw expired(`Request has expired: ${fields.expiresSeconds}`);
  requireHeaders(exchange, fields.signedHeaders);

  const signedAs = (host: string): string => {
    const headers = fields.signedHeaders.map((name) => {
      const value = name === 'host' ? host : (header(exchange.headers, name) ?? '');
      return `${name}:${value.trim().replace(/\s{2,}/g, ' ')}\n`;
    });
    const canonicalRequest = [
      exchange.method,
      canonicalPath(exchange.path),
      canonicalQuery(exchange.query),
      headers.join(''),
      fields.signedHeaders.join(';'),
      header(exchange.headers, 'x-goog-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    ].join('\n');
    const digest = createHash('sha256').update(canonicalRequest).digest('hex');
    return ['GOOG4-RSA-SHA256', fields.date, fields.credentialScope, digest].join('\n');
  };
  if (!/^(?:[0-9a-f]{2})+$/i.test(fields.signature)) throw mismatch();
  const signature = Buffer.from(fields.signature, 'hex');
  const host = header(exchange.headers, 'host') ?? '';
  const isOurs = hostsToTry(host).some((name) =>
    createVerify('RSA-SHA256').update(signedAs(name)).verify(publicKey, signature),
  );
  if (!isOurs) throw mismatch();
};
