/**
 * Tests against Google's Firestore emulator:
 *
 *     describeWithFirestore('the run repository', (firestore) => {
 *       test('…', async () => {
 *         const { host, projectId } = firestore();
 *         const db = new Firestore({ projectId, host, ssl: false });
 *
 * One emulator serves the whole run; it starts with the first file that imports this one (about a second). Each file has a project of its
 * own, so files never meet. The emulator has no rules until a file sends them for its project. Without Java or the emulator's jar the
 * tests are skipped, and a line says what to install; with CI set they fail instead.
 */
import { randomBytes } from 'node:crypto';
import { describe, test } from '@jest/globals';
import { FIRESTORE_URL_VARIABLE, type FirestoreAnswer } from './shared-firestore.ts';

export interface TestFirestore {
  /** "127.0.0.1:8080", the value of FIRESTORE_EMULATOR_HOST. */
  host: string;
  /** "demo-…", this file's own. */
  projectId: string;
  /** Deletes every document of the file's project. */
  clear(): Promise<void>;
}

const askForEmulator = async (): Promise<FirestoreAnswer> => {
  const url = process.env[FIRESTORE_URL_VARIABLE];
  if (url === undefined) throw new Error('globalSetup of jest.config.js did not run.');
  const response = await fetch(url);
  if (!response.ok) throw new Error('The Firestore emulator did not start; its own words are on the console.');
  return (await response.json()) as FirestoreAnswer;
};

const answer = await askForEmulator();
const projectId = `demo-${randomBytes(8).toString('hex')}`;

const clear = async (host: string): Promise<void> => {
  const url = `http://${host}/emulator/v1/projects/${projectId}/databases/(default)/documents`;
  const response = await fetch(url, { method: 'DELETE' });
  await response.text();
  if (!response.ok) throw new Error(`The Firestore emulator answered ${response.status}.`);
};

/** As `describe`; `firestore` gives the same answer in every test of the file. */
export const describeWithFirestore = (name: string, body: (firestore: () => TestFirestore) => void): void => {
  if ('host' in answer) {
    const firestore: TestFirestore = { host: answer.host, projectId, clear: () => clear(answer.host) };
    describe(name, () => body(() => firestore));
    return;
  }
  const { missing } = answer;
  if (process.env.CI) {
    test(name, () => {
      throw new Error(missing);
    });
    return;
  }
  process.stderr.write(`Skipped: ${name}. ${missing}\n`);
  describe.skip(name, () => {
    body(() => {
      throw new Error(missing);
    });
  });
};
