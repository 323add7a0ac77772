/** Everything the pipeline reaches outside itself, in memory: a clock that is set, ids in order, a converter that reads Markdown. */
import type { Document } from '../../functions/src/contracts/document.ts';
import { AppError } from '../../functions/src/errors.ts';
import type { PipelineDeps, PipelineSettings } from '../../functions/src/pipeline/pipeline-deps.ts';
import type { ConversionRequest, LogFields, Logger, LogSeverity } from '../../functions/src/ports.ts';
import { buildDocument } from './build-document.ts';
import { createMemoryObjects, type MemoryObjects } from './memory-objects.ts';
import { createMemoryQueue, type MemoryQueue } from './memory-queue.ts';
import { createMemoryRepositories, type MemoryRepositories } from './memory-repositories.ts';

export interface LogLine {
  severity: LogSeverity;
  message: string;
  fields: LogFields;
  thrown?: unknown;
}

export interface TestClock {
  now(): Date;
  /** UTC, milliseconds. */
  set(time: string): void;
  advance(seconds: number): void;
}

export const createTestClock = (start = '2026-11-20T09:00:00.000Z'): TestClock => {
  let milliseconds = Date.parse(start);
  return {
    now: () => new Date(milliseconds),
    set: (time) => {
      milliseconds = Date.parse(time);
    },
    advance: (seconds) => {
      milliseconds += seconds * 1000;
    },
  };
};

const createRecordingLogger = (lines: LogLine[]): Logger => {
  const logger: Logger = {
    log: (severity, message, fields = {}) => void lines.push({ severity, message, fields }),
    error: (message, thrown, fields = {}) => void lines.push({ severity: 'ERROR', message, fields, thrown }),
    with: () => logger,
  };
  return logger;
};

const mediaTypeOf = (fileName: string): string => {
  if (fileName.endsWith('.zip')) return 'application/zip';
  return fileName.endsWith('.eml') ? 'message/rfc822' : 'text/markdown';
};

/** Each blank-line-separated part of the text is a block; nothing needs recognition. A .zip or .eml holds what filesInText finds. */
const convertText = ({ bytes, fileName }: ConversionRequest): Document => {
  const text = new TextDecoder().decode(bytes);
  if (text.startsWith('broken')) throw new AppError('FILE_DAMAGED', { fileName, problem: 'it ends too early' });
  const document = buildDocument(text.split('\n\n'), { fileName });
  return { ...document, mediaType: mediaTypeOf(fileName) };
};

/** {"a.md": "text", "b.zip": {…}}, as JSON after the last blank line. */
const filesInText = (text: string): { fileName: string; bytes: Uint8Array }[] => {
  const json = text.split('\n\n').at(-1) ?? '';
  const files = Object.entries(json.startsWith('{') ? (JSON.parse(json) as Record<string, unknown>) : {});
  return files.map(([fileName, content]) => ({
    fileName,
    bytes: new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
  }));
};

const SETTINGS: PipelineSettings = {
  buckets: { uploads: 'uploads', processed: 'processed' },
  limits: { pdfBytes: 100_000, officeBytes: 80_000, textBytes: 50_000, otherBytes: 60_000 },
  uploadSeconds: 900,
  downloadSeconds: 3600,
  retentionDays: 30,
  maxChunks: 1000,
  windowsInFlight: 4,
};

export interface TestDeps extends PipelineDeps {
  clock: TestClock;
  /** What is stored, for a test to look at. */
  stored: MemoryRepositories['stored'];
  memory: MemoryObjects;
  tasks: MemoryQueue;
  logged: LogLine[];
}

/** `overrides` take the place of single dependencies; settings are merged. */
export const createTestDeps = (
  overrides: Partial<Omit<PipelineDeps, 'settings' | 'clock'>> & { settings?: Partial<PipelineSettings> } = {},
): TestDeps => {
  const clock = createTestClock();
  const repositories = createMemoryRepositories();
  const memory = createMemoryObjects();
  const tasks = createMemoryQueue(clock);
  const logged: LogLine[] = [];
  let ids = 0;
  return {
    conversions: repositories.conversions,
    runs: repositories.runs,
    usage: repositories.usage,
    objects: memory.objects,
    queue: tasks.queue,
    converter: {
      convert: async (request) => convertText(request),
      extractPages: async ({ pageNumbers }) => ({
        bytes: new TextEncoder().encode(`pages ${pageNumbers.join(',')}`),
        mediaType: 'application/pdf',
        pageSizes: pageNumbers.map(() => ({ widthPt: 612, heightPt: 792 })),
      }),
      unpack: async ({ bytes }) => filesInText(new TextDecoder().decode(bytes)),
    },
    ocr: null,
    model: null,
    ids: {
      newId: () => {
        ids += 1;
        return `id${String(ids).padStart(18, '0')}`;
      },
      random: () => 0,
    },
    logger: createRecordingLogger(logged),
    stored: repositories.stored,
    memory,
    tasks,
    logged,
    ...overrides,
    clock,
    settings: { ...SETTINGS, ...overrides.settings },
  };
};
