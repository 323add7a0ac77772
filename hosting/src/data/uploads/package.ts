/** What the page knows of files on their way: packages of files that are read together, and how far each of them is. */
import type { Run, RunState } from '../../../../functions/src/contracts/run.ts';
import type { Problem } from '../problem.ts';

export type FileStep =
  /** Others go first. */
  | { name: 'waiting' }
  /** `share` of the file, 0 to 1. */
  | { name: 'hashing'; share: number }
  /** The service is asked where to. `isBusy`: a rate limit has to pass first. */
  | { name: 'asking'; isBusy: boolean }
  /** `isBroken`: nothing is on its way now; it goes on by itself. */
  | { name: 'uploading'; sentBytes: number; interruptions: number; isBroken: boolean }
  /** The same bytes were read before: whoever uploads decides. `runId`: what was made of them. */
  | { name: 'duplicate'; known: { conversionId: string; fileName: string; runId?: string } }
  | { name: 'queued' }
  | { name: 'reading'; phase: 'read' | 'recognise' | 'assemble' }
  /** `pagesWithoutText`: pages that show something that could not be read. `isReused`: it was here already and not sent again. */
  | {
      name: 'done';
      pages: number;
      pagesWithoutText: number;
      isRecognised: boolean;
      isReused: boolean;
      /** Of a mail or an archive that holds files: their conversions. */
      inside?: readonly string[];
    }
  /** The same bytes as another file of the package. */
  | { name: 'same'; fileId: string; fileName: string }
  /** The page was left before it was read, and has the file no more: it goes on when it is dropped again. */
  | { name: 'lost'; problem: Problem }
  | { name: 'failed'; problem: Problem; mayRetry: boolean };

export interface FileUpload {
  fileId: string;
  fileName: string;
  sizeBytes: number;
  /** SHA-256 as 64 hex digits, once computed. */
  hash?: string;
  conversionId?: string;
  step: FileStep;
}

export type AnalysisStep =
  /** Until every file is read. */
  | { name: 'waiting' }
  | { name: 'asking' }
  | { name: 'running'; runId: string; state: RunState; progress: Run['progress'] }
  /** `notRead`: names of the files that it is without; `filesInAll`: with those, and with the files in archives and mails. */
  | { name: 'done'; runId: string; isPartial: boolean; rows: number; notRead?: string[]; filesInAll?: number }
  /** `runId` is absent when it could not even begin. */
  | { name: 'failed'; runId?: string; problem: Problem };

export interface Package {
  packageId: string;
  isSample: boolean;
  /** At least one; a package that loses its last file goes. */
  files: readonly FileUpload[];
  analysis: AnalysisStep;
}

/** How a file and its document are named alike: the service names a document by the beginning of its SHA-256. */
export const documentIdOf = (hash: string): string => hash.slice(0, 16);

const isOnItsWay = ({ step }: FileUpload): boolean =>
  step.name === 'waiting' || step.name === 'hashing' || step.name === 'asking' || step.name === 'uploading';

/** Leaving the page now would lose a file. */
export const needsThePage = (packages: readonly Package[]): boolean =>
  packages.some(({ files }) => files.some(isOnItsWay));

/** `attention`: somebody has to decide before it goes on. */
type PackageState = 'working' | 'attention' | 'done' | 'failed';

/** A file that might still be read holds its package back; one that cannot be read does not. */
export const isSettled = ({ step }: FileUpload): boolean =>
  step.name === 'done' || step.name === 'same' || (step.name === 'failed' && !step.mayRetry);

const isUndecided = (step: FileStep): boolean =>
  step.name === 'duplicate' || step.name === 'lost' || (step.name === 'failed' && step.mayRetry);

/** Files that the matrix is, or will be, without. */
export const notReadOf = ({ files }: Pick<Package, 'files'>): readonly FileUpload[] =>
  files.filter(({ step }) => step.name === 'failed' || step.name === 'lost');

/** The run says their names also after a reload, which knows only those that became documents. */
export const missingNames = ({ files, analysis }: Package): readonly string[] =>
  (analysis.name === 'done' ? analysis.notRead : undefined) ?? notReadOf({ files }).map(({ fileName }) => fileName);

/** As many as were dropped, or more, when some of them hold others. */
export const filesInAll = ({ files, analysis }: Package): number =>
  Math.max(files.length, (analysis.name === 'done' ? analysis.filesInAll : undefined) ?? 0);

export const stateOf = ({ files, analysis }: Package): PackageState => {
  if (analysis.name === 'done' || analysis.name === 'failed') return analysis.name;
  if (analysis.name !== 'waiting') return 'working';
  if (files.some((file) => isOnItsWay(file) || file.step.name === 'queued' || file.step.name === 'reading')) {
    return 'working';
  }
  if (files.some(({ step }) => isUndecided(step))) {
    return 'attention';
  }
  return files.some(({ step }) => step.name === 'done') ? 'working' : 'failed';
};
