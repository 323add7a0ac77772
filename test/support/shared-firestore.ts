/**
 * The one Firestore emulator of a test run. In Jest's own process waits a small server, which starts the emulator when the first test file
 * asks for it: a run without such tests starts nothing.
 */
import { jsonReply, serveHttp } from '../../scripts/local-cloud/http-server.ts';

export const FIRESTORE_URL_VARIABLE = 'MDRAFT_TEST_FIRESTORE_URL';

/** What the server answers: where the emulator is, or what is missing on this machine. */
export type FirestoreAnswer = { host: string } | { missing: string };

type Close = () => Promise<void>;
const closers: Close[] = [];

const startOnce = async (): Promise<FirestoreAnswer> => {
  const { findFirestoreEmulator, startFirestoreEmulator } = await import(
    '../../scripts/local-cloud/firestore-emulator/index.ts'
  );
  const files = findFirestoreEmulator();
  if ('missing' in files) return { missing: files.hint };
  const emulator = await startFirestoreEmulator({ projectId: 'demo-tests', port: 0, ...files });
  closers.push(() => emulator.close());
  return { host: emulator.host };
};

/** Before the workers start, so that they inherit the address. */
export const offerFirestore = async (): Promise<void> => {
  let started: Promise<FirestoreAnswer> | undefined;
  const server = await serveHttp(0, async () => {
    started ??= startOnce();
    return jsonReply(200, await started);
  });
  closers.push(() => server.close());
  process.env[FIRESTORE_URL_VARIABLE] = server.url;
};

export const endFirestore = async (): Promise<void> => {
  await Promise.all(closers.splice(0).map((close) => close()));
};
