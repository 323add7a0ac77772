/** Firebase Authentication through firebase-admin: whose ID token is this? */
import type { Auth, DecodedIdToken } from 'firebase-admin/auth';
import type { Identity } from '../contracts/account.ts';
import { AppError } from '../errors.ts';
import type { IdentityVerifier } from '../ports.ts';

export interface FirebaseIdentityConfig {
  projectId: string;
  /**
   * Asks the service with every token whether it was revoked or its user disabled or deleted: one more request each. Without it, such a
   * token is good until it expires, an hour at most. Against the emulator firebase-admin always asks.
   */
  checkRevoked?: boolean;
}

/** https://firebase.google.com/docs/auth/admin/errors: the token is at fault, not the service. */
const REFUSED = new Set([
  'auth/id-token-expired',
  'auth/id-token-revoked',
  'auth/user-disabled',
  'auth/user-not-found',
]);
/** The same code stands for a bad token and for Google's keys that could not be fetched; only the message tells them apart. */
const AMBIGUOUS = new Set(['auth/argument-error', 'auth/invalid-argument']);
const ABOUT_THE_TOKEN = /^(Firebase ID token |Decoding Firebase ID token |verifyIdToken\(\) expects )/;

const isRefusal = (error: unknown): boolean => {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  return REFUSED.has(code) || (AMBIGUOUS.has(code) && ABOUT_THE_TOKEN.test(error.message));
};

const toIdentity = (token: DecodedIdToken): Identity => ({
  uid: token.uid,
  anonymous: token.firebase?.sign_in_provider === 'anonymous',
  ...(token.email === undefined ? {} : { email: token.email }),
});

/**
 * Makes the default app of firebase-admin, which firebase-functions' onCall uses when it checks tokens by itself. May be called often.
 * Against the emulator firebase-admin itself reads FIREBASE_AUTH_EMULATOR_HOST, once, with the first token.
 */
export const initialiseFirebase = async (projectId: string): Promise<void> => {
  const { initializeApp } = await import('firebase-admin/app');
  // With the same options as before it gives the same app.
  initializeApp({ projectId });
};

/** firebase-admin is loaded with the first token. */
export const createFirebaseIdentityVerifier = (config: FirebaseIdentityConfig): IdentityVerifier => {
  let connecting: Promise<Auth> | undefined;
  const connect = async (): Promise<Auth> => {
    await initialiseFirebase(config.projectId);
    const { getAuth } = await import('firebase-admin/auth');
    return getAuth();
  };
  return {
    async verify(idToken) {
      try {
        connecting ??= connect();
        const auth = await connecting;
        return toIdentity(await auth.verifyIdToken(idToken, config.checkRevoked));
      } catch (error) {
        if (isRefusal(error)) return null;
        throw new AppError('IDENTITY_UNAVAILABLE', {}, { cause: error });
      }
    },
  };
};
