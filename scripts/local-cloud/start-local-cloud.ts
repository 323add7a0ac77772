/** Google Cloud and Firebase on this machine: every stand-in, both emulators, the functions and the page in front of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAuthEmulator } from './auth-emulator/index.ts';
import { claimFolder } from './claim-folder.ts';
import { type CloudStorageOptions, createCloudStorage, type RunningCloudStorage } from './cloud-storage/index.ts';
import { type CloudTasks, type CloudTasksOptions, createCloudTasks } from './cloud-tasks/create-cloud-tasks.ts';
import { createHttpDispatcher } from './cloud-tasks/http-dispatcher.ts';
import { requireDemoProject } from './demo-project.ts';
import { createDocumentAi, type DocumentAi } from './document-ai/index.ts';
import {
  type FirestoreEmulator,
  type FirestoreEmulatorOptions,
  lastExportMs,
  startFirestoreEmulator,
} from './firestore-emulator/index.ts';
import { type Containers, startContainers } from './functions-host/containers.ts';
import { createFrontDoor } from './functions-host/front-door.ts';
import { createHosting } from './functions-host/hosting.ts';
import { createIdentity } from './identity.ts';
import { type LocalProject, processesOf } from './local-project.ts';
import { createMetadataServer } from './metadata/index.ts';
import { addressOf, type Component, isPortTaken, type Ports, withFreePorts } from './ports.ts';
import { startScheduler } from './scheduler.ts';
import { createSecretManager, type SecretManager } from './secret-manager/create-secret-manager.ts';
import { createSentrySink, type SentrySink } from './sentry-sink/index.ts';
import { createVertexAiServer, type VertexAiServer } from './vertex-ai/index.ts';
import { atCurrentAddress, emulatorOrigins, functionEnvironment, webConfig } from './wiring.ts';

export interface LocalCloudOptions {
  project: LocalProject;
  /** Where firebase.json and the rules are. */
  root: string;
  /** Keeps everything over restarts. */
  folder: string;
  /** Default: usual. */
  ports?: 'usual' | 'any';
  /** As findFirestoreEmulator found them. */
  firestore: { java: string; jar: string };
  /** Told once for each part: when it answers, or does not come up. */
  onState?: (component: Component, state: 'ready' | 'failed', address: string | null) => void;
  /** Told when somebody else took a port meanwhile: everything is stopped and begins again on other ports. */
  onPortTaken?: () => void;
  /** Gives up the start: what has been started is stopped, and the signal's reason thrown. */
  signal?: AbortSignal;
  /** Tests: trouble that Cloud Storage makes. */
  storageFaults?: Pick<CloudStorageOptions, 'deliverTwice' | 'fault' | 'firstRetrySeconds' | 'longestRetrySeconds'>;
}

/** Each stand-in with the faults that it can be told to make. */
export interface LocalCloud {
  hostingUrl: string;
  /** Of the functions' front door: `${functionsUrl}/api` is the API without Hosting before it. */
  functionsUrl: string;
  authHost: string;
  firestore: FirestoreEmulator;
  storage: RunningCloudStorage;
  tasks: CloudTasks;
  documentAi: DocumentAi;
  vertexAi: VertexAiServer;
  secretManager: SecretManager;
  sentry: SentrySink;
  /** `kill` ends the functions' process in the middle of what it does. */
  containers: Containers;
  /** Does now what the schedule does every so often; answers its status. */
  sweepNow(): Promise<number | null>;
  /** Resolves with the part that ended without being asked to. The rest still runs. */
  partEnded: Promise<Component>;
  /** In order: nothing new begins, what runs is cut, data is written. @throws Error when data were lost by that; all has ended then. */
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

/** What has been opened. Closing goes on when one part fails, and then throws its error. */
const createOpened = () => {
  const opened = new Set<Closable>();
  return {
    async add<T extends Closable>(starting: Promise<T>): Promise<T> {
      const started = await starting;
      opened.add(started);
      return started;
    },
    /** `first` in their order, then the rest from the last to the first. */
    async close(first: readonly Closable[] = []): Promise<void> {
      const failures: unknown[] = [];
      const order = new Set([...first, ...[...opened].reverse()]);
      opened.clear();
      for (const part of order) await part.close().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
};

type Opened = ReturnType<typeof createOpened>;

/** Waits for all, so that nothing is still opening when one has failed. */
const allOf = async <const T extends readonly Promise<unknown>[]>(starting: T) => {
  await Promise.allSettled(starting);
  return Promise.all(starting);
};

type Open = <T extends Closable>(component: Component, starting: Promise<T>) => Promise<T>;

/**
 * Everything behind the front door. Tasks are held back, and finished uploads wait, until it is open.
 * `wasBusy`: whether the functions have done anything since the last call; nobody else writes to the database.
 */
const openServices = async (options: LocalCloudOptions, ports: Ports, open: Open, wasBusy: () => boolean) => {
  const { project, folder, storageFaults, signal } = options;
  const { projectId, region, processors, secrets, queues, tasksServiceAccount } = project;
  const identity = createIdentity();
  const metadata = await open(
    'metadata',
    createMetadataServer({ ...project, identity, port: ports.metadata, email: project.functionsServiceAccount }),
  );
  const { isKnownToken } = metadata;
  const webOrigins = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${ports.hosting}`);
  const dispatch = atCurrentAddress(`http://127.0.0.1:${ports.functions}`, createHttpDispatcher(identity, Date.now));
  const storageOptions: CloudStorageOptions = {
    ...storageFaults,
    projectId,
    port: ports.storage,
    identity,
    buckets: project.buckets(webOrigins),
    folder: join(folder, 'storage'),
    isAccessToken: isKnownToken,
  };
  const tasksOptions: CloudTasksOptions = {
    projectId,
    location: region,
    queues,
    identity,
    port: ports.tasks,
    folder: join(folder, 'tasks'),
    held: true,
    // After a kill the database is as at its last export: what was done since has to be done again.
    redoSinceMs: lastExportMs(join(folder, 'firestore')) ?? 0,
    serviceAccounts: [tasksServiceAccount],
    dispatch,
  };
  const firestoreOptions: FirestoreEmulatorOptions = {
    ...options.firestore,
    projectId,
    port: ports.firestore,
    rulesFile: join(options.root, 'firestore.rules'),
    folder: join(folder, 'firestore'),
    mayHaveChanged: wasBusy,
    signal,
  };
  const location = processors[0]?.location ?? 'us';
  const sentry = await open('sentry', createSentrySink({ projectId, port: ports.sentry }));
  const addresses = { ports, metadataHost: metadata.host, signEndpoint: metadata.signEndpoint, sentryDsn: sentry.dsn };
  const [firestore, auth, containers, storage, tasks, documentAi, secretManager, vertexAi] = await allOf([
    open('firestore', startFirestoreEmulator(firestoreOptions)),
    open('auth', startAuthEmulator({ projectId, port: ports.auth, folder: join(folder, 'auth'), signal })),
    open(
      'functions',
      startContainers({
        entryUrl: project.entryUrl,
        processes: processesOf(project),
        environment: functionEnvironment(project, addresses),
        logPath: join(folder, 'functions.log'),
        signal,
      }),
    ),
    open('storage', createCloudStorage(storageOptions)),
    open('tasks', createCloudTasks(tasksOptions)),
    open('documentAi', createDocumentAi({ projectId, location, processors, port: ports.documentAi })),
    open('secretManager', createSecretManager({ projectId, secrets, port: ports.secretManager })),
    open('vertexAi', createVertexAiServer({ projectId, isKnownToken, port: ports.vertexAi })),
  ]);
  return { identity, firestore, auth, containers, storage, tasks, documentAi, secretManager, vertexAi, sentry };
};

type Services = Awaited<ReturnType<typeof openServices>>;

/** Cloud Run before the functions, and Hosting before that. */
const openDoors = async (options: LocalCloudOptions, ports: Ports, services: Services, open: Open) => {
  const { project, root } = options;
  const { projectId } = project;
  const door = await open(
    'cloudRun',
    createFrontDoor({
      projectId,
      port: ports.functions,
      identity: services.identity,
      services: project.services,
      containerPort: services.containers.portOf,
    }),
  );
  const hosting = await open(
    'hosting',
    createHosting({
      projectId,
      port: ports.hosting,
      config: JSON.parse(readFileSync(join(root, 'firebase.json'), 'utf8')).hosting,
      root,
      serviceUrl: door.serviceUrl,
      webConfig: webConfig(project, ports),
      localOrigins: emulatorOrigins(ports),
    }),
  );
  return { door, hosting };
};

/** Resolves with the first of the parts that are processes of their own to end while `isClosing` is false. */
const firstToEnd = ({ firestore, auth, containers }: Services, isClosing: () => boolean): Promise<Component> =>
  new Promise((resolve) => {
    for (const [component, { ended }] of Object.entries({ firestore, auth, functions: containers })) {
      void ended.then(() => {
        if (!isClosing()) resolve(component as Component);
      });
    }
  });

const startOn = async (options: LocalCloudOptions, ports: Ports, opened: Opened): Promise<LocalCloud> => {
  const { project, onState, signal } = options;
  const open: Open = async (component, starting) => {
    const tell = (state: 'ready' | 'failed'): void => onState?.(component, state, addressOf(component, ports));
    try {
      const started = await opened.add(starting);
      tell('ready');
      return started;
    } catch (error) {
      if (!signal?.aborted && !isPortTaken(error)) tell('failed');
      throw error;
    }
  };
  let wasBusy = (): boolean => false;
  const services = await openServices(options, ports, open, () => wasBusy());
  signal?.throwIfAborted();
  const { door, hosting } = await openDoors(options, ports, services, open);
  wasBusy = door.wasBusy;
  const { identity, storage, tasks, auth, containers, ...others } = services;
  const { trigger, schedule } = project;
  const triggerUrl = door.serviceUrl(trigger.service);
  const serviceAccountEmail = trigger.serviceAccount;
  storage.setFinalizeTarget(trigger.bucket, { url: triggerUrl, audience: triggerUrl, serviceAccountEmail });
  tasks.release();
  const email = schedule.serviceAccount;
  const scheduler = startScheduler({
    url: door.serviceUrl(schedule.service),
    everySeconds: schedule.everySeconds,
    mintToken: (audience) => identity.mintIdToken({ audience, email, now: new Date() }),
  });
  let isClosing = false;
  return {
    ...others,
    storage,
    tasks,
    containers,
    hostingUrl: hosting.url,
    functionsUrl: door.url,
    authHost: auth.host,
    sweepNow: scheduler.callNow,
    partEnded: firstToEnd(services, () => isClosing),
    async close() {
      isClosing = true;
      // What is cut while it is delivered is delivered again after the next start.
      await opened.close([scheduler, tasks, hosting, door, containers]);
    },
  };
};

/** @throws Error when a part does not come up; everything else is closed again by then. */
export const startLocalCloud = async (options: LocalCloudOptions): Promise<LocalCloud> => {
  const { project, folder, signal, onPortTaken } = options;
  requireDemoProject(project.projectId);
  signal?.throwIfAborted();
  const giveBackFolder = claimFolder(folder);
  try {
    const cloud = await withFreePorts(options.ports ?? 'usual', onPortTaken, async (ports) => {
      const opened = createOpened();
      try {
        signal?.throwIfAborted();
        return await startOn(options, ports, opened);
      } catch (error) {
        await opened.close().catch(() => undefined);
        throw error;
      }
    });
    return { ...cloud, close: () => cloud.close().finally(giveBackFolder) };
  } catch (error) {
    giveBackFolder();
    throw error;
  }
};
