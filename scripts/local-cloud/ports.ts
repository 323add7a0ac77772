/** Where each part of the local cloud listens on 127.0.0.1. */
import { createServer } from 'node:net';

/** As a person meets them in other tools, where there is such a custom. */
const USUAL_PORTS = {
  hosting: 5000,
  functions: 5001,
  firestore: 8080,
  auth: 9099,
  storage: 9199,
  tasks: 9050,
  documentAi: 9051,
  secretManager: 9052,
  metadata: 9053,
  vertexAi: 9054,
  sentry: 9055,
} as const;

type PortName = keyof typeof USUAL_PORTS;
export type Ports = Readonly<Record<PortName, number>>;

/** `functions` is the process that runs them; it is reached through `cloudRun`. */
export type Component = PortName | 'cloudRun';

/** What a person would open, or point a tool at. */
export const addressOf = (component: Component, ports: Ports): string | null => {
  if (component === 'functions') return null;
  return `http://127.0.0.1:${ports[component === 'cloudRun' ? 'functions' : component]}`;
};

/** How many ports after the usual one are tried. */
const MOST_TRIES = 40;

const listenOnce = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null));
    });
  });

const nextFree = async (name: PortName, from: number, taken: ReadonlySet<number>): Promise<number> => {
  for (let port = from; port < from + MOST_TRIES; port += 1) {
    const isOthers = port !== from && taken.has(port);
    if (!isOthers && (await listenOnce(port)) !== null) return port;
  }
  throw new Error(
    `The ports ${from} to ${from + MOST_TRIES - 1} for ${name} are all taken. End what uses them: lsof -iTCP:${from} -sTCP:LISTEN`,
  );
};

/** `usual`: the usual port of each, or the next that is free. `any`: whichever the system gives. */
export const choosePorts = async (which: 'usual' | 'any'): Promise<Ports> => {
  const taken = new Set<number>(which === 'usual' ? Object.values(USUAL_PORTS) : []);
  const ports: Record<PortName, number> = { ...USUAL_PORTS };
  for (const name of Object.keys(USUAL_PORTS) as PortName[]) {
    let port: number | null = null;
    // The system may give the same free port again as soon as it is let go.
    while (which === 'any' && (port === null || taken.has(port))) port = await listenOnce(0);
    ports[name] = port ?? (await nextFree(name, USUAL_PORTS[name], taken));
    taken.add(ports[name]);
  }
  return ports;
};

/** In the words of Node, of gRPC, of Java, and of findPort. */
const TAKEN = /EADDRINUSE|No address added|Address already in use|^Port \d+ of 127\.0\.0\.1 is in use/;

export const isPortTaken = (error: unknown): boolean => TAKEN.test((error as Error | undefined)?.message ?? '');

/** Later ones do not go for the usual ports, which is what others that start at this moment do. */
const ATTEMPTS = 4;

/** Between choosing a port and listening there, somebody else may take it: `start` is then called again with other ports. */
export const withFreePorts = async <T>(
  which: 'usual' | 'any',
  onTaken: (() => void) | undefined,
  start: (ports: Ports) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await choosePorts(attempt <= 2 ? which : 'any'));
    } catch (error) {
      if (attempt >= ATTEMPTS || !isPortTaken(error)) throw error;
      onTaken?.();
    }
  }
};
