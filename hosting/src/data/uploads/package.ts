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
  | { name: 'done'; pages: number; pagesWithoutText: number; isReused: boolean }
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
  | { name: 'done'; runId: string; isPartial: boolean; rows: number }
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
  step.name === 'done' || (step.name === 'failed' && !step.mayRetry);

export const stateOf = ({ files, analysis }: Package): PackageState => {
  if (analysis.name === 'done' || analysis.name === 'failed') return analysis.name;
  if (analysis.name !== 'waiting') return 'working';
  if (files.some((file) => isOnItsWay(file) || file.step.name === 'queued' || file.step.name === 'reading')) {
    return 'working';
  }
  if (files.some(({ step }) => step.name === 'duplicate' || (step.name === 'failed' && step.mayRetry))) {
    return 'attention';
  }
  return files.some(({ step }) => step.name === 'done') ? 'working' : 'failed';
};
