/** Finds what Google's Firestore emulator needs on this machine: Java and the emulator's jar. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What the emulators that firebase-tools 14 and the Google Cloud SDK bring ask for. */
const OLDEST_JAVA = 17;

export interface FirestoreEmulatorFiles {
  /** The program, by name or path. */
  java: string;
  /** Path of the emulator's jar. */
  jar: string;
}

/** `hint`: one line that ends with the exact command that helps. */
export interface FirestoreEmulatorMissing {
  missing: 'java' | 'jar';
  hint: string;
}

export interface FindOptions {
  /** Default: the process's own. Read are FIRESTORE_EMULATOR_JAR, JAVA_HOME and PATH. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Where ~/google-cloud-sdk and ~/.cache/firebase are looked for. Default: the user's home. */
  homeFolder?: string;
  /** Where a system-wide Google Cloud SDK is. Default: /usr/lib/google-cloud-sdk. */
  systemSdkFolder?: string;
}

/** Version 17.0.15 is 17; the old 1.8.0 is 8. Null when it is not there or says nothing. */
const majorVersionOf = (java: string): number | null => {
  const { stderr, stdout } = spawnSync(java, ['-version'], { encoding: 'utf8', timeout: 20_000 });
  const found = /version "(?:1\.)?(\d+)/.exec(`${stderr ?? ''}${stdout ?? ''}`)?.[1];
  return found === undefined ? null : Number(found);
};

const programIn = (folder: string, name: string): string | null => {
  for (const extension of process.platform === 'win32' ? ['.exe', '.cmd'] : ['']) {
    const path = join(folder, name + extension);
    if (existsSync(path)) return path;
  }
  return null;
};

const programsOnPath = (environment: Readonly<Record<string, string | undefined>>, name: string): string[] =>
  (environment.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => programIn(folder, name))
    .filter((path) => path !== null);

const findJava = (environment: Readonly<Record<string, string | undefined>>): string | { tooOld: number | null } => {
  const home = environment.JAVA_HOME ? programIn(join(environment.JAVA_HOME, 'bin'), 'java') : null;
  let tooOld: number | null = null;
  for (const java of [...(home === null ? [] : [home]), ...programsOnPath(environment, 'java')]) {
    const version = majorVersionOf(java);
    if (version !== null && version >= OLDEST_JAVA) return java;
    tooOld ??= version;
  }
  return { tooOld };
};

/** "cloud-firestore-emulator-v1.19.10.jar" → 1, 19, 10. */
const versionOf = (jar: string): number[] => (/-v(\d+(?:\.\d+)*)/.exec(jar)?.[1] ?? '0').split('.').map(Number);

const newestFirst = (left: string, right: string): number => {
  const [a, b] = [versionOf(left), versionOf(right)];
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing === -1 ? b.length - a.length : (b[differing] ?? 0) - (a[differing] ?? 0);
};

const jarsIn = (folder: string, pattern: string): string[] =>
  globSync(pattern, { cwd: folder })
    .map((name) => join(folder, name))
    .sort(newestFirst);

const findJar = (options: Required<FindOptions>): string | undefined => {
  const { environment, homeFolder, systemSdkFolder } = options;
  const named = environment.FIRESTORE_EMULATOR_JAR;
  if (named) return existsSync(named) ? named : undefined;
  const sdkFolders = [
    ...programsOnPath(environment, 'gcloud').map((gcloud) => dirname(dirname(realpathSync(gcloud)))),
    systemSdkFolder,
    join(homeFolder, 'google-cloud-sdk'),
  ];
  return [
    ...sdkFolders.flatMap((folder) => jarsIn(join(folder, 'platform', 'cloud-firestore-emulator'), '*.jar')),
    ...jarsIn(join(homeFolder, '.cache', 'firebase', 'emulators'), 'cloud-firestore-emulator-v*.jar'),
  ][0];
};

const javaHint = (tooOld: number | null): string => {
  const found = tooOld === null ? 'Java is not installed' : `Java ${tooOld} is too old`;
  const debian = existsSync('/etc/debian_version');
  return debian
    ? `${found}; the Firestore emulator needs Java ${OLDEST_JAVA} or newer: apt-get install openjdk-17-jre-headless`
    : `${found}; the Firestore emulator needs Java ${OLDEST_JAVA} or newer: https://adoptium.net/temurin/releases/`;
};

/** Looks at files and asks each Java for its version; starts nothing. */
export const findFirestoreEmulator = (options: FindOptions = {}): FirestoreEmulatorFiles | FirestoreEmulatorMissing => {
  const { environment = process.env, homeFolder = homedir(), systemSdkFolder = '/usr/lib/google-cloud-sdk' } = options;
  const java = findJava(environment);
  if (typeof java !== 'string') return { missing: 'java', hint: javaHint(java.tooOld) };
  const jar = findJar({ environment, homeFolder, systemSdkFolder });
  if (jar !== undefined) return { java, jar };
  const named = environment.FIRESTORE_EMULATOR_JAR;
  const problem = named
    ? `FIRESTORE_EMULATOR_JAR names ${named}, which is not there; correct it, or remove it and run`
    : 'The Firestore emulator is not installed';
  return { missing: 'jar', hint: `${problem}: npx firebase-tools@14.27.0 setup:emulators:firestore` };
};
