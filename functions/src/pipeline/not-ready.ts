/** What is asked for does not exist (yet), and what the reader can do about it. */
import type { Conversion, ConversionState } from '../contracts/conversion.ts';
import type { Run, RunState } from '../contracts/run.ts';
import { AppError } from '../errors.ts';

const WAIT_FOR_CONVERSION = 'Wait until its conversion is completed.';
const UPLOAD_AGAIN = 'Its failure says why. Upload the document again.';

const CONVERSION_ADVICE: Readonly<Record<ConversionState, string>> = {
  awaiting_upload: 'Upload the file first.',
  queued: WAIT_FOR_CONVERSION,
  converting: WAIT_FOR_CONVERSION,
  completed: WAIT_FOR_CONVERSION,
  partial: WAIT_FOR_CONVERSION,
  failed: UPLOAD_AGAIN,
  expired: 'The file did not come in time. Begin a new upload.',
};

const WAIT_FOR_RUN = 'Wait until it is completed.';
const RETRY = 'Retry it, or start the analysis again.';

const RUN_ADVICE: Readonly<Record<RunState, string>> = {
  queued: WAIT_FOR_RUN,
  planning: WAIT_FOR_RUN,
  analyzing: WAIT_FOR_RUN,
  merging: WAIT_FOR_RUN,
  completed: WAIT_FOR_RUN,
  partial: WAIT_FOR_RUN,
  failed: RETRY,
  cancelled: RETRY,
};

export const conversionNotReady = ({ conversionId, state }: Conversion): AppError =>
  new AppError('CONVERSION_NOT_READY', { conversionId, state, instead: CONVERSION_ADVICE[state] });

/** Contents take about as long as their container did: whoever asks is told to ask again. */
const CONTENTS_SECONDS = 5;

export const contentsNotReady = ({ fileName }: Conversion): AppError =>
  new AppError('CONTENTS_NOT_READY', { fileName, retryAfterSeconds: CONTENTS_SECONDS });

export const runNotReady = ({ state }: Run): AppError =>
  new AppError('RUN_NOT_READY', { state, instead: RUN_ADVICE[state] });

/** Of a run that was merged before there were ledgers. */
export const ledgerNotWritten = ({ state }: Run): AppError =>
  new AppError('RUN_NOT_READY', { state, instead: 'It has no ledger yet. Start the analysis again.' });
