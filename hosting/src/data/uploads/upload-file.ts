/** One file from the hash to the document that was made of it. */
import type { Client } from '../../../../functions/src/contracts/client.ts';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { TEXTS } from '../../texts/index.ts';
import type { AccountData } from '../account.ts';
import type { LiveData } from '../live.ts';
import { problemOfFailure } from '../problem.ts';
import { declaredType } from './declared-type.ts';
import { follow } from './follow.ts';
import type { HashOptions } from './hash-file.ts';
import { documentIdOf, type FileStep, type FileUpload } from './package.ts';
import { patiently, type Wait } from './patience.ts';
import { ProblemError } from './problem-error.ts';
import { sendFile } from './send-file.ts';
import type { Transport } from './transport.ts';

export const KINDS = ['compliance-matrix'] as const;

export interface UploadFileDeps {
  api: Pick<Client, 'createUpload'>;
  live: Pick<LiveData, 'conversion'>;
  account: AccountData;
  ensureSomebody: () => Promise<void>;
  transport: Transport;
  wait: Wait;
  hash: (file: Blob, options: HashOptions) => Promise<string>;
  /** Only so many files are computed and sent at once. */
  takeTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

interface UploadFileRequest {
  file: File;
  /** With it the analysis follows by itself, even when the page is closed. */
  isAnalysedAlone: boolean;
  idempotencyKey: string;
  signal: AbortSignal;
  change: (part: Partial<Pick<FileUpload, 'hash' | 'conversionId' | 'step'>>) => void;
  /** What was read of the same bytes before; null when it is to be read again, or nothing was. */
  findKnown: (orgId: string, documentId: string) => Promise<Conversion | null>;
  /** What to do with it: `false` ends here. */
  onKnown: (known: Conversion) => boolean;
}

/** The work of the service may be tried again after its own faults; what it says of a file stays true. */
const MAY_RETRY_CODES = new Set(['internal', 'unavailable', 'deadline-exceeded', 'aborted', 'data-loss', 'unknown']);

export class ConversionFailed extends ProblemError {
  readonly mayRetry: boolean;

  constructor({ failure, state }: Conversion) {
    const { problems } = TEXTS.uploads;
    super(
      failure
        ? problemOfFailure(failure)
        : { kind: 'refused', message: problems.neverArrived, reason: `CONVERSION_${state.toUpperCase()}` },
    );
    this.mayRetry = failure === undefined || MAY_RETRY_CODES.has(failure.code);
  }
}

const differs = (): ProblemError =>
  new ProblemError({ kind: 'broken', message: TEXTS.uploads.problems.differs, reason: 'DOCUMENT_DIFFERS' });

const stepOf = ({ state, phase }: Conversion): FileStep =>
  state === 'converting' ? { name: 'reading', phase } : { name: 'queued' };

const isOver = ({ state }: Conversion): boolean =>
  state === 'completed' || state === 'partial' || state === 'failed' || state === 'expired';

export const doneStep = ({ result }: Conversion, isReused: boolean): FileStep => ({
  name: 'done',
  pages: result?.pages ?? 0,
  pagesWithoutText: result?.pagesWithoutText.length ?? 0,
  isReused,
});

/**
 * The conversion as it ended, or null when what was known of the file is used in its place.
 * @throws ProblemError, ApiError, FirebaseError; the signal's reason.
 */
export const uploadFile = async (deps: UploadFileDeps, request: UploadFileRequest): Promise<Conversion | null> => {
  const { file, isAnalysedAlone, idempotencyKey, signal, change, findKnown, onKnown } = request;
  const { api, wait } = deps;
  const patience = {
    wait,
    signal,
    tellBusy: (isBusy: boolean) => change({ step: { name: 'asking', isBusy } }),
  };
  const askForGrant = () =>
    api.createUpload(
      {
        fileName: file.name,
        contentType: declaredType(file),
        sizeBytes: file.size,
        kinds: isAnalysedAlone ? [...KINDS] : [],
        idempotencyKey,
      },
      { signal },
    );

  const arrived = await deps.takeTurn(async () => {
    signal.throwIfAborted();
    change({ step: { name: 'hashing', share: 0 } });
    await patiently(deps.ensureSomebody, patience);
    const { orgId, uploadLimits } = await patiently(() => deps.account.load(), patience);
    let hash: string | null = null;
    // What is larger than any limit is refused at once, and by the service's own words.
    if (file.size <= Math.max(...Object.values(uploadLimits))) {
      hash = await deps.hash(file, { signal, tell: (share) => change({ step: { name: 'hashing', share } }) });
      change({ hash });
      const known = await findKnown(orgId, documentIdOf(hash));
      signal.throwIfAborted();
      if (known && !onKnown(known)) return null;
    }
    change({ step: { name: 'asking', isBusy: false } });
    const { conversionId, upload: grant } = await patiently(askForGrant, patience);
    change({ conversionId, step: { name: 'uploading', sentBytes: 0, interruptions: 0, isBroken: false } });
    await sendFile({
      file,
      grant,
      renew: async () => (await patiently(askForGrant, { wait, signal })).upload,
      transport: deps.transport,
      wait,
      signal,
      tell: (progress) => change({ step: { name: 'uploading', ...progress } }),
    });
    change({ step: { name: 'queued' } });
    return { orgId, conversionId, hash };
  });
  if (arrived === null) return null;

  const { orgId, conversionId, hash } = arrived;
  const see = (conversion: Conversion): boolean => {
    if (isOver(conversion)) return true;
    change({ step: stepOf(conversion) });
    return false;
  };
  const settled = await patiently(() => follow(deps.live.conversion(orgId, conversionId), see, { signal }), {
    wait,
    signal,
  });
  if (settled.result === undefined) throw new ConversionFailed(settled);
  if (hash !== null && settled.result.documentId !== documentIdOf(hash)) throw differs();
  change({ step: doneStep(settled, false) });
  return settled;
};
