/** One local cloud to a folder: two would overwrite each other's data. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOfProcess } from './process-start.ts';

/** What `running.pid` holds: the number on its first line, the start on its second. */
interface Owner {
  pid: number;
  /** Empty where nothing tells when a process was started. */
  startedAt: string;
}

const ownerOf = (path: string): Owner | null => {
  try {
    const [pid = '', startedAt = ''] = readFileSync(path, 'utf8').split('\n');
    return { pid: Number(pid), startedAt };
  } catch {
    return null;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** False also when the number went to another process meanwhile, where that can be told. */
const isRunning = ({ pid, startedAt }: Owner): boolean => {
  if (startOfProcess(process.pid) === null) return isAlive(pid);
  return startedAt !== '' && startOfProcess(pid) === startedAt;
};

/** Answers what gives the folder back. @throws Error that names the process which has it. */
export const claimFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'running.pid');
  const owner = ownerOf(path);
  if (owner !== null && owner.pid !== process.pid && isRunning(owner)) {
    throw new Error(`mdraft runs on ${folder} already, as process ${owner.pid}. End that one first: kill ${owner.pid}`);
  }
  if (owner !== null) rmSync(path, { force: true });
  // Of two that begin at the same moment one makes the file, and the other fails.
  writeFileSync(path, `${process.pid}\n${startOfProcess(process.pid) ?? ''}\n`, { flag: 'wx' });
  return () => {
    if (ownerOf(path)?.pid === process.pid) rmSync(path, { force: true });
  };
};
