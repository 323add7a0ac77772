/** How the parts of the local cloud find each other: addresses as the functions' settings, the page's settings, the queues' deliveries. */
import type { Dispatch } from './cloud-tasks/task.ts';
import type { LocalProject } from './local-project.ts';
import type { Ports } from './ports.ts';

const LOCAL_ORIGIN = /^http:\/\/127\.0\.0\.1:\d+/;

/** Tasks of an earlier start name the port that the functions had then. */
export const atCurrentAddress =
  (functionsUrl: string, dispatch: Dispatch): Dispatch =>
  (task, signal) => {
    const moved = (url: string): string => url.replace(LOCAL_ORIGIN, functionsUrl);
    const { oidcToken, url } = task.target;
    const target = {
      ...task.target,
      url: moved(url),
      oidcToken: oidcToken && { ...oidcToken, audience: moved(oidcToken.audience) },
    };
    return dispatch({ ...task, target }, signal);
  };

export interface Addresses {
  ports: Ports;
  /** host:port. */
  metadataHost: string;
  signEndpoint: string;
  sentryDsn: string;
}

/** What Terraform sets in the cloud, and where the stand-ins are. */
export const functionEnvironment = (project: LocalProject, addresses: Addresses): Record<string, string> => {
  const { ports } = addresses;
  const host = (port: number): string => `127.0.0.1:${port}`;
  return {
    GOOGLE_CLOUD_PROJECT: project.projectId,
    PROJECT_NUMBER: project.projectNumber,
    REGION: project.region,
    TASKS_SERVICE_ACCOUNT: project.tasksServiceAccount,
    SERVICE_URL_TEMPLATE: `http://${host(ports.functions)}/{service}`,
    SENTRY_DSN: addresses.sentryDsn,
    FIRESTORE_EMULATOR_HOST: host(ports.firestore),
    FIREBASE_AUTH_EMULATOR_HOST: host(ports.auth),
    STORAGE_EMULATOR_HOST: `http://${host(ports.storage)}`,
    CLOUD_TASKS_EMULATOR_HOST: host(ports.tasks),
    DOCUMENT_AI_EMULATOR_HOST: host(ports.documentAi),
    SECRET_MANAGER_EMULATOR_HOST: host(ports.secretManager),
    GOOGLE_VERTEX_BASE_URL: `http://${host(ports.vertexAi)}`,
    IAM_SIGN_ENDPOINT: addresses.signEndpoint,
    GCE_METADATA_HOST: addresses.metadataHost,
    METADATA_SERVER_DETECTION: 'assume-present',
    ...project.environment,
  };
};

/** /__/firebase/init.json, with the emulators as Firebase's own emulator of Hosting names them. */
export const webConfig = (project: LocalProject, ports: Ports): Record<string, unknown> => {
  const emulator = (port: number) => ({ host: '127.0.0.1', port, hostAndPort: `127.0.0.1:${port}` });
  return {
    projectId: project.projectId,
    appId: `1:${project.projectNumber}:web:local`,
    apiKey: 'local',
    authDomain: `${project.projectId}.firebaseapp.com`,
    firebaseEmulators: { auth: emulator(ports.auth), firestore: emulator(ports.firestore) },
  };
};

/** What the page connects to in the place of Google's four origins; Auth's emulator stands for two of them. */
export const emulatorOrigins = (ports: Ports): string[] =>
  [ports.auth, ports.firestore, ports.storage].map((port) => `http://127.0.0.1:${port}`);
