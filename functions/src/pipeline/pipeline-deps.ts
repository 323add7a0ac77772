/** All that the steps reach outside themselves. A step takes the part it needs; a test gives it plain objects. */
import type {
  Clock,
  DocumentConverter,
  FileUnpacker,
  IdSource,
  LanguageModel,
  Logger,
  ObjectStore,
  Ocr,
  PageExtractor,
  TaskQueue,
} from '../ports.ts';
import type { ConversionsRepository, RunsRepository, UsageRepository } from '../repositories.ts';

export interface PipelineSettings {
  buckets: { uploads: string; processed: string };
  /** Largest upload per family of format, in bytes. */
  limits: { pdfBytes: number; officeBytes: number; textBytes: number; otherBytes: number };
  /** Life of an upload's signed URL. */
  uploadSeconds: number;
  /** Life of a download's signed URL. */
  downloadSeconds: number;
  /** Days after which a document and its results are erased. */
  retentionDays: number;
  /** A run of more chunks is refused before it starts. */
  maxChunks: number;
  /** How many windows of one run wait in the queue at a time, so that no run keeps the others out. */
  windowsInFlight: number;
}

export interface PipelineDeps {
  conversions: ConversionsRepository;
  runs: RunsRepository;
  usage: UsageRepository;
  objects: ObjectStore;
  queue: TaskQueue;
  converter: DocumentConverter & PageExtractor & FileUnpacker;
  /** Null where no recogniser is configured: scans then end as partial, and say so. */
  ocr: Ocr | null;
  /** Null where no provider is set: the rules stand alone. */
  model: LanguageModel | null;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
  settings: PipelineSettings;
}
