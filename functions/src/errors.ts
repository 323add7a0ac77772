/** The one error model: what went wrong, what the reader can do about it, and whether trying again may help. */

/** The 17 status codes of Firebase callables (https://firebase.google.com/docs/reference/node/firebase.functions#functionserrorcode). */
export type ErrorCode =
  | 'ok'
  | 'cancelled'
  | 'unknown'
  | 'invalid-argument'
  | 'deadline-exceeded'
  | 'not-found'
  | 'already-exists'
  | 'permission-denied'
  | 'resource-exhausted'
  | 'failed-precondition'
  | 'aborted'
  | 'out-of-range'
  | 'unimplemented'
  | 'internal'
  | 'unavailable'
  | 'data-loss'
  | 'unauthenticated';

/** `later`: the same call may succeed in a while. `never`: it fails the same way every time. */
export type Retry = 'never' | 'later';

interface Reason {
  code: ErrorCode;
  retry: Retry;
  /** What the user is told. `{name}` is replaced by `details.name`. Never holds document text. */
  message: string;
}

const reason = (code: ErrorCode, message: string, retry: Retry = 'never'): Reason => ({ code, retry, message });

/** Every way in which mdraft can refuse or fail, once. Reasons are stable: API clients may switch on them. */
export const REASONS = {
  FILE_NOT_FOUND: reason('not-found', '{fileName}: no such file. Check the path.'),
  FILE_UNREADABLE: reason(
    'permission-denied',
    '{fileName} cannot be read. Check that it is a file and that you may open it.',
  ),
  FILE_EMPTY: reason('invalid-argument', '{fileName} is empty (0 bytes). Export or download it again.'),
  FILE_TOO_LARGE: reason(
    'invalid-argument',
    '{fileName} is {sizeMb} MB; the limit for {format} is {limitMb} MB. Split it, or raise {setting}.',
  ),
  FILE_DAMAGED: reason(
    'invalid-argument',
    '{fileName} is damaged or cut short: {problem}. Download or export it again.',
  ),
  FILE_ENCRYPTED: reason(
    'invalid-argument',
    '{fileName} is protected by a password. Save a copy without the password and use that.',
  ),
  FILE_EXTENSION_MISMATCH: reason(
    'invalid-argument',
    '{fileName} is named as {named} but holds {actual}. Rename it to end in {extension}.',
  ),
  FORMAT_UNSUPPORTED: reason('invalid-argument', '{fileName}: {problem}. mdraft reads {supported}.'),
  ARCHIVE_TOO_LARGE: reason(
    'invalid-argument',
    '{fileName} unpacks to more than {limitMb} MB. Remove large embedded media, or split it.',
  ),
  CONVERSION_TIMEOUT: reason(
    'deadline-exceeded',
    '{fileName} took longer than {timeoutSeconds} s to convert. Split it and convert the parts.',
  ),
  CONVERSION_OUT_OF_MEMORY: reason(
    'resource-exhausted',
    '{fileName} needs more memory than the {limitMb} MB allowed. Split it and convert the parts.',
  ),
  CONVERTER_CRASHED: reason(
    'internal',
    'The converter stopped while it read {fileName}. Save the file again with another program and retry.',
  ),
  TOO_MANY_CHUNKS: reason(
    'failed-precondition',
    'The package has {chunks} chunks; a run takes at most {limit} (MAX_CHUNKS). Analyse its documents in parts, or have that setting raised.',
  ),
  WINDOW_INVALID: reason(
    'failed-precondition',
    'Window {index} does not fit the documents given: {problem}. Plan the run again.',
  ),
  OBJECT_TOO_LARGE: reason('invalid-argument', 'The stored file has {sizeBytes} bytes; at most {limitBytes} are read.'),
  OBJECT_CHANGED: reason('aborted', 'The stored file was changed by another request. Read it again.', 'later'),
  STORAGE_UNAVAILABLE: reason('unavailable', 'File storage does not answer. Try again in a moment.', 'later'),
  QUEUE_UNAVAILABLE: reason('unavailable', 'The work queue does not answer. Try again in a moment.', 'later'),
  TASK_TOO_LARGE: reason(
    'invalid-argument',
    'A task of {sizeBytes} bytes cannot be queued; the limit is {limitBytes}.',
  ),
  OCR_OVERLOADED: reason('unavailable', 'Text recognition is overloaded. It is tried again by itself.', 'later'),
  OCR_FAILED: reason('failed-precondition', 'Text recognition cannot read these pages: {problem}.'),
  MODEL_OVERLOADED: reason('unavailable', 'The language model is overloaded. It is tried again by itself.', 'later'),
  MODEL_TIMEOUT: reason('deadline-exceeded', 'The language model took longer than {timeoutSeconds} s.', 'later'),
  MODEL_FAILED: reason('failed-precondition', 'The language model refused the request: {problem}.'),
  SECRET_MISSING: reason('failed-precondition', 'The secret {name} is not set in Secret Manager.'),
  SECRET_UNAVAILABLE: reason('unavailable', 'Secret Manager does not answer. Try again in a moment.', 'later'),
  STATE_UNAVAILABLE: reason('unavailable', 'The database does not answer. Try again in a moment.', 'later'),
  IDENTITY_UNAVAILABLE: reason('unavailable', 'Sign-in cannot be checked now. Try again in a moment.', 'later'),
  UNAUTHENTICATED: reason('unauthenticated', 'Sign in first, or send a valid token.'),
  FORBIDDEN: reason('permission-denied', 'Your role does not allow this.'),
  RATE_LIMITED: reason(
    'resource-exhausted',
    'Too many requests: {limit} per {window} are allowed. Try again in {retryAfterSeconds} s.',
    'later',
  ),
  REQUEST_INVALID: reason('invalid-argument', 'The field {field} is not valid: {problem}.'),
  REQUEST_TOO_LARGE: reason('invalid-argument', 'The request has {sizeBytes} bytes; at most {limitBytes} are read.'),
  METHOD_NOT_ALLOWED: reason('unimplemented', 'This address takes {allowed}, not {method}.'),
  MEDIA_TYPE_UNSUPPORTED: reason('invalid-argument', 'Send the request as application/json in UTF-8.'),
  OPERATION_UNKNOWN: reason('not-found', 'There is no such operation. /api/v1/openapi.json lists them all.'),
  CURSOR_INVALID: reason('invalid-argument', 'The cursor is not one of this list. Begin again without a cursor.'),
  TIMED_OUT: reason('deadline-exceeded', 'The request took longer than {timeoutSeconds} s.', 'later'),
  CONVERSION_NOT_FOUND: reason('not-found', 'There is no such document. It may have been deleted.'),
  CONVERSION_NOT_READY: reason('failed-precondition', 'The document {conversionId} is {state}. {instead}'),
  CONTENTS_NOT_READY: reason(
    'unavailable',
    'The files in {fileName} are still being converted. Ask again in {retryAfterSeconds} s.',
    'later',
  ),
  RUN_NOT_FOUND: reason('not-found', 'There is no such run. It may have been deleted with its document.'),
  RUN_NOT_READY: reason('failed-precondition', 'The run is {state}. {instead}'),
  RUN_NOT_RETRYABLE: reason('failed-precondition', 'The run is {state}: {problem}.'),
  UPLOAD_EMPTY: reason('invalid-argument', '{fileName} arrived empty (0 bytes). Upload it again.'),
  UPLOAD_DIFFERS: reason(
    'invalid-argument',
    '{fileName} arrived with {sizeBytes} bytes; {declaredBytes} were announced. Upload it again.',
  ),
  UPLOAD_MISSING: reason('failed-precondition', 'The uploaded file is not there any more. Upload it again.'),
  UPLOAD_NOT_AWAITED: reason(
    'already-exists',
    'The upload of this request is over: the document {conversionId} is {state}. Ask for it by its id, or begin with a new idempotencyKey.',
  ),
  WORK_LOST: reason(
    'internal',
    'The work stopped {tries} times without an answer and was given up. Try again, or split the document.',
  ),
  RESULT_MISSING: reason('data-loss', 'A stored part of this run is not there any more. Start the analysis again.'),
  OPTION_UNAVAILABLE: reason('unimplemented', '{option} is not available yet. {instead}'),
  USAGE: reason('invalid-argument', '{problem}'),
  OUTPUT_UNWRITABLE: reason('permission-denied', '{path} cannot be written: {problem}. Choose another folder.'),
  CONFIG_INVALID: reason('failed-precondition', 'The setting {setting} is not valid: {problem}.'),
  INTERNAL: reason('internal', 'Something went wrong on our side. Nothing of yours was changed.'),
} as const satisfies Record<string, Reason>;

export type ReasonName = keyof typeof REASONS;
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** An error whose text may be shown to the user. `reason` names the case; `details` fill its message and travel with it. */
export class AppError extends Error {
  readonly reason: ReasonName;
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly publicMessage: string;
  readonly details: ErrorDetails;

  constructor(reasonName: ReasonName, details: ErrorDetails = {}, options?: ErrorOptions) {
    const entry: Reason = REASONS[reasonName];
    const publicMessage = entry.message.replace(/\{(\w+)\}/g, (_, name: string) =>
      String(details[name] ?? `(${name})`),
    );
    super(publicMessage, options);
    this.name = 'AppError';
    this.reason = reasonName;
    this.code = entry.code;
    this.retry = entry.retry;
    this.publicMessage = publicMessage;
    this.details = details;
  }
}

/** The form in which an error crosses a process border or a wire. */
export interface ErrorBody {
  code: ErrorCode;
  reason: ReasonName;
  message: string;
  details: ErrorDetails;
}

export const toErrorBody = (error: AppError): ErrorBody => ({
  code: error.code,
  reason: error.reason,
  message: error.publicMessage,
  details: error.details,
});

/** Anything thrown, as an AppError: what is not one already becomes INTERNAL with its cause kept for the log. */
export const asAppError = (thrown: unknown): AppError =>
  thrown instanceof AppError ? thrown : new AppError('INTERNAL', {}, { cause: thrown });
