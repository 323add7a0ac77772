import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  type FirestoreEmulator,
  findFirestoreEmulator,
  startFirestoreEmulator,
} from '../../../scripts/local-cloud/firestore-emulator/index.ts';
import { describeWithFirestore } from '../../support/firestore-emulator.ts';

const scratch = mkdtempSync(join(tmpdir(), 'mdraft-firestore-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const write = (path: string, text = ''): string => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

describe('What the emulator needs is looked for', () => {
  const home = join(scratch, 'home');
  const cache = join(home, '.cache', 'firebase', 'emulators');
  /** A folder with a Java that says it is of this version. */
  const javaOf = (version: string): string => {
    const folder = join(scratch, `java-${version}`);
    chmodSync(write(join(folder, 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`), 0o755);
    return folder;
  };
  const find = (path: string, jar?: string) =>
    findFirestoreEmulator({
      environment: { PATH: path, FIRESTORE_EMULATOR_JAR: jar },
      homeFolder: home,
      systemSdkFolder: join(scratch, 'no-sdk'),
    });

  test('Without Java, or with one that is too old, it is said what to install', () => {
    expect(find(join(scratch, 'nothing'))).toEqual({
      missing: 'java',
      hint: expect.stringMatching(
        /^Java is not installed; .*(apt-get install openjdk-17-jre-headless|adoptium\.net.*)$/,
      ),
    });
    expect(find(javaOf('11.0.2'))).toMatchObject({
      missing: 'java',
      hint: expect.stringMatching(/^Java 11 is too old; /),
    });
    expect(find(javaOf('1.8.0_402'))).toMatchObject({ hint: expect.stringMatching(/^Java 8 is too old; /) });
  });

  test('A Java that is new enough is found behind one that is not', () => {
    const found = find([javaOf('11.0.2'), javaOf('21.0.1')].join(delimiter), write(join(scratch, 'any.jar')));
    expect(found).toEqual({ java: join(scratch, 'java-21.0.1', 'java'), jar: join(scratch, 'any.jar') });
  });

  test('Without the jar the command that fetches it is named', () => {
    expect(find(javaOf('17.0.15'))).toEqual({
      missing: 'jar',
      hint: 'The Firestore emulator is not installed: npx firebase-tools@14.27.0 setup:emulators:firestore',
    });
  });

  test("The newest jar of firebase-tools is taken, the Cloud SDK's before it, and the one that is named before all", () => {
    const java = javaOf('17.0.15');
    write(join(cache, 'cloud-firestore-emulator-v1.19.8.jar'));
    const newest = write(join(cache, 'cloud-firestore-emulator-v1.19.10.jar'));
    expect(find(java)).toMatchObject({ jar: newest });
    const ofSdk = write(join(home, 'google-cloud-sdk/platform/cloud-firestore-emulator/cloud-firestore-emulator.jar'));
    expect(find(java)).toMatchObject({ jar: ofSdk });
    const named = write(join(scratch, 'named.jar'));
    expect(find(java, named)).toMatchObject({ jar: named });
  });

  test('A jar that is named but not there is not silently replaced by another', () => {
    const found = find(javaOf('17.0.15'), join(scratch, 'wrong.jar'));
    expect(found).toMatchObject({ missing: 'jar', hint: expect.stringContaining('wrong.jar, which is not there') });
  });
});

const files = findFirestoreEmulator();

describeWithFirestore('The Firestore emulator', (firestore) => {
  const open: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of open.reverse()) await close();
  });
  const start = (projectId: string, folder?: string): Promise<FirestoreEmulator> => {
    if ('missing' in files) throw new Error(files.hint);
    return startFirestoreEmulator({ projectId, port: 0, folder, ...files });
  };
  const connect = (host: string, projectId: string): Firestore => {
    const db = new Firestore({ projectId, host, ssl: false });
    open.push(() => db.terminate());
    return db;
  };

  test('A project that may exist in the cloud is refused', async () => {
    await expect(start('mdraft-prod')).rejects.toThrow('begins with "demo-"');
  });

  test('Projects do not see each other, and one is cleared without the other', async () => {
    const { host, projectId, clear } = firestore();
    const [ours, theirs] = [connect(host, projectId), connect(host, `${projectId}-2`)];
    await Promise.all([ours.doc('a/1').set({ n: 1 }), theirs.doc('a/1').set({ n: 2 })]);
    expect((await ours.doc('a/1').get()).data()).toEqual({ n: 1 });
    await clear();
    expect((await ours.doc('a/1').get()).exists).toBe(false);
    expect((await theirs.doc('a/1').get()).data()).toEqual({ n: 2 });
  });

  test('Data are there again after a restart, and unreadable ones fall back to the export before', async () => {
    const folder = join(scratch, 'kept');
    const first = await start('demo-kept', folder);
    const document = connect(first.host, 'demo-kept').doc('orgs/o/conversions/c');
    await document.set({ state: 'completed', at: new Date(0) });
    await first.exportNow();
    await document.set({ state: 'partial' });
    await first.close();

    const exports = (): string[] => readdirSync(folder).sort();
    expect(exports()).toEqual(['export-000000001', 'export-000000002']);
    writeFileSync(join(folder, 'export-000000002', 'firestore', 'firestore.overall_export_metadata'), 'damaged');
    mkdirSync(join(folder, 'export-000000003.unfinished'));

    const second = await start('demo-kept', folder);
    const again = await connect(second.host, 'demo-kept').doc('orgs/o/conversions/c').get();
    expect(again.get('state')).toBe('completed');
    expect(again.get('at').toDate()).toEqual(new Date(0));
    await second.close();
    expect(exports()).toEqual(['export-000000002', 'export-000000003']);
  });

  test('A port that something else answers on is not taken for the emulator', async () => {
    if ('missing' in files) throw new Error(files.hint);
    const other = createServer((_, response) => response.end('Ok'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startFirestoreEmulator({ projectId: 'demo-port', port, ...files })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use.`,
    );
    other.close();
  });

  test('With rules that cannot be read it does not start, and says in which line they are wrong', async () => {
    if ('missing' in files) throw new Error(files.hint);
    const rulesFile = write(join(scratch, 'broken.rules'), "rules_version = '2';\nservice cloud.firestore { match }");
    const started = startFirestoreEmulator({ projectId: 'demo-rules', port: 0, rulesFile, ...files });
    open.push(async () => (await started.catch(() => undefined))?.close());
    await expect(started).rejects.toThrow(/answered 400: .*L2:/s);
  });

  test('When the process that started it is killed, the emulator ends', async () => {
    const module = fileURLToPath(new URL('../../../scripts/local-cloud/firestore-emulator/index.ts', import.meta.url));
    const program = `
      const { startFirestoreEmulator } = await import(${JSON.stringify(module)});
      const { host } = await startFirestoreEmulator(${JSON.stringify({ projectId: 'demo-killed', port: 0, ...files })});
      console.log(host);
      setInterval(() => undefined, 1000);`;
    const parent: ChildProcess = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program]);
    const host = await new Promise<string>((resolve) =>
      parent.stdout?.once('data', (text) => resolve(`${text}`.trim())),
    );
    expect((await fetch(`http://${host}/`)).ok).toBe(true);
    parent.kill('SIGKILL');
    const untilMs = Date.now() + 8000;
    let answers = true;
    while (answers && Date.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      answers = await fetch(`http://${host}/`).then(
        () => true,
        () => false,
      );
    }
    expect(answers).toBe(false);
  });
});
