/** What a project consists of, as Terraform would be told; handed in, since stand-ins share no code with what they serve. */
import type { BucketConfig } from './cloud-storage/object-store.ts';
import type { QueueOptions } from './cloud-tasks/queue-settings.ts';
import type { Processor } from './document-ai/check-request.ts';
import type { CloudRunService } from './functions-host/front-door.ts';

export interface LocalProject {
  /** Has to begin with demo-. */
  projectId: string;
  projectNumber: string;
  region: string;
  /** The module that registers the functions. */
  entryUrl: string;
  /** By name of the function. */
  services: Readonly<Record<string, CloudRunService>>;
  /** Services that share a process. Those that are in none have one together. */
  processes?: readonly (readonly string[])[];
  queues: Readonly<Record<string, QueueOptions>>;
  /** As whom all functions run. */
  functionsServiceAccount: string;
  /** In whose name tasks call. */
  tasksServiceAccount: string;
  /** CORS is that of `webOrigins`. */
  buckets: (webOrigins: readonly string[]) => BucketConfig[];
  /** Finished uploads of this bucket call this function. */
  trigger: { bucket: string; service: string; serviceAccount: string };
  schedule: { service: string; serviceAccount: string; everySeconds: number };
  processors: readonly Processor[];
  secrets: Readonly<Record<string, string>>;
  /** Settings of the functions; those that are addresses of stand-ins are added. */
  environment: Readonly<Record<string, string>>;
}

/** Every service once. */
export const processesOf = ({ services, processes = [] }: LocalProject): string[][] => {
  const placed = new Set(processes.flat());
  const others = Object.keys(services).filter((name) => !placed.has(name));
  return [others, ...processes.map((names) => [...names])].filter((names) => names.length > 0);
};
