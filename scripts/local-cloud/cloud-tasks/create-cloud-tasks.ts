/** Cloud Tasks on this machine: the gRPC service of Google's client, delivering over HTTP. */
import { randomInt } from 'node:crypto';
import { requireDemoProject } from '../demo-project.ts';
import { serveGrpc } from '../grpc-server.ts';
import type { LocalIdentity } from '../identity.ts';
import { type Clock, systemClock } from './clock.ts';
import { createEngine, type Engine } from './engine.ts';
import { createGrpcFace } from './grpc-face.ts';
import { createHttpDispatcher } from './http-dispatcher.ts';
import { type QueueOptions, queueSettings } from './queue-settings.ts';
import type { Dispatch, Faults, TaskEvent } from './task.ts';
import { createTaskFiles } from './task-files.ts';

export interface CloudTasksOptions {
  /** Must begin with `demo-`. */
  projectId: string;
  /** "us-central1". */
  location: string;
  /** By queue id. */
  queues: Readonly<Record<string, QueueOptions>>;
  /** Mints the ID tokens of tasks that ask for one. */
  identity: LocalIdentity;
  /** 0 or absent: a free one. */
  port?: number;
  /** Keeps tasks over restarts; absent: in memory. */
  folder?: string;
  /** Delivers nothing before `release`: what the folder holds waits for the handlers to be up. */
  held?: boolean;
  /** With a folder: what was finished since then is delivered once more. Milliseconds since the epoch. */
  redoSinceMs?: number;
  /** Absent: all are known. A task for another one is refused. */
  serviceAccounts?: readonly string[];
  clock?: Clock;
  /** Instead of HTTP. */
  dispatch?: Dispatch;
  onEvent?: (event: TaskEvent) => void;
}

export interface CloudTasks {
  port: number;
  /** Set its fields at any time. */
  faults: Faults;
  /** Keeps deliveries back, unseen by clients; of all queues without an id. */
  hold(queueId?: string): void;
  release(queueId?: string): void;
  whenIdle: Engine['whenIdle'];
  /** Deliveries that run are cut; with a folder they are sent again after the next start. */
  close(): Promise<void>;
}

const randomTaskId = (): string => Array.from({ length: 20 }, () => randomInt(10)).join('');

export const createCloudTasks = async (options: CloudTasksOptions): Promise<CloudTasks> => {
  const { projectId, location, identity, clock = systemClock } = options;
  requireDemoProject(projectId);
  const faults: Faults = {};
  const engine = createEngine({
    queues: Object.fromEntries(Object.entries(options.queues).map(([id, queue]) => [id, queueSettings(id, queue)])),
    clock,
    dispatch: options.dispatch ?? createHttpDispatcher(identity, clock.now),
    faults,
    files: options.folder === undefined ? null : createTaskFiles(options.folder),
    newTaskId: randomTaskId,
    onEvent: options.onEvent,
    held: options.held ?? false,
    redoSinceMs: options.redoSinceMs,
  });
  const server = await serveGrpc(options.port ?? 0, [
    {
      clientPackage: '@google-cloud/tasks',
      protoFile: 'google/cloud/tasks/v2/cloudtasks.proto',
      serviceName: 'google.cloud.tasks.v2.CloudTasks',
      implementation: createGrpcFace({
        engine,
        clock,
        projectId,
        location,
        serviceAccounts: options.serviceAccounts ?? null,
      }),
    },
  ]);
  return {
    port: server.port,
    faults,
    hold: (queueId) => engine.setHeld(true, queueId),
    release: (queueId) => engine.setHeld(false, queueId),
    whenIdle: engine.whenIdle,
    async close() {
      engine.close();
      await server.close();
    },
  };
};
