/** Exports on disk: numbered folders, of which the highest is the last that was written to its end. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const COMPLETE = /^export-(\d{9})$/;
/** One more than is needed, should the newest be unreadable. */
const KEPT = 2;

export interface KeptExports {
  /** Absolute paths, newest first. */
  complete(): string[];
  /** `write` fills the empty folder it is given. Only when it succeeds does the folder count, in one rename; older ones then go. */
  add(write: (folder: string) => Promise<void>): Promise<void>;
}

export const createKeptExports = (folder: string): KeptExports => {
  const root = resolve(folder);
  mkdirSync(root, { recursive: true });
  const complete = (): string[] =>
    readdirSync(root)
      .filter((name) => COMPLETE.test(name))
      .sort()
      .reverse()
      .map((name) => join(root, name));
  return {
    complete,
    async add(write) {
      const last = Number(/\d{9}$/.exec(complete()[0] ?? '')?.[0] ?? 0);
      const path = join(root, `export-${String(last + 1).padStart(9, '0')}`);
      const unfinished = `${path}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      mkdirSync(unfinished);
      await write(unfinished);
      renameSync(unfinished, path);
      for (const old of complete().slice(KEPT)) rmSync(old, { recursive: true, force: true });
    },
  };
};
