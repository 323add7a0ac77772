/** Access tokens as the metadata server hands them out: one is shared until it is about to expire. */
import { randomBytes } from 'node:crypto';

const LIFETIME_SECONDS = 3600;
/** Google's server renews a token when it has less than this to live. */
const RENEWED_BEFORE_END_SECONDS = 300;

export interface AccessTokens {
  current(): { token: string; expiresInSeconds: number };
  isKnown(token: string): boolean;
}

export const createAccessTokens = (now: () => Date, lifetimeSeconds = LIFETIME_SECONDS): AccessTokens => {
  const endsAt = new Map<string, number>();
  let newest = '';
  const secondsLeft = (token: string): number => Math.floor(((endsAt.get(token) ?? 0) - now().getTime()) / 1000);
  const forgetExpired = (): void => {
    for (const token of endsAt.keys()) if (secondsLeft(token) <= 0) endsAt.delete(token);
  };
  return {
    current() {
      if (secondsLeft(newest) <= Math.min(RENEWED_BEFORE_END_SECONDS, lifetimeSeconds / 2)) {
        forgetExpired();
        newest = `ya29.local-${randomBytes(32).toString('base64url')}`;
        endsAt.set(newest, now().getTime() + lifetimeSeconds * 1000);
      }
      return { token: newest, expiresInSeconds: secondsLeft(newest) };
    },
    isKnown: (token) => secondsLeft(token) > 0,
  };
};
