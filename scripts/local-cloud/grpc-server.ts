/** Serves gRPC services from the .proto files that Google's own client packages ship. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** Document AI takes files of 40 MB; what is larger has to be refused by the service, not by the transport. */
const LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024;

export interface GrpcService {
  /** npm package of the client: "@google-cloud/tasks". */
  clientPackage: string;
  /** Path below the package's proto folder: "google/cloud/tasks/v2/cloudtasks.proto". */
  protoFile: string;
  /** "google.cloud.tasks.v2.CloudTasks". */
  serviceName: string;
  implementation: UntypedServiceImplementation;
}

const packageFolder = (name: string): string => {
  const entry = createRequire(import.meta.url).resolve(name);
  const marker = join('node_modules', ...name.split('/'));
  return entry.slice(0, entry.lastIndexOf(marker) + marker.length);
};

const definitionOf = ({ clientPackage, protoFile, serviceName }: GrpcService): ServiceDefinition => {
  const protoFolder = join(packageFolder(clientPackage), 'build', 'protos');
  const gaxFolder = join(dirname(packageFolder('google-gax')), 'google-gax', 'build', 'protos');
  const definition = loadPackageDefinition(
    loadSync(protoFile, {
      includeDirs: [protoFolder, gaxFolder],
      longs: String,
      enums: String,
      defaults: true,
      oneofs: true,
      keepCase: false,
    }),
  );
  const found = serviceName
    .split('.')
    .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], definition);
  return (found as { service: ServiceDefinition }).service;
};

export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

/** Port 0 takes a free one. */
export const serveGrpc = async (port: number, services: readonly GrpcService[]): Promise<RunningServer> => {
  const server = new Server({
    'grpc.max_receive_message_length': LARGEST_MESSAGE_BYTES,
    'grpc.max_send_message_length': LARGEST_MESSAGE_BYTES,
  });
  for (const service of services) server.addService(definitionOf(service), service.implementation);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, actual) =>
      error ? reject(error) : resolve(actual),
    );
  });
  return {
    port: bound,
    close: () => new Promise<void>((resolve) => server.tryShutdown(() => resolve())),
  };
};
