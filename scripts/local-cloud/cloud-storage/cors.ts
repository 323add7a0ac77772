/** Cross-origin answers by the bucket's own list, and by nothing else. */
import type { CorsEntry } from './object-store.ts';

export interface CorsRequest {
  origin: string;
  method: string;
  /** Of a preflight: Access-Control-Request-Headers, split. */
  requestHeaders: readonly string[];
}

const allowsOrigin = (entry: CorsEntry, origin: string): boolean =>
  entry.origin.includes('*') || entry.origin.includes(origin);

const allowsMethod = (entry: CorsEntry, method: string): boolean =>
  entry.method.includes('*') || entry.method.includes(method);

const allowsHeaders = (entry: CorsEntry, names: readonly string[]): boolean => {
  const listed = new Set(entry.responseHeader.map((name) => name.toLowerCase()));
  return names.every((name) => listed.has(name.toLowerCase()));
};

const findEntry = (entries: readonly CorsEntry[], request: CorsRequest): CorsEntry | undefined =>
  entries.find(
    (entry) =>
      allowsOrigin(entry, request.origin) &&
      allowsMethod(entry, request.method) &&
      allowsHeaders(entry, request.requestHeaders),
  );

/** Headers of the answer to OPTIONS; none when no entry allows origin, method and every asked header together. */
export const preflightHeaders = (entries: readonly CorsEntry[], request: CorsRequest): Record<string, string> => {
  const entry = findEntry(entries, request);
  if (!entry) return {};
  return {
    'access-control-allow-origin': entry.origin.includes('*') ? '*' : request.origin,
    'access-control-allow-methods': entry.method.join(','),
    'access-control-allow-headers': entry.responseHeader.join(','),
    'access-control-max-age': String(entry.maxAgeSeconds),
    vary: 'Origin',
  };
};

/** Headers of the answer to the request itself: which of its headers a page may read is the same list. */
export const responseHeaders = (
  entries: readonly CorsEntry[],
  origin: string,
  method: string,
): Record<string, string> => {
  const entry = findEntry(entries, { origin, method, requestHeaders: [] });
  if (!entry) return {};
  return {
    'access-control-allow-origin': entry.origin.includes('*') ? '*' : origin,
    'access-control-expose-headers': entry.responseHeader.join(','),
    vary: 'Origin',
  };
};
