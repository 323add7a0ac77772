/** The interfaces behind which everything impure lives. A test replaces one by a plain object. */
import type { Identity } from './contracts/account.ts';
import type { Document } from './contracts/document.ts';
import type { OcrPage } from './contracts/ocr.ts';

export interface Clock {
  now(): Date;
}

export interface IdSource {
  /** 20 characters [a-z0-9], not to be guessed. */
  newId(): string;
  /** In [0, 1): spreads what would otherwise happen at the same moment. */
  random(): number;
}

export interface ConversionRequest {
  bytes: Uint8Array;
  /** Last part of the name only. */
  fileName: string;
  /** Pages that were recognised: they take the place of the pages without text. */
  ocrPages?: readonly OcrPage[];
  /** Called as pages (or other units of work) are done. */
  onProgress?: (done: number, total: number) => void;
}

export interface PageExtract {
  bytes: Uint8Array;
  mediaType: 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff';
  /** Of each page, in order; empty when the format states none. */
  pageSizes: { widthPt: number; heightPt: number }[];
}

/** Bytes to Document. Rejects with an AppError whose `details.fileName` is the request's. */
export interface DocumentConverter {
  convert(request: ConversionRequest): Promise<Document>;
}

/** Pages out of a document, for those who take only a few at a time. Rejects as the converter does. */
export interface PageExtractor {
  /** These pages of a PDF as a PDF of their own, in this order; an image of one page is returned as it is. */
  extractPages(request: { bytes: Uint8Array; fileName: string; pageNumbers: readonly number[] }): Promise<PageExtract>;
}

/** Files out of a mail or an archive, those that come out. Rejects as the converter does, and for a document that holds none. */
export interface FileUnpacker {
  /** Plain names, each once. */
  unpack(request: { bytes: Uint8Array; fileName: string }): Promise<{ fileName: string; bytes: Uint8Array }[]>;
}

export interface ObjectRef {
  bucket: string;
  object: string;
  /** Every read names the generation it was told of, so that a replaced object is never taken for it. */
  generation?: string;
}

export interface ObjectStat {
  generation: string;
  sizeBytes: number;
  contentType: string;
}

export interface UploadRequest {
  bucket: string;
  object: string;
  contentType: string;
  sizeBytes: number;
  expiresInSeconds: number;
}

export interface UploadGrant {
  url: string;
  /** To be sent with the PUT exactly as they are. */
  headers: Readonly<Record<string, string>>;
}

/** Cloud Storage, or what stands in for it. Missing objects are null, never an error; other trouble is an AppError. */
export interface ObjectStore {
  /** A signed URL for one PUT of exactly `sizeBytes`, refused when the object exists already. */
  grantUpload(request: UploadRequest): Promise<UploadGrant>;
  /** The same for large files: a signed POST whose answer's Location takes the parts (`x-goog-resumable: start`). */
  grantResumableUpload(request: UploadRequest): Promise<UploadGrant>;
  /** A signed URL for reading; `fileName` is what a browser saves it as. */
  grantDownload(request: ObjectRef & { fileName: string; expiresInSeconds: number }): Promise<string>;
  stat(ref: ObjectRef): Promise<ObjectStat | null>;
  /** Null when missing. @throws AppError OBJECT_TOO_LARGE before anything is read. */
  read(ref: ObjectRef & { maxBytes: number }): Promise<Uint8Array | null>;
  /** @throws AppError OBJECT_CHANGED when `ifGeneration` ('0': must not exist) does not hold. */
  write(ref: {
    bucket: string;
    object: string;
    bytes: Uint8Array;
    contentType: string;
    ifGeneration?: string;
  }): Promise<{ generation: string }>;
  /** No error when it is gone already. */
  delete(ref: ObjectRef): Promise<void>;
  deleteAll(bucket: string, prefix: string): Promise<void>;
}

/** Cloud Tasks. Delivery is at least once; a name that was used in the last hour is not created again. */
export interface TaskQueue {
  /** `exists` is success: the task was enqueued before. */
  enqueue(task: {
    queue: string;
    /** [A-Za-z0-9_-]{1,500}; hashed, not sequential. */
    name: string;
    /** JSON: ids, paths and the attempt, never document text. */
    payload: Readonly<Record<string, unknown>>;
    /** Path below the handler's base address. */
    path: string;
    delaySeconds?: number;
  }): Promise<'created' | 'exists'>;
}

/** Text recognition of at most `maxPages` pages a call. */
export interface Ocr {
  readonly maxPages: number;
  /** `pageNumbers`: which physical pages the bytes hold, in order. @throws AppError OCR_FAILED, OCR_OVERLOADED. */
  recognise(request: {
    bytes: Uint8Array;
    mediaType: 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff';
    pageNumbers: readonly number[];
    /** Their sizes as the PDF states them; without, a page's size follows from its pixels at 200 dpi. */
    pageSizes?: readonly { widthPt: number; heightPt: number }[];
  }): Promise<OcrPage[]>;
}

export interface ModelPrompt {
  system: string;
  user: string;
  /** JSON Schema in the subset that Gemini takes. */
  responseSchema: Readonly<Record<string, unknown>>;
  maxOutputTokens: number;
  timeoutSeconds: number;
}

/** `cut`: stopped at maxOutputTokens, the text is not whole. `refused`: safety or recitation, there may be no text. */
export interface ModelAnswer {
  text: string;
  finish: 'complete' | 'cut' | 'refused';
  inputTokens: number;
  outputTokens: number;
}

export interface LanguageModel {
  /** @throws AppError MODEL_OVERLOADED (retry later), MODEL_TIMEOUT, MODEL_FAILED. */
  complete(prompt: ModelPrompt): Promise<ModelAnswer>;
}

/** Firebase Authentication, or what stands in for it. */
export interface IdentityVerifier {
  /** Null for a token that is missing, expired, revoked, forged or another project's. @throws AppError IDENTITY_UNAVAILABLE. */
  verify(idToken: string): Promise<Identity | null>;
}

/** Takes errors nobody foresaw. Never throws, and sends no document text, prompts or secrets. */
export interface ErrorReporter {
  report(thrown: unknown, context: { component: string; requestId?: string; traceId?: string }): void;
  /** Resolves when what was reported is sent, or after `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>;
}

export interface SecretStore {
  /** The latest version as text. @throws AppError SECRET_MISSING. */
  read(name: string): Promise<string>;
}

/** Cloud Logging's names: https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#logseverity */
export type LogSeverity = 'DEBUG' | 'INFO' | 'NOTICE' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** What every line of one request or task carries, so that a trace can be followed from the browser to the last task. */
export interface LogContext {
  requestId?: string;
  /** 32 hexadecimal digits, as in `traceparent`. */
  traceId?: string;
  /** 16 hexadecimal digits. */
  spanId?: string;
  traceSampled?: boolean;
  /** To filter by: name of the function, version, region. */
  labels?: Readonly<Record<string, string>>;
}

/** All that may be logged beside the message: ids, codes, counts, durations. No text of documents, prompts, names or tokens. */
export interface LogFields {
  orgId?: string;
  uid?: string;
  conversionId?: string;
  documentId?: string;
  proposalId?: string;
  runId?: string;
  windowId?: string;
  rowId?: string;
  eventId?: string;
  taskName?: string;
  generation?: string;
  operation?: string;
  component?: string;
  step?: string;
  queue?: string;
  bucket?: string;
  kind?: string;
  state?: string;
  outcome?: string;
  reason?: string;
  format?: string;
  mediaType?: string;
  model?: string;
  promptVersion?: string;
  finish?: string;
  attempt?: number;
  status?: number;
  pages?: number;
  pageNumber?: number;
  blocks?: number;
  chunks?: number;
  windows?: number;
  rows?: number;
  findings?: number;
  dropped?: number;
  messages?: number;
  items?: number;
  limit?: number;
  sizeBytes?: number;
  inputTokens?: number;
  outputTokens?: number;
  costMicroUsd?: number;
  durationMs?: number;
  waitMs?: number;
  delaySeconds?: number;
  retryAfterSeconds?: number;
  coldStart?: boolean;
  httpRequest?: {
    method: string;
    /** Without the query: that is where signed URLs keep their signature. */
    path: string;
    status: number;
    durationMs: number;
    requestBytes?: number;
    responseBytes?: number;
  };
}

export interface Logger {
  /** `message` is a fixed sentence of ours; what varies is in the fields. */
  log(severity: LogSeverity, message: string, fields?: LogFields): void;
  /** An error with its reason and its stack; its message only when it is an AppError's. */
  error(message: string, thrown: unknown, fields?: LogFields): void;
  /** A logger whose lines carry this context too. */
  with(context: LogContext): Logger;
}
