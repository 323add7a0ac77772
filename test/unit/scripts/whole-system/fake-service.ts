/** The service as its client sees it, in memory: refusals by file name, conversions that take two looks, and a page size of its own. */
import { afterEach, jest } from '@jest/globals';
import { ApiError, type Client } from '../../../../functions/src/contracts/client.ts';
import type { ConversionView } from '../../../../functions/src/contracts/conversion.ts';
import type { RunView } from '../../../../functions/src/contracts/run.ts';
import { AppError, type ErrorDetails, type ReasonName, toErrorBody } from '../../../../functions/src/errors.ts';
import type { FileToSend } from '../../../../scripts/whole-system/upload-files.ts';

const TIME = '2026-11-20T09:00:00.000Z';

export const refusal = (
  reason: ReasonName,
  details: ErrorDetails = {},
  retryAfterSeconds: number | null = null,
): ApiError =>
  new ApiError(toErrorBody(new AppError(reason, details)), { status: 400, retryAfterSeconds, requestId: null });

export const fileOf = (file: string, text = file): FileToSend => ({
  file,
  fileName: file.slice(file.lastIndexOf('/') + 1),
  bytes: new TextEncoder().encode(text),
});

export interface FakeService {
  client: Client;
  /** Names of operations, and PUT for an upload, in the order in which they were asked for. */
  calls: string[];
  /** By conversion id; what was deleted is not among it. */
  conversions: Map<string, ConversionView>;
  started: Parameters<Client['startAnalysis']>[0][];
  /** Called before every operation; what it throws is the answer. */
  before: (operation: string) => void;
  /** The answer of Cloud Storage to an upload. */
  onPut: (signal: AbortSignal) => Promise<Response>;
}

export interface FakeOptions {
  /** By file name: what createUpload answers. */
  refused?: Readonly<Record<string, ApiError>>;
  /** By file name: with what the conversion fails. */
  broken?: Readonly<Record<string, AppError>>;
  /** Of listConversions, whatever is asked for. */
  pageSize?: number;
}

afterEach(() => {
  jest.restoreAllMocks();
});

const view = (conversionId: string, fileName: string, bytes: Uint8Array, error?: AppError): ConversionView => ({
  conversionId,
  fileName,
  contentType: 'text/markdown',
  state: error ? 'failed' : 'completed',
  phase: 'read',
  kinds: [],
  createdAt: TIME,
  updatedAt: TIME,
  expiresAt: TIME,
  ...(error
    ? { failure: toErrorBody(error) }
    : {
        result: {
          documentId: Buffer.from(bytes).toString('hex'),
          mediaType: 'text/markdown',
          engine: 'markdown',
          pages: 2,
          blocks: 1,
          characters: bytes.length,
          pagesWithoutText: [],
          warnings: 0,
        },
      }),
});

const runOf = (conversionIds: string[]): RunView => ({
  runId: 'run1',
  conversionIds,
  documents: [],
  kinds: ['compliance-matrix'],
  state: 'completed',
  progress: { planned: 1, done: 1, failed: 0 },
  rows: 1,
  missing: [],
  createdAt: TIME,
  updatedAt: TIME,
  expiresAt: TIME,
});

/** Takes the place of `fetch` too, until the end of the test. */
export const fakeService = ({ refused = {}, broken = {}, pageSize = 100 }: FakeOptions = {}): FakeService => {
  const looks = new Map<string, number>();
  const settled = new Map<string, ConversionView>();
  const service: FakeService = {
    client: {} as Client,
    calls: [],
    conversions: new Map(),
    started: [],
    before: () => undefined,
    onPut: async () => new Response(),
  };
  const shown = (conversion: ConversionView): ConversionView => {
    const seen = (looks.get(conversion.conversionId) ?? 0) + 1;
    looks.set(conversion.conversionId, seen);
    return seen < 2 ? conversion : (settled.get(conversion.conversionId) ?? conversion);
  };
  const signed = (url: string) => ({ download: { url, fileName: 'a', expiresAt: TIME } });
  const operations: Partial<Client> = {
    createUpload: async ({ fileName, sizeBytes }) => {
      const refusedWith = refused[fileName];
      if (refusedWith) throw refusedWith;
      const conversionId = `conversion${service.conversions.size + 1}`;
      const bytes = new TextEncoder().encode(`${fileName}, ${sizeBytes} bytes`);
      const waiting = view(conversionId, fileName, bytes, broken[fileName]);
      settled.set(conversionId, waiting);
      const { result: _, failure: __, ...common } = waiting;
      service.conversions.set(conversionId, { ...common, state: 'queued' });
      const url = `https://storage.test/${conversionId}`;
      return { conversionId, upload: { url, method: 'PUT', headers: {}, resumable: false, expiresAt: TIME } };
    },
    listConversions: async ({ cursor }) => {
      const newestFirst = [...service.conversions.values()].reverse();
      const from = Number(cursor ?? 0);
      const conversions = newestFirst.slice(from, from + pageSize).map(shown);
      const next = from + pageSize;
      return { conversions, ...(next < newestFirst.length && { nextCursor: String(next) }) };
    },
    startAnalysis: async (request) => {
      service.started.push(request);
      return { run: runOf(request.conversionIds) };
    },
    getRun: async () => ({ run: runOf([]) }),
    exportRun: async ({ format }) => signed(`https://storage.test/results.${format}`),
    getDownloadUrl: async ({ conversionId }) => signed(`https://storage.test/${conversionId}.md`),
    deleteConversion: async ({ conversionId }) => {
      service.conversions.delete(conversionId);
      return { conversionId };
    },
  };
  service.client = Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      async (input: never, options?: { signal?: AbortSignal }) => {
        options?.signal?.throwIfAborted();
        service.calls.push(name);
        service.before(name);
        return operation(input);
      },
    ]),
  ) as Client;
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    if (init?.method !== 'PUT') return new Response(String(url));
    service.calls.push('PUT');
    return service.onPut(init.signal as AbortSignal);
  });
  return service;
};
