/** The packages that were handed in on this page, and what may be done with them. Work goes on whichever view is shown. */
import type { Client } from '../../../../functions/src/contracts/client.ts';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { plainFileName } from '../../../../functions/src/contracts/file-name.ts';
import { TEXTS } from '../../texts/index.ts';
import type { LiveData } from '../live.ts';
import { createStore, type Readable } from '../store.ts';
import { type AnalyseDeps, type AnalysisBegin, analysePackage } from './analyse-package.ts';
import { firstOf } from './follow.ts';
import { type FileUpload, isSettled, type Package } from './package.ts';
import { problemIn } from './problem-error.ts';
import { createTurns } from './take-turns.ts';
import { ConversionFailed, doneStep, type UploadFileDeps, uploadFile } from './upload-file.ts';

export interface UploadsData {
  /** The newest first. */
  packages: Readable<readonly Package[]>;
  /** Begins at once. Nothing happens without files. */
  add(files: readonly File[], options?: { isSample?: boolean }): void;
  /** Of a duplicate. */
  readAgain(packageId: string, fileId: string): void;
  /** Of a file that failed. */
  retry(packageId: string, fileId: string): void;
  /** Takes a file out; one that is being sent is broken off, and what had arrived of it is erased. */
  remove(packageId: string, fileId: string): void;
  retryAnalysis(packageId: string): void;
  /** Takes a package from the page; its documents and its run stay. */
  dismiss(packageId: string): void;
}

export interface UploadsDeps
  extends Omit<UploadFileDeps, 'takeTurn' | 'live' | 'api'>,
    Omit<AnalyseDeps, 'live' | 'api'> {
  api: Pick<Client, 'createUpload' | 'startAnalysis' | 'retryRun' | 'deleteConversion'>;
  live: Pick<LiveData, 'conversion' | 'conversions' | 'run'>;
  /** Random: an idempotency key, or an id on the page. */
  newKey: () => string;
}

const FILES_AT_ONCE = 3;
/** Conversions among which the same bytes are looked for, and how long it may take. */
const MOST_KNOWN = 100;
const KNOWN_SECONDS = 5;

interface FileJob {
  file: File;
  idempotencyKey: string;
  isReadAgain: boolean;
  hasArrived: boolean;
  stop: AbortController;
}

interface PackageJob {
  isOneFile: boolean;
  idempotencyKey: string;
  stop: AbortController;
  known: Promise<Conversion[] | null> | null;
}

const isUnreadable = (thrown: unknown): boolean =>
  thrown instanceof DOMException && (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError');

const failureOf = (thrown: unknown): Extract<FileUpload['step'], { name: 'failed' }> => {
  if (isUnreadable(thrown)) {
    const message = TEXTS.uploads.problems.unreadable;
    return { name: 'failed', problem: { kind: 'refused', message, reason: 'FILE_UNREADABLE' }, mayRetry: false };
  }
  const problem = problemIn(thrown);
  const mayRetry = thrown instanceof ConversionFailed ? thrown.mayRetry : problem.kind !== 'refused';
  return { name: 'failed', problem, mayRetry };
};

export const createUploads = (deps: UploadsDeps): UploadsData => {
  const packages = createStore<readonly Package[]>([]);
  const files = new Map<string, FileJob>();
  const jobs = new Map<string, PackageJob>();
  const takeTurn = createTurns(FILES_AT_ONCE);

  const find = (packageId: string): Package | undefined => packages.get().find((each) => each.packageId === packageId);
  const changePackage = (packageId: string, change: (current: Package) => Package): void =>
    packages.update((all) => all.map((each) => (each.packageId === packageId ? change(each) : each)));
  const changeFile = (packageId: string, fileId: string, part: Partial<FileUpload>): void =>
    changePackage(packageId, (current) => ({
      ...current,
      files: current.files.map((file) => (file.fileId === fileId ? { ...file, ...part } : file)),
    }));

  const analyse = (packageId: string, begin: AnalysisBegin): void => {
    const signal = jobs.get(packageId)?.stop.signal;
    if (signal === undefined) return;
    const tell = (analysis: Package['analysis']) => changePackage(packageId, (current) => ({ ...current, analysis }));
    analysePackage(deps, begin, { signal, tell }).catch(() => undefined);
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
    analyse(packageId, { name: 'start', conversionIds, idempotencyKey: job.idempotencyKey });
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

  const begin = (packageId: string, fileId: string): void => {
    const job = jobs.get(packageId);
    const own = files.get(fileId);
    if (!job || !own) return;
    const { signal } = own.stop;
    uploadFile(
      { ...deps, takeTurn },
      {
        file: own.file,
        isAnalysedAlone: job.isOneFile,
        idempotencyKey: own.idempotencyKey,
        signal,
        change: (part) => {
          if (part.step?.name === 'queued') own.hasArrived = true;
          if (!signal.aborted) changeFile(packageId, fileId, part);
        },
        findKnown: async (orgId, documentId) => (own.isReadAgain ? null : findKnown(job, orgId, documentId)),
        onKnown: (known) => {
          takeKnown(packageId, fileId, known);
          return false;
        },
      },
    ).then(
      (conversion) => {
        if (conversion === null || signal.aborted) return;
        if (conversion.runId === undefined) advance(packageId);
        else analyse(packageId, { name: 'follow', runId: conversion.runId });
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        changeFile(packageId, fileId, { step: failureOf(thrown) });
        // What has arrived is never sent under the same key again: another try is another upload.
        if (own.hasArrived) own.idempotencyKey = deps.newKey();
        own.hasArrived = false;
        advance(packageId);
      },
    );
  };

  const restart = (packageId: string, fileId: string): void => {
    changeFile(packageId, fileId, { step: { name: 'waiting' } });
    begin(packageId, fileId);
  };

  const forget = (fileId: string): void => {
    files.get(fileId)?.stop.abort();
    files.delete(fileId);
  };

  const dismiss = (packageId: string): void => {
    for (const { fileId } of find(packageId)?.files ?? []) forget(fileId);
    jobs.get(packageId)?.stop.abort();
    jobs.delete(packageId);
    packages.update((all) => all.filter((each) => each.packageId !== packageId));
  };

  return {
    packages,
    add(added, { isSample = false } = {}) {
      if (added.length === 0) return;
      const packageId = deps.newKey();
      const entries = added.map((file): FileUpload => {
        const fileId = deps.newKey();
        const own = { file, idempotencyKey: deps.newKey(), isReadAgain: false, hasArrived: false };
        files.set(fileId, { ...own, stop: new AbortController() });
        return { fileId, fileName: plainFileName(file.name), sizeBytes: file.size, step: { name: 'waiting' } };
      });
      const job = { isOneFile: added.length === 1, idempotencyKey: deps.newKey(), known: null };
      jobs.set(packageId, { ...job, stop: new AbortController() });
      packages.update((all) => [{ packageId, isSample, files: entries, analysis: { name: 'waiting' } }, ...all]);
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
      if (conversionId !== undefined && (step?.name === 'uploading' || step?.name === 'failed')) {
        // Nothing will come of it; without this it would be listed until its time has run out.
        deps.api.deleteConversion({ conversionId }).catch(() => undefined);
      }
      forget(fileId);
      changePackage(packageId, (current) => ({
        ...current,
        files: current.files.filter((each) => each.fileId !== fileId),
      }));
      if (find(packageId)?.files.length === 0) dismiss(packageId);
      else advance(packageId);
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
