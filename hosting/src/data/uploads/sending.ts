/** What an upload is given, and what Cloud Storage's answers mean for it. */
import { ApiError } from '../../../../functions/src/contracts/client.ts';
import type { OperationResponse } from '../../../../functions/src/contracts/operations.ts';
import { TEXTS } from '../../texts/index.ts';
import type { Wait } from './patience.ts';
import { ProblemError } from './problem-error.ts';
import type { Transport } from './transport.ts';

export type UploadGrant = OperationResponse<'createUpload'>['upload'];

export interface SendProgress {
  sentBytes: number;
  interruptions: number;
  /** Nothing is on its way now; it goes on by itself. */
  isBroken: boolean;
}

export interface Sending {
  file: Blob;
  grant: UploadGrant;
  /** Another grant for the same upload. @throws ApiError UPLOAD_NOT_AWAITED when the file has arrived. */
  renew: () => Promise<UploadGrant>;
  transport: Transport;
  wait: Wait;
  signal: AbortSignal;
  tell: (progress: SendProgress) => void;
}

export const brokenOff = (): ProblemError =>
  new ProblemError({ kind: 'offline', message: TEXTS.uploads.problems.brokenOff, reason: 'UPLOAD_BROKEN_OFF' });

export const notTaken = (status: number): ProblemError =>
  new ProblemError({
    kind: 'broken',
    message: TEXTS.uploads.problems.notTaken,
    reason: `UPLOAD_NOT_TAKEN_${status}`,
  });

export const isTaken = (status: number): boolean => status >= 200 && status < 300;

/** Too many, too slow, or not now: https://cloud.google.com/storage/docs/retry-strategy */
export const mayPass = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** How Cloud Storage answers a signed URL that has run out. */
export const isGrantOver = (status: number): boolean => status === 400 || status === 401 || status === 403;

/** The condition of every grant is that nothing is there yet. */
export const IS_THERE = 412;

const hasRunOut = ({ expiresAt }: UploadGrant): boolean => Date.parse(expiresAt) <= Date.now();

/** The grant that holds now; null when there is none because the file has arrived. A refused one is renewed once. */
export const createGrantKeeper = ({ grant, renew }: Pick<Sending, 'grant' | 'renew'>) => {
  let current = grant;
  let wasRefused = false;
  const another = async (): Promise<UploadGrant | null> => {
    try {
      current = await renew();
      return current;
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.reason === 'UPLOAD_NOT_AWAITED') return null;
      throw thrown;
    }
  };
  return {
    /** Before a try that is not the first: an answer that names the expiry may be hidden from the page. */
    async valid(): Promise<UploadGrant | null> {
      return hasRunOut(current) ? another() : current;
    },
    /** @throws ProblemError when a renewed one is refused as well. */
    async afterRefusal(status: number): Promise<UploadGrant | null> {
      if (wasRefused) throw notTaken(status);
      wasRefused = true;
      return another();
    },
  };
};
