/** What views may do with the packages that were handed in on this page. */
import type { Readable } from '../store.ts';
import type { KeptPackage } from './kept-packages.ts';
import type { Package } from './package.ts';

export interface UploadsData {
  /** The newest first. */
  packages: Readable<readonly Package[]>;
  /** Begins at once; a file that a package still waits for goes there. Nothing happens without files. */
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
  /** What has to be kept so that a reload loses nothing. */
  toKeep(): KeptPackage[];
  /** Goes on with packages of before a reload. */
  takeUp(kept: readonly KeptPackage[]): void;
}
