/** The service as the store of uploads meets it: what it is asked, and listeners that a test feeds. */
import { ApiError } from '../../../../../functions/src/contracts/client.ts';
import type { Conversion } from '../../../../../functions/src/contracts/conversion.ts';
import type { Run } from '../../../../../functions/src/contracts/run.ts';
import type { Listen, Live } from '../../../../../hosting/src/data/live-value.ts';
import { createUploads, type UploadsDeps } from '../../../../../hosting/src/data/uploads/uploads.ts';
import { answer, grantOf } from './fake-storage.ts';

export const refusal = (reason: string, code: string, retryAfterSeconds: number | null = null): ApiError =>
  new ApiError(
    { code, reason, message: `Refused: ${reason}.`, details: {} },
    { status: 400, retryAfterSeconds, requestId: null },
  );

/** SHA-256 stands for itself: the file's text, filled up. */
export const hashOf = (text: string): string => Buffer.from(text).toString('hex').padEnd(64, '0');

export const conversionOf = (part: Partial<Conversion>): Conversion =>
  ({ conversionId: 'c', fileName: 'rfp.pdf', state: 'queued', phase: 'read', ...part }) as Conversion;

export const resultOf = (text: string): NonNullable<Conversion['result']> =>
  ({ documentId: hashOf(text).slice(0, 16), pages: 3, pagesWithoutText: [], engine: 'pdf' }) as unknown as NonNullable<
    Conversion['result']
  >;

export const runOf = (part: Partial<Run>): Run =>
  ({ runId: 'r', state: 'queued', progress: { planned: 0, done: 0, failed: 0 }, ...part }) as Run;

/** Lets everything that waits for nothing but its turn happen. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const createFeed = <T>() => {
  const listeners = new Map<string, (value: Live<T>) => void>();
  return {
    listen:
      (id: string): Listen<T> =>
      (tell) => {
        listeners.set(id, tell);
        return () => listeners.delete(id);
      },
    tell: (id: string, value: T) => {
      const listener = listeners.get(id);
      if (!listener) throw new Error(`Nobody listens to ${id}.`);
      listener({ state: 'ready', value, isStale: false });
    },
    open: () => [...listeners.keys()],
  };
};

export interface FakeService {
  known?: Conversion[];
  /** One for each call; a call without one succeeds. */
  refuseUploads?: (ApiError | null)[];
  /** Of the storage, for each request; without one the file is taken. */
  storage?: UploadsDeps['transport'];
}

export const fakeService = ({ known = [], refuseUploads = [], storage }: FakeService = {}) => {
  const calls: { name: string; input: Record<string, unknown> }[] = [];
  const waits: number[] = [];
  const conversions = createFeed<Conversion | null>();
  const runs = createFeed<Run | null>();
  const uploaded = new Map<unknown, string>();
  let keys = 0;
  const uploads = createUploads({
    api: {
      createUpload: async (input) => {
        calls.push({ name: 'createUpload', input });
        const refused = refuseUploads.shift();
        if (refused) throw refused;
        const conversionId = uploaded.get(input.idempotencyKey) ?? `c${uploaded.size + 1}`;
        uploaded.set(input.idempotencyKey, conversionId);
        return { conversionId, upload: grantOf() };
      },
      startAnalysis: async (input) => {
        calls.push({ name: 'startAnalysis', input });
        return { run: runOf({ runId: 'r1' }) } as never;
      },
      retryRun: async (input) => {
        calls.push({ name: 'retryRun', input });
        return { run: runOf({ runId: input.runId }) } as never;
      },
      deleteConversion: async (input) => {
        calls.push({ name: 'deleteConversion', input });
        return { conversionId: input.conversionId };
      },
    },
    live: {
      conversion: (_, id) => conversions.listen(id),
      conversions: () => (tell) => {
        queueMicrotask(() => tell({ state: 'ready', value: known, isStale: false }));
        return () => undefined;
      },
      run: (_, id) => runs.listen(id),
    },
    account: {
      load: async () =>
        ({ orgId: 'o', uploadLimits: { pdfBytes: 100, officeBytes: 100, textBytes: 100, otherBytes: 100 } }) as never,
    },
    ensureSomebody: async () => {
      calls.push({ name: 'ensureSomebody', input: {} });
    },
    hash: async (file) => hashOf(await file.text()),
    transport: storage ?? (async () => answer(200)),
    wait: async (seconds) => {
      waits.push(seconds);
    },
    newKey: () => `key-${++keys}`,
    now: () => 0,
  });
  const named = (name: string) => calls.filter((call) => call.name === name).map(({ input }) => input);
  const only = () => {
    const [first] = uploads.packages.get();
    if (!first) throw new Error('There is no package.');
    return first;
  };
  return { uploads, calls, named, waits, conversions, runs, only };
};

export const fileOf = (name: string, text: string): File => new File([text], name);
