/** One local cloud to a folder: two would overwrite each other's data. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const ownerOf = (path: string): number | null => {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch {
    return null;
  }
};

/** Answers what gives the folder back. @throws Error that names the process which has it. */
export const claimFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'running.pid');
  const owner = ownerOf(path);
  if (owner !== null && owner !== process.pid && isAlive(owner)) {
    throw new Error(`mdraft runs on ${folder} already, as process ${owner}. End that one first: kill ${owner}`);
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
};
