/** The packages that were handed in on this page, and what may be done with them. Work goes on whichever view is shown. */
import type { Client } from '../../../../functions/src/contracts/client.ts';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { plainFileName } from '../../../../functions/src/contracts/file-name.ts';
import type { LiveData } from '../live.ts';
import { type AnalyseDeps, type AnalysisBegin, analysePackage } from './analyse-package.ts';
import { doneStep } from './conversion-step.ts';
import { failureOf } from './file-failure.ts';
import { firstOf, follow } from './follow.ts';
import type { KeptPackage } from './kept-packages.ts';
import { type FileUpload, isSettled, notReadOf, type Package } from './package.ts';
import { createPackageStore } from './package-store.ts';
import { patiently } from './patience.ts';
import { problemIn } from './problem-error.ts';
import { createTurns } from './take-turns.ts';
import { keptFileOf, keptOf, keptPackageOf } from './take-up.ts';
import { type UploadFileDeps, uploadFile } from './upload-file.ts';
import { createUploadKeys, type FileJob, type PackageJob } from './upload-jobs.ts';
import { markOf } from './upload-key.ts';
import type { UploadsData } from './uploads-data.ts';

export interface UploadsDeps
  extends Omit<UploadFileDeps, 'takeTurn' | 'live' | 'api'>,
    Omit<AnalyseDeps, 'live' | 'api'> {
  api: Pick<Client, 'createUpload' | 'startAnalysis' | 'retryRun' | 'deleteConversion'>;
  live: Pick<LiveData, 'conversion' | 'conversions' | 'run'>;
  /** Random: an idempotency key, or an id on the page. */
  newKey: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
}

const FILES_AT_ONCE = 3;
/** Conversions among which the same bytes are looked for, and how long it may take. */
/** What startAnalysis takes. */
const MOST_NOT_READ = 200;
const LONGEST_NAME = 255;
const MOST_KNOWN = 100;
const KNOWN_SECONDS = 5;

export const createUploads = (deps: UploadsDeps): UploadsData => {
  const { packages, find, changePackage, changeFile, ...store } = createPackageStore();
  const files = new Map<string, FileJob>();
  const jobs = new Map<string, PackageJob>();
  const takeTurn = createTurns(FILES_AT_ONCE);
  const keyOf = createUploadKeys(deps.newKey);

  const analyse = (packageId: string, begin: AnalysisBegin): void => {
    const job = jobs.get(packageId);
    if (job === undefined) return;
    const tell = (analysis: Package['analysis']): void => {
      // What was deleted since it was begun is nothing to tell of.
      if (job.isTakenUp && analysis.name === 'failed' && analysis.problem.kind === 'notHere') dismiss(packageId);
      else changePackage(packageId, (current) => ({ ...current, analysis }));
    };
    analysePackage(deps, begin, { signal: job.stop.signal, tell }).catch(() => undefined);
  };

  /** Begins the analysis as soon as no file holds the package back. */
  const advance = (packageId: string): void => {
    const current = find(packageId);
    const job = jobs.get(packageId);
    if (!current || !job || current.analysis.name !== 'waiting' || !current.files.every(isSettled)) return;
    const conversionIds = current.files.flatMap(({ step, conversionId }) =>
      step.name === 'done' && conversionId !== undefined ? [conversionId] : [],
    );
    if (conversionIds.length === 0) return;
    const notRead = notReadOf(current)
      .slice(0, MOST_NOT_READ)
      .flatMap(({ fileName, step }) =>
        'problem' in step ? [{ fileName: fileName.slice(0, LONGEST_NAME), reason: step.problem.reason }] : [],
      );
    analyse(packageId, { name: 'start', conversionIds, notRead, idempotencyKey: job.idempotencyKey });
  };

  const findKnown = async (job: PackageJob, orgId: string, documentId: string): Promise<Conversion | null> => {
    job.known ??= firstOf(deps.live.conversions(orgId, MOST_KNOWN), KNOWN_SECONDS);
    return (await job.known)?.find(({ result }) => result?.documentId === documentId) ?? null;
  };

  const takeKnown = (packageId: string, fileId: string, known: Conversion): void => {
    const { conversionId, fileName, runId } = known;
    if (jobs.get(packageId)?.isOneFile) {
      const told = { conversionId, fileName, ...(runId === undefined ? {} : { runId }) };
      changeFile(packageId, fileId, { step: { name: 'duplicate', known: told } });
    } else {
      changeFile(packageId, fileId, { conversionId, step: doneStep(known, true) });
      advance(packageId);
    }
  };

  const takeSame = (packageId: string, fileId: string, hash: string): boolean => {
    const isRead = ({ step }: FileUpload): boolean => !['failed', 'lost', 'same', 'duplicate'].includes(step.name);
    const same = find(packageId)?.files.find((each) => each.hash === hash && each.fileId !== fileId && isRead(each));
    if (same === undefined) return false;
    changeFile(packageId, fileId, { step: { name: 'same', fileId: same.fileId, fileName: same.fileName } });
    advance(packageId);
    return true;
  };

  /** What is read is followed by its analysis, which of a single file begins by itself. */
  const goOn = (packageId: string, { runId }: Conversion): void => {
    if (runId === undefined || !jobs.get(packageId)?.isOneFile) advance(packageId);
    else analyse(packageId, { name: 'follow', runId });
  };

  const begin = (packageId: string, fileId: string): void => {
    const job = jobs.get(packageId);
    const own = files.get(fileId);
    if (!job || !own?.file) return;
    const { signal } = own.stop;
    uploadFile(
      { ...deps, takeTurn },
      {
        file: own.file,
        isAnalysedAlone: job.isOneFile,
        key: keyOf(own, job),
        signal,
        change: (part) => {
          if (part.step?.name === 'queued') own.hasArrived = true;
          if (!signal.aborted) changeFile(packageId, fileId, part);
        },
        findKnown: async (orgId, documentId) => (own.isReadAgain ? null : findKnown(job, orgId, documentId)),
        findSame: (hash) => takeSame(packageId, fileId, hash),
        onKnown: (known) => {
          takeKnown(packageId, fileId, known);
          return false;
        },
      },
    ).then(
      (conversion) => {
        if (conversion !== null && !signal.aborted) goOn(packageId, conversion);
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        changeFile(packageId, fileId, { step: failureOf(thrown) });
        // What has arrived is never sent under the same key again: another try is another upload.
        if (own.hasArrived) own.idempotencyKey = deps.newKey();
        own.hasArrived = false;
        releaseSame(packageId, fileId);
        advance(packageId);
      },
    );
  };

  const restart = (packageId: string, fileId: string): void => {
    changeFile(packageId, fileId, { step: { name: 'waiting' } });
    begin(packageId, fileId);
  };

  /** The files that were not read because this one was. */
  const releaseSame = (packageId: string, fileId: string): void => {
    for (const { step, fileId: other } of find(packageId)?.files ?? []) {
      if (step.name === 'same' && step.fileId === fileId) restart(packageId, other);
    }
  };

  const forget = (fileId: string): void => {
    files.get(fileId)?.stop.abort();
    files.delete(fileId);
  };

  const dismiss = (packageId: string): void => {
    for (const { fileId } of find(packageId)?.files ?? []) forget(fileId);
    jobs.get(packageId)?.stop.abort();
    jobs.delete(packageId);
    store.remove(packageId);
  };

  const remove = (packageId: string, fileId: string): void => {
    forget(fileId);
    store.removeFile(packageId, fileId);
    releaseSame(packageId, fileId);
    if (find(packageId)?.files.length === 0) dismiss(packageId);
    else advance(packageId);
  };

  /** Whether a package that has lost files knows this one. One that it has lost it takes in; what it has, it has. */
  const takeIn = (file: File, waiting: readonly Package[]): boolean => {
    for (const { packageId } of waiting) {
      const entry = find(packageId)?.files.find(({ fileId }) => files.get(fileId)?.mark === markOf(fileId, file));
      if (entry === undefined) continue;
      const own = files.get(entry.fileId);
      if (own && entry.step.name === 'lost') {
        own.stop.abort();
        files.set(entry.fileId, { ...own, file, stop: new AbortController() });
        changeFile(packageId, entry.fileId, { fileName: plainFileName(file.name), sizeBytes: file.size });
        restart(packageId, entry.fileId);
      }
      return true;
    }
    return false;
  };

  const followKept = async (packageId: string, { fileId, conversionId = '' }: FileUpload, orgId: string) => {
    const own = files.get(fileId);
    const kept = own && { fileId, mark: own.mark, conversionId, hasArrived: own.hasArrived };
    if (!own || !kept) return;
    const { signal } = own.stop;
    const see = (conversion: Conversion): boolean => {
      changeFile(packageId, fileId, keptFileOf(kept, conversion));
      return conversion.result !== undefined || conversion.state === 'failed';
    };
    try {
      const listen = () => follow(deps.live.conversion(orgId, conversionId), see, { signal });
      goOn(packageId, await patiently(listen, { wait: deps.wait, signal }));
    } catch (thrown) {
      if (signal.aborted) return;
      if (problemIn(thrown).kind === 'notHere') remove(packageId, fileId);
      else changeFile(packageId, fileId, { step: { name: 'lost', problem: problemIn(thrown) } });
    }
  };

  const takeUp = async (records: readonly KeptPackage[]): Promise<void> => {
    const { signal } = new AbortController();
    const { orgId } = await patiently(() => deps.account.load(), { wait: deps.wait, signal });
    const known = firstOf(deps.live.conversions(orgId, MOST_KNOWN), KNOWN_SECONDS);
    const conversions = (await known) ?? [];
    for (const kept of records) {
      const { packageId, isOneFile, analysisKey, begunAt, runId } = kept;
      const job = { isOneFile, isTakenUp: true, idempotencyKey: analysisKey, begunAt, known };
      jobs.set(packageId, { ...job, stop: new AbortController() });
      for (const { fileId, mark, hasArrived } of kept.files) {
        const own = { file: null, mark, idempotencyKey: null, isReadAgain: false, hasArrived };
        files.set(fileId, { ...own, stop: new AbortController() });
      }
      const shown = keptPackageOf(kept, conversions);
      store.put(shown, 'last');
      if (runId !== undefined) analyse(packageId, { name: 'follow', runId, isThere: true });
      for (const file of shown.files) {
        const isFollowed = file.conversionId !== undefined && (runId === undefined || !isSettled(file));
        if (isFollowed) void followKept(packageId, file, orgId);
      }
    }
  };

  return {
    packages,
    toKeep: () =>
      packages.get().flatMap((each) => {
        const job = jobs.get(each.packageId);
        const kept = job ? keptOf(each, job, (fileId) => files.get(fileId)) : null;
        return kept === null ? [] : [kept];
      }),
    takeUp(kept) {
      if (kept.length > 0) takeUp(kept).catch(() => undefined);
    },
    add(all, { isSample = false } = {}) {
      const waiting = packages.get().filter((each) => each.files.some(({ step }) => step.name === 'lost'));
      const added = isSample ? all : all.filter((file) => !takeIn(file, waiting));
      if (added.length === 0) return;
      const packageId = deps.newKey();
      const entries = added.map((file): FileUpload => {
        const fileId = deps.newKey();
        const own = { file, mark: markOf(fileId, file), idempotencyKey: null, isReadAgain: false, hasArrived: false };
        files.set(fileId, { ...own, stop: new AbortController() });
        return { fileId, fileName: plainFileName(file.name), sizeBytes: file.size, step: { name: 'waiting' } };
      });
      const keys = { idempotencyKey: deps.newKey(), begunAt: deps.now() };
      const job = { isOneFile: added.length === 1, isTakenUp: false, ...keys, known: null };
      jobs.set(packageId, { ...job, stop: new AbortController() });
      store.put({ packageId, isSample, files: entries, analysis: { name: 'waiting' } }, 'first');
      for (const { fileId } of entries) begin(packageId, fileId);
    },
    readAgain(packageId, fileId) {
      const own = files.get(fileId);
      if (own) own.isReadAgain = true;
      restart(packageId, fileId);
    },
    retry: restart,
    remove(packageId, fileId) {
      const { conversionId, step } = find(packageId)?.files.find((each) => each.fileId === fileId) ?? {};
      if (
        conversionId !== undefined &&
        (step?.name === 'uploading' || step?.name === 'failed' || step?.name === 'lost')
      ) {
        // Nothing will come of it; without this it would be listed until its time has run out.
        deps.api.deleteConversion({ conversionId }).catch(() => undefined);
      }
      remove(packageId, fileId);
    },
    retryAnalysis(packageId) {
      const current = find(packageId);
      if (current?.analysis.name !== 'failed') return;
      const { runId } = current.analysis;
      if (runId !== undefined) analyse(packageId, { name: 'retry', runId });
      else {
        changePackage(packageId, (each) => ({ ...each, analysis: { name: 'waiting' } }));
        advance(packageId);
      }
    },
    dismiss,
  };
};
