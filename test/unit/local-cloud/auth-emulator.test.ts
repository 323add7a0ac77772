import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deleteApp as deleteWebApp, initializeApp as initializeWebApp } from 'firebase/app';
import {
  type Auth,
  connectAuthEmulator,
  createUserWithEmailAndPassword,
  deleteUser,
  EmailAuthProvider,
  initializeAuth,
  inMemoryPersistence,
  linkWithCredential,
  signInAnonymously,
  signInWithCustomToken,
  signInWithEmailAndPassword,
  signOut,
} from 'firebase/auth';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { type AuthEmulator, startAuthEmulator } from '../../../scripts/local-cloud/auth-emulator/index.ts';

const PROJECT = 'demo-auth';
const PASSWORD = 'long enough';
const scratch = mkdtempSync(join(tmpdir(), 'mdraft-auth-'));
const accountsFile = join(scratch, 'kept', 'accounts.json');
const emulatorBefore = process.env.FIREBASE_AUTH_EMULATOR_HOST;

let emulator: AuthEmulator;
let auth: Auth;
const admin = () => getAuth();

const readUids = (): string[] =>
  (JSON.parse(readFileSync(accountsFile, 'utf8')) as { users: { localId: string }[] }).users.map(
    (user) => user.localId,
  );

beforeAll(async () => {
  emulator = await startAuthEmulator({ projectId: PROJECT, port: 0, folder: join(scratch, 'kept') });
  process.env.FIREBASE_AUTH_EMULATOR_HOST = emulator.host;
  initializeApp({ projectId: PROJECT });
  auth = initializeAuth(initializeWebApp({ apiKey: 'any', projectId: PROJECT }), { persistence: inMemoryPersistence });
  connectAuthEmulator(auth, `http://${emulator.host}`, { disableWarnings: true });
});

afterAll(async () => {
  if (emulatorBefore === undefined) delete process.env.FIREBASE_AUTH_EMULATOR_HOST;
  else process.env.FIREBASE_AUTH_EMULATOR_HOST = emulatorBefore;
  await Promise.all([deleteWebApp(auth.app), deleteApp(admin().app), emulator.close()]);
  rmSync(scratch, { recursive: true, force: true });
});

describe("The web page's library", () => {
  test('An anonymous visitor becomes an e-mail account and stays the same user', async () => {
    const { user: visitor } = await signInAnonymously(auth);
    expect(visitor.isAnonymous).toBe(true);
    const { uid } = visitor;
    await linkWithCredential(visitor, EmailAuthProvider.credential('linked@mdraft.example', PASSWORD));
    await signOut(auth);
    const { user } = await signInWithEmailAndPassword(auth, 'linked@mdraft.example', PASSWORD);
    expect([user.uid, user.isAnonymous]).toEqual([uid, false]);
  });

  test('An e-mail account is made once, and its password is checked', async () => {
    await createUserWithEmailAndPassword(auth, 'new@mdraft.example', PASSWORD);
    await expect(createUserWithEmailAndPassword(auth, 'new@mdraft.example', PASSWORD)).rejects.toMatchObject({
      code: 'auth/email-already-in-use',
    });
    await expect(signInWithEmailAndPassword(auth, 'new@mdraft.example', 'wrong')).rejects.toMatchObject({
      code: expect.stringMatching(/^auth\/(wrong-password|invalid-credential)$/),
    });
  });

  test('A token is renewed with the refresh token', async () => {
    const { user } = await signInAnonymously(auth);
    const first = await user.getIdToken();
    // Times in tokens are whole seconds: in the same one the new token would be the old one.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const second = await user.getIdToken(true);
    expect(second).not.toBe(first);
    expect(await admin().verifyIdToken(second)).toMatchObject({ uid: user.uid });
  });

  test('A user who deletes the account is gone', async () => {
    const { user } = await signInAnonymously(auth);
    const { uid } = user;
    await deleteUser(user);
    await expect(admin().getUser(uid)).rejects.toMatchObject({ code: 'auth/user-not-found' });
  });
});

describe('firebase-admin', () => {
  test('Makes, finds, changes, lists and deletes users', async () => {
    const { uid } = await admin().createUser({ email: 'made@mdraft.example', password: PASSWORD });
    await admin().setCustomUserClaims(uid, { plan: 'team' });
    expect(await admin().getUserByEmail('made@mdraft.example')).toMatchObject({ uid, customClaims: { plan: 'team' } });
    expect((await admin().listUsers()).users.map((user) => user.uid)).toContain(uid);
    await admin().deleteUser(uid);
    await expect(admin().getUser(uid)).rejects.toMatchObject({ code: 'auth/user-not-found' });
  });

  test('A custom token signs in the user that it names', async () => {
    const { user } = await signInWithCustomToken(auth, await admin().createCustomToken('named-by-us'));
    expect(user.uid).toBe('named-by-us');
  });

  test('A revocation ends the tokens that were given out before', async () => {
    const { user } = await signInAnonymously(auth);
    const token = await user.getIdToken();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await admin().revokeRefreshTokens(user.uid);
    await expect(admin().verifyIdToken(token, true)).rejects.toMatchObject({ code: 'auth/id-token-revoked' });
  });
});

describe('Over a restart', () => {
  test('Accounts, passwords and tokens given out before are as good as they were', async () => {
    const { uid } = (await createUserWithEmailAndPassword(auth, 'stays@mdraft.example', PASSWORD)).user;
    const { user: visitor } = await signInAnonymously(auth);
    const token = await visitor.getIdToken();
    const { port } = emulator;
    await emulator.close();
    const written = readFileSync(accountsFile, 'utf8');
    expect(statSync(accountsFile).mode & 0o077).toBe(0);

    emulator = await startAuthEmulator({ projectId: PROJECT, port, folder: join(scratch, 'kept') });
    await visitor.reload();
    expect(await admin().verifyIdToken(token, true)).toMatchObject({ uid: visitor.uid });
    await visitor.getIdToken(true);
    expect((await signInWithEmailAndPassword(auth, 'stays@mdraft.example', PASSWORD)).user.uid).toBe(uid);
    await admin().deleteUser(uid);
    await emulator.close();
    const uids = (JSON.parse(written) as { users: { localId: string }[] }).users.map((user) => user.localId);
    expect(readUids()).toEqual(uids.filter((kept) => kept !== uid));
  });

  test('A file of accounts that cannot be read is told and left as it is', async () => {
    const folder = mkdtempSync(join(scratch, 'damaged-'));
    writeFileSync(join(folder, 'accounts.json'), '{"users": [');
    await expect(startAuthEmulator({ projectId: PROJECT, port: 0, folder })).rejects.toThrow('cannot be read');
    expect(readFileSync(join(folder, 'accounts.json'), 'utf8')).toBe('{"users": [');
  });

  test('A project that may exist in the cloud is refused', async () => {
    await expect(startAuthEmulator({ projectId: 'mdraft-prod', port: 0 })).rejects.toThrow('begins with "demo-"');
  });

  test('When the process that started it is killed, it writes what it holds and ends', async () => {
    const folder = join(scratch, 'kept');
    const module = fileURLToPath(new URL('../../../scripts/local-cloud/auth-emulator/index.ts', import.meta.url));
    const program = `
      const { startAuthEmulator } = await import(${JSON.stringify(module)});
      const { host } = await startAuthEmulator(${JSON.stringify({ projectId: PROJECT, port: 0, folder })});
      const response = await fetch('http://' + host + '/identitytoolkit.googleapis.com/v1/accounts:signUp?key=any', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      console.log(host + ' ' + (await response.json()).localId);
      setInterval(() => undefined, 1000);`;
    const parent: ChildProcess = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program]);
    const line = await new Promise<string>((resolve) =>
      parent.stdout?.once('data', (text) => resolve(`${text}`.trim())),
    );
    parent.kill('SIGKILL');
    const [host, uid] = line.split(' ');
    const untilMs = Date.now() + 8000;
    let answers = true;
    while (answers && Date.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      answers = await fetch(`http://${host}/`).then(
        () => true,
        () => false,
      );
    }
    expect(answers).toBe(false);
    expect(readUids()).toContain(uid);
  });
});
