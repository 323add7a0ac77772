/** One file from the hash to the document that was made of it. */
import { ApiError, type Client } from '../../../../functions/src/contracts/client.ts';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { TEXTS } from '../../texts/index.ts';
import type { AccountData } from '../account.ts';
import type { LiveData } from '../live.ts';
import { ConversionFailed, doneStep, isOver, stepOf } from './conversion-step.ts';
import { declaredType } from './declared-type.ts';
import { follow } from './follow.ts';
import type { HashOptions } from './hash-file.ts';
import { documentIdOf, type FileUpload } from './package.ts';
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

export interface UploadKey {
  /** `hash` is null for a file that no limit allows. */
  of(hash: string | null): string;
  /** Another one, at random. */
  renew(): void;
}

interface UploadFileRequest {
  file: File;
  /** With it the analysis follows by itself, even when the page is closed. */
  isAnalysedAlone: boolean;
  key: UploadKey;
  signal: AbortSignal;
  change: (part: Partial<Pick<FileUpload, 'hash' | 'conversionId' | 'step'>>) => void;
  /** What was read of the same bytes before; null when it is to be read again, or nothing was. */
  findKnown: (orgId: string, documentId: string) => Promise<Conversion | null>;
  /** Whether another file of the package has the same bytes: they are read once, and it ends here. */
  findSame: (hash: string) => boolean;
  /** What to do with it: `false` ends here. */
  onKnown: (known: Conversion) => boolean;
}

const isKeyUsedUp = (thrown: unknown): boolean =>
  thrown instanceof ApiError &&
  (thrown.reason === 'UPLOAD_NOT_AWAITED' ||
    thrown.reason === 'CONVERSION_NOT_FOUND' ||
    (thrown.reason === 'REQUEST_INVALID' && thrown.details.field === 'idempotencyKey'));

const differs = (): ProblemError =>
  new ProblemError({ kind: 'broken', message: TEXTS.uploads.problems.differs, reason: 'DOCUMENT_DIFFERS' });

/**
 * The conversion as it ended, or null when what was known of the file is used in its place.
 * @throws ProblemError, ApiError, FirebaseError; the signal's reason.
 */
export const uploadFile = async (deps: UploadFileDeps, request: UploadFileRequest): Promise<Conversion | null> => {
  const { file, isAnalysedAlone, key, signal, change, findKnown, findSame, onKnown } = request;
  const { api, wait } = deps;
  const patience = {
    wait,
    signal,
    tellBusy: (isBusy: boolean) => change({ step: { name: 'asking', isBusy } }),
  };
  const askForGrant = (hash: string | null) => () =>
    api.createUpload(
      {
        fileName: file.name,
        contentType: declaredType(file),
        sizeBytes: file.size,
        kinds: isAnalysedAlone ? [...KINDS] : [],
        idempotencyKey: key.of(hash),
      },
      { signal },
    );
  /** What was uploaded before under the same key, or deleted, is not awaited again: then it is another upload. */
  const askFirst = async (hash: string | null) => {
    try {
      return await patiently(askForGrant(hash), patience);
    } catch (thrown) {
      if (!isKeyUsedUp(thrown)) throw thrown;
      key.renew();
      return patiently(askForGrant(hash), patience);
    }
  };

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
      if (findSame(hash)) return null;
      const known = await findKnown(orgId, documentIdOf(hash));
      signal.throwIfAborted();
      if (known && !onKnown(known)) return null;
    }
    change({ step: { name: 'asking', isBusy: false } });
    const { conversionId, upload: grant } = await askFirst(hash);
    change({ conversionId, step: { name: 'uploading', sentBytes: 0, interruptions: 0, isBroken: false } });
    await sendFile({
      file,
      grant,
      renew: async () => (await patiently(askForGrant(hash), { wait, signal })).upload,
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
