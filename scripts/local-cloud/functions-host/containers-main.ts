/** Main module of a process of functions: each that is named gets a server of its own, as each has a container in the cloud. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getFunction, getTestServer } from '@google-cloud/functions-framework/testing';

/** Sent once, when all functions can be reached. */
export interface ContainersMessage {
  /** By function. */
  ports: Record<string, number>;
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const [entryUrl = '', ...names] = process.argv.slice(2);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

await import(entryUrl);
const ports: Record<string, number> = {};
for (const name of names) {
  if (!getFunction(name)) throw new Error(`There is no function ${name} in ${entryUrl}.`);
  ports[name] = await listen(getTestServer(name));
}
const message: ContainersMessage = { ports };
process.send?.(message);
