/** The first part of the way: each file by its own signed URL, a few at a time. */
import { ApiError, type Client } from '../../functions/src/contracts/client.ts';
import type { OperationResponse } from '../../functions/src/contracts/operations.ts';
import { declaredTypeOf } from './media-types.ts';

const AT_ONCE = 4;
/** What the service says of one file. Anything else concerns the whole package. */
const CONCERNS_FILE = /^(FILE_\w+|FORMAT_UNSUPPORTED|REQUEST_INVALID)$/;

type Grant = OperationResponse<'createUpload'>['upload'];

export interface FileToSend {
  /** As the person named it. */
  file: string;
  /** Last part only. */
  fileName: string;
  bytes: Uint8Array;
}

/** Why nothing of a file is in the run. */
export interface FileFailure {
  reason: string;
  message: string;
}

export type UploadOutcome = { conversionId: string } | { failure: FileFailure };

export interface UploadOptions {
  client: Client;
  signal: AbortSignal;
  /** As soon as there is something to take back. */
  onBegun: (conversionId: string) => void;
  onUploaded: () => void;
}

/** @throws Error with what the storage says. */
export const requireOk = async (answer: Response, what: string): Promise<Response> => {
  if (!answer.ok) throw new Error(`${what} was refused with ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return answer;
};

/** To Cloud Storage itself, with the headers of the grant and no others. */
const put = async ({ url, method, headers, resumable }: Grant, bytes: Uint8Array, signal: AbortSignal) => {
  const body = new Uint8Array(bytes);
  if (!resumable) return requireOk(await fetch(url, { method, headers, body, signal }), 'The upload');
  const session = await requireOk(await fetch(url, { method, headers, signal }), 'The upload');
  const location = session.headers.get('location') ?? '';
  return requireOk(await fetch(location, { method: 'PUT', body, signal }), 'The upload');
};

const upload = async (options: UploadOptions, { fileName, bytes }: FileToSend): Promise<UploadOutcome> => {
  const { client, signal, onBegun, onUploaded } = options;
  const request = { fileName, contentType: declaredTypeOf(fileName, bytes), sizeBytes: bytes.length };
  try {
    const { conversionId, upload: grant } = await client.createUpload(request, { signal });
    onBegun(conversionId);
    await put(grant, bytes, signal);
    onUploaded();
    return { conversionId };
  } catch (thrown) {
    if (!(thrown instanceof ApiError) || !CONCERNS_FILE.test(thrown.reason)) throw thrown;
    return { failure: { reason: thrown.reason, message: thrown.message } };
  }
};

/**
 * In the order of `files`. A file that is refused does not keep the others back; what else goes wrong ends all of them, and
 * none is on its way any more when it is thrown.
 */
export const uploadFiles = async (options: UploadOptions, files: readonly FileToSend[]): Promise<UploadOutcome[]> => {
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const outcomes: UploadOutcome[] = [];
  const waiting = files.entries();
  const work = async (): Promise<void> => {
    for (const [index, file] of waiting) {
      if (signal.aborted) return;
      outcomes[index] = await upload({ ...options, signal }, file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch((thrown: unknown) => broken.abort(thrown))));
  signal.throwIfAborted();
  return outcomes;
};
