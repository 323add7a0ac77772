/** What Cloud Storage's errors mean to us, and how a file name is put into a header. Pure. */
import { AppError } from '../errors.ts';

type StorageStatus = 'missing-object' | 'changed' | 'unavailable' | 'refused';

const BUSY = new Set([408, 429]);

interface SdkError {
  name?: unknown;
  code?: unknown;
  status?: unknown;
  message?: unknown;
  response?: { status?: unknown; statusCode?: unknown };
}

const httpStatus = (error: SdkError): number | undefined => {
  const found = [error.code, error.status, error.response?.status, error.response?.statusCode]
    .map(Number)
    .find((value) => value >= 100 && value < 600);
  return found;
};

/** An error without an HTTP status is one of the network, of signing, or of bytes that arrived damaged. */
export const storageStatus = (thrown: unknown): StorageStatus => {
  const error = (thrown ?? {}) as SdkError;
  const status = httpStatus(error);
  if (status === undefined)
    return thrown instanceof TypeError || thrown instanceof RangeError ? 'refused' : 'unavailable';
  if (status === 404) return /bucket does not exist/i.test(String(error.message)) ? 'refused' : 'missing-object';
  if (status === 412) return 'changed';
  return BUSY.has(status) || status >= 500 ? 'unavailable' : 'refused';
};

/**
 * The SDK's own error holds the request with its token, and signed URLs: only its status and code are kept for the log.
 */
const summary = (thrown: unknown): Error => {
  const error = (thrown ?? {}) as SdkError;
  const code = typeof error.code === 'string' ? error.code : '';
  return new Error(`Cloud Storage: ${String(error.name ?? 'error')} ${httpStatus(error) ?? ''} ${code}`.trim());
};

export const storageError = (thrown: unknown): AppError => {
  if (thrown instanceof AppError) return thrown;
  const options = { cause: summary(thrown) };
  switch (storageStatus(thrown)) {
    case 'changed':
      return new AppError('OBJECT_CHANGED', {}, options);
    case 'unavailable':
      return new AppError('STORAGE_UNAVAILABLE', {}, options);
    default:
      return new AppError('INTERNAL', {}, options);
  }
};

/** Content-Disposition with any name: an ASCII one for old browsers, and the real one by RFC 6266. */
export const attachmentDisposition = (fileName: string): string => {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/gu, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
