/** Who uses the page. A visitor is signed in anonymously with the first upload and not before; signing up keeps the same user. */
import { type FirebaseApp, FirebaseError, initializeApp } from 'firebase/app';
import {
  type Auth,
  connectAuthEmulator,
  createUserWithEmailAndPassword,
  EmailAuthProvider,
  indexedDBLocalPersistence,
  initializeAuth,
  linkWithCredential,
  onIdTokenChanged,
  sendEmailVerification,
  sendPasswordResetEmail,
  signInAnonymously,
  signInWithEmailAndPassword,
  signOut,
  type User,
} from 'firebase/auth';
import { isTooOld } from './session-age.ts';
import { createStore, type Readable } from './store.ts';
import { readWebConfig, type WebConfig } from './web-config.ts';

export type Session =
  /** Not known yet: the browser is asked who was here. */
  | { state: 'restoring' }
  /** The site does not answer, so nobody can be told from anybody. `reconnect` tries again. */
  | { state: 'unreachable' }
  /** `endedBy` age: somebody was here, signed in too long ago. */
  | { state: 'nobody'; endedBy?: 'age' }
  | { state: 'visitor'; uid: string }
  | { state: 'member'; uid: string; email: string; emailVerified: boolean };

export interface SessionData {
  session: Readable<Session>;
  /** The app to which the database connects; waits for the settings of the site. */
  app(): Promise<{ app: FirebaseApp; config: WebConfig }>;
  /** Asks once more who was here, where the site could not be reached. */
  reconnect(): void;
  /** An ID token of whoever is signed in; null when nobody is. */
  token(): Promise<string | null>;
  /** Signs a visitor in when nobody is. */
  ensureSomebody(): Promise<void>;
  /** A visitor keeps everything: the same user gets an e-mail address and a password. @throws FirebaseError */
  signUp(email: string, password: string): Promise<void>;
  /** Whose place somebody else takes leaves nothing in the page: it is loaded anew, at the documents. @throws FirebaseError */
  signIn(email: string, password: string): Promise<void>;
  /** Answers the same whether there is such an account or not. @throws FirebaseError */
  sendPasswordReset(email: string): Promise<void>;
  /** The mail that proves a member's address, once more. @throws FirebaseError */
  sendVerification(): Promise<void>;
  /** Asks anew who the user is: an address may have been confirmed elsewhere. @throws FirebaseError */
  refresh(): Promise<void>;
  /** Leaves nothing of this user in the browser; the page is loaded anew. @throws FirebaseError */
  signOut(): Promise<void>;
}

const sessionOf = (user: User | null): Session => {
  if (user === null) return { state: 'nobody' };
  if (user.isAnonymous || user.email === null) return { state: 'visitor', uid: user.uid };
  return { state: 'member', uid: user.uid, email: user.email, emailVerified: user.emailVerified };
};

/** Ends what was signed in too long ago, before anybody is told of it. Offline nothing can be said, and nothing could be read. */
const endByAge = async (auth: Auth): Promise<boolean> => {
  const user = auth.currentUser;
  const signedIn = await user?.getIdTokenResult().catch(() => null);
  if (!user || !signedIn || !isTooOld({ isVisitor: user.isAnonymous, signedInAt: signedIn.authTime })) return false;
  await signOut(auth);
  return true;
};

/** Milliseconds after which signing out goes on without an answer. */
const LONGEST_CLEARING = 5000;

/**
 * All that the browser keeps of this site; the page itself puts ids of what is under way there. The answer has the browser throw its files away
 * (Clear-Site-Data in firebase.json), in which IndexedDB leaves what was only deleted.
 */
const clearStorage = async (): Promise<void> => {
  localStorage.clear();
  sessionStorage.clear();
  await fetch('/signed-out.txt', { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_CLEARING) }).catch(
    () => null,
  );
};

const isSame = (a: Session, b: Session): boolean => JSON.stringify(a) === JSON.stringify(b);

const connect = async (): Promise<{ app: FirebaseApp; auth: Auth; config: WebConfig }> => {
  const config = await readWebConfig();
  const { firebaseEmulators, ...options } = config;
  const app = initializeApp(options);
  const auth = initializeAuth(app, { persistence: indexedDBLocalPersistence });
  if (firebaseEmulators) {
    const { host, port } = firebaseEmulators.auth;
    connectAuthEmulator(auth, `http://${host}:${port}`, { disableWarnings: true });
  }
  await auth.authStateReady();
  return { app, auth, config };
};

export const createSession = (): SessionData => {
  const session = createStore<Session>({ state: 'restoring' });
  let isEndedByAge = false;
  /** Signed out in this tab: it leaves when the browser has forgotten, as what it asks for ends with the page. */
  let isLeaving = false;
  const tell = (user: User | null): void => {
    const before = session.get();
    // Signed out in another tab: what this one holds in memory goes with the page.
    if (user === null && 'uid' in before) {
      if (!isLeaving) location.replace('/');
      return;
    }
    const next: Session = user === null && isEndedByAge ? { state: 'nobody', endedBy: 'age' } : sessionOf(user);
    if (!isSame(before, next)) session.set(next);
  };
  /** After a failure the next caller tries anew. */
  let connecting: ReturnType<typeof connect> | null = null;
  const connected = (): ReturnType<typeof connect> => {
    connecting ??= connect().then(
      async (result) => {
        isEndedByAge = await endByAge(result.auth);
        onIdTokenChanged(result.auth, tell);
        return result;
      },
      (thrown: unknown) => {
        connecting = null;
        session.set({ state: 'unreachable' });
        throw thrown;
      },
    );
    return connecting;
  };
  let entering: Promise<void> | null = null;
  const enter = async (): Promise<void> => {
    const { auth } = await connected();
    if (auth.currentUser === null) await signInAnonymously(auth);
    tell(auth.currentUser);
  };
  const reconnect = (): void => {
    session.set({ state: 'restoring' });
    // Of a failure the session itself tells.
    connected().catch(() => undefined);
  };
  reconnect();
  addEventListener('online', () => {
    if (session.get().state === 'unreachable') reconnect();
  });

  return {
    session,
    app: async () => {
      const { app, config } = await connected();
      return { app, config };
    },
    reconnect,
    token: async () => (await (await connected()).auth.currentUser?.getIdToken()) ?? null,
    ensureSomebody() {
      entering ??= enter().finally(() => {
        entering = null;
      });
      return entering;
    },
    async signUp(email, password) {
      const { auth } = await connected();
      const { currentUser } = auth;
      const { user } = currentUser?.isAnonymous
        ? await linkWithCredential(currentUser, EmailAuthProvider.credential(email, password))
        : await createUserWithEmailAndPassword(auth, email, password);
      // What the token says of the user is out of date otherwise, for up to an hour.
      await user.getIdToken(true);
      tell(user);
      await sendEmailVerification(user).catch(() => undefined);
    },
    async signIn(email, password) {
      const { auth } = await connected();
      const before = auth.currentUser?.uid;
      const { user } = await signInWithEmailAndPassword(auth, email, password);
      if (before === undefined || before === user.uid) tell(user);
      else location.replace('/documents');
    },
    async sendPasswordReset(email) {
      const { auth } = await connected();
      await sendPasswordResetEmail(auth, email).catch((thrown: unknown) => {
        if (!(thrown instanceof FirebaseError) || thrown.code !== 'auth/user-not-found') throw thrown;
      });
    },
    async sendVerification() {
      const { currentUser } = (await connected()).auth;
      if (currentUser) await sendEmailVerification(currentUser);
    },
    async refresh() {
      const { currentUser } = (await connected()).auth;
      if (!currentUser) return;
      await currentUser.reload();
      tell(currentUser);
    },
    async signOut() {
      const { auth } = await connected();
      isLeaving = true;
      try {
        await signOut(auth);
        await clearStorage();
      } finally {
        isLeaving = false;
      }
      location.replace('/');
    },
  };
};
