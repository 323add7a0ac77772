/** Exports on disk: numbered folders, of which the highest is the last that was written to its end. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';

const COMPLETE = /^export-(\d{9})$/;
/** One more than is needed, should the newest be unreadable. */
const KEPT = 2;

export interface KeptExports {
  /** Absolute paths, newest first. */
  complete(): string[];
  /**
   * `write` fills the empty folder it is given. Only when it succeeds does the folder count, in one rename; older ones then go.
   * The folder's time is that of the beginning: everything before is in it.
   */
  add(write: (folder: string) => Promise<void>): Promise<void>;
}

/** When the newest complete export began, in milliseconds since 1970; null when there is none. */
export const lastExportMs = (folder: string): number | null => {
  const [newest] = createKeptExports(folder).complete();
  return newest === undefined ? null : statSync(newest).mtimeMs;
};

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
      const begunAt = new Date();
      await write(unfinished);
      utimesSync(unfinished, begunAt, begunAt);
      renameSync(unfinished, path);
      for (const old of complete().slice(KEPT)) rmSync(old, { recursive: true, force: true });
    },
  };
};
