/** The packages of the page, the newest first, and their changes. What is not there is left alone. */
import { createStore, type Readable } from '../store.ts';
import type { FileUpload, Package } from './package.ts';

export interface PackageStore {
  packages: Readable<readonly Package[]>;
  find(packageId: string): Package | undefined;
  put(added: Package, place: 'first' | 'last'): void;
  changePackage(packageId: string, change: (current: Package) => Package): void;
  changeFile(packageId: string, fileId: string, part: Partial<FileUpload>): void;
  removeFile(packageId: string, fileId: string): void;
  remove(packageId: string): void;
}

export const createPackageStore = (): PackageStore => {
  const packages = createStore<readonly Package[]>([]);
  const changePackage: PackageStore['changePackage'] = (packageId, change) =>
    packages.update((all) => all.map((each) => (each.packageId === packageId ? change(each) : each)));
  return {
    packages,
    find: (packageId) => packages.get().find((each) => each.packageId === packageId),
    put: (added, place) => packages.update((all) => (place === 'first' ? [added, ...all] : [...all, added])),
    changePackage,
    changeFile: (packageId, fileId, part) =>
      changePackage(packageId, (current) => ({
        ...current,
        files: current.files.map((file) => (file.fileId === fileId ? { ...file, ...part } : file)),
      })),
    removeFile: (packageId, fileId) =>
      changePackage(packageId, (current) => ({
        ...current,
        files: current.files.filter((each) => each.fileId !== fileId),
      })),
    remove: (packageId) => packages.update((all) => all.filter((each) => each.packageId !== packageId)),
  };
};
