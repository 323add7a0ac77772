/** Whatever went wrong, in the few kinds that a view shows differently. */
import { ApiError } from '../../../functions/src/contracts/client.ts';
import type { Failure } from '../../../functions/src/contracts/work.ts';
import { TEXTS } from '../texts/index.ts';

export interface Problem {
  /**
   * `offline`: nothing answers, trying again may help. `signedOut`: nobody is signed in. `notHere`: missing, deleted, or somebody
   * else's; these look the same. `notPermitted`: visible, but not for this role. `busy`: a rate limit, or files in a file that are still converted. `refused`: the request cannot
   * be fulfilled, and the message says why. `broken`: our fault.
   */
  kind: 'offline' | 'signedOut' | 'notHere' | 'notPermitted' | 'busy' | 'refused' | 'broken';
  /** For people: what happened and what to do. */
  message: string;
  /** Stable, for support and tests: "FILE_EMPTY". */
  reason: string;
  retryAfterSeconds?: number;
}

const KIND_OF_CODE: Readonly<Record<string, Problem['kind']>> = {
  unauthenticated: 'signedOut',
  'permission-denied': 'notPermitted',
  'not-found': 'notHere',
  unavailable: 'offline',
  'deadline-exceeded': 'offline',
  internal: 'broken',
  unknown: 'broken',
  'data-loss': 'broken',
  unimplemented: 'broken',
};

/** For people: what happened and what to do. */
export const messageOf = ({ reason, message, details }: Pick<Failure, 'reason' | 'message' | 'details'>): string =>
  TEXTS.problems.ofReason[reason]?.(details) ?? message;

const isWaitedFor = (reason: string): boolean => reason.startsWith('RATE_LIMIT') || reason === 'CONTENTS_NOT_READY';

const problemOfApi = (error: ApiError): Problem => {
  const { code, reason, status, retryAfterSeconds } = error;
  if (reason === 'NO_ANSWER') {
    return status === 0 || status >= 502
      ? { kind: 'offline', message: TEXTS.problems.noAnswer, reason }
      : { kind: 'broken', message: TEXTS.problems.broken, reason };
  }
  const kind = isWaitedFor(reason) ? 'busy' : (KIND_OF_CODE[code] ?? 'refused');
  return { kind, message: messageOf(error), reason, ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }) };
};

/** Codes of the Firebase SDKs: "permission-denied", "auth/network-request-failed". */
const codeOf = (thrown: unknown): string | undefined => {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
};

export const problemOf = (thrown: unknown): Problem => {
  if (thrown instanceof ApiError) return problemOfApi(thrown);
  const code = codeOf(thrown);
  if (code === 'unavailable' || code === 'auth/network-request-failed') {
    return { kind: 'offline', message: TEXTS.problems.noAnswer, reason: 'NO_ANSWER' };
  }
  // To Firestore's rules what is missing and what is somebody else's are both not permitted: it is told as the API tells it.
  if (code === 'permission-denied') return { kind: 'notHere', message: TEXTS.problems.notHere, reason: 'NOT_HERE' };
  if (code === 'unauthenticated') return { kind: 'signedOut', message: TEXTS.problems.signedOut, reason: 'SIGNED_OUT' };
  return { kind: 'broken', message: TEXTS.problems.broken, reason: 'UNKNOWN' };
};

export const problemOfFailure = (failure: Failure): Problem => ({
  kind: 'refused',
  message: messageOf(failure),
  reason: failure.reason,
});
