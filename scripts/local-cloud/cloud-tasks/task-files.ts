/** Tasks on disk: one file each, replaced whole, so that a killed process finds all of them or the state before. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Task } from './task.ts';

interface UsedName {
  queueId: string;
  taskId: string;
  endedMs: number;
  /** When the name may be used again. */
  freeMs: number;
}

export interface TaskFiles {
  put(task: Task): void;
  /** The task is gone, its name stays taken. `finished`: as it was, should it have to be delivered once more. */
  retire(name: UsedName, finished?: Task): void;
  forget(queueId: string, taskId: string): void;
  /**
   * What was not finished, and what was but not before `redoSinceMs`, oldest first; and the names that are still taken, those first
   * that are free first.
   */
  load(nowMs: number, redoSinceMs?: number): { tasks: Task[]; usedNames: UsedName[] };
}

type StoredTask = Omit<Task, 'target'> & { target: Omit<Task['target'], 'body'> & { bodyBase64: string } };
type Stored = { task: StoredTask } | { usedName: UsedName; finished?: StoredTask };

const PART_SUFFIX = '.part';

const toStored = ({ target: { body, ...target }, ...task }: Task): StoredTask => ({
  ...task,
  target: { ...target, bodyBase64: Buffer.from(body).toString('base64') },
});

const toTask = ({ target: { bodyBase64, ...target }, ...task }: StoredTask): Task => ({
  ...task,
  target: { ...target, body: Buffer.from(bodyBase64, 'base64') },
});

export const createTaskFiles = (folder: string): TaskFiles => {
  // Task names may be longer than a file's name, and differ in case only.
  const pathOf = (queueId: string, taskId: string): string =>
    join(folder, queueId, `${createHash('sha256').update(taskId).digest('hex')}.json`);

  const queueFolders = new Set<string>();

  const write = (queueId: string, taskId: string, stored: Stored): void => {
    const path = pathOf(queueId, taskId);
    if (!queueFolders.has(queueId)) mkdirSync(dirname(path), { recursive: true });
    queueFolders.add(queueId);
    writeFileSync(`${path}${PART_SUFFIX}`, JSON.stringify(stored));
    renameSync(`${path}${PART_SUFFIX}`, path);
  };

  return {
    put: (task) => write(task.queueId, task.taskId, { task: toStored(task) }),
    retire: (usedName, finished) =>
      write(usedName.queueId, usedName.taskId, { usedName, finished: finished && toStored(finished) }),
    forget: (queueId, taskId) => rmSync(pathOf(queueId, taskId), { force: true }),
    load(nowMs, redoSinceMs = Number.POSITIVE_INFINITY) {
      mkdirSync(folder, { recursive: true });
      const tasks: Task[] = [];
      const usedNames: UsedName[] = [];
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && entry.name.endsWith(PART_SUFFIX)) rmSync(path);
        if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
        const stored = JSON.parse(readFileSync(path, 'utf8')) as Stored;
        if ('task' in stored) tasks.push(toTask(stored.task));
        else if (stored.finished && stored.usedName.endedMs >= redoSinceMs) {
          // Unfinished from now on: the next start may not find what this one has found.
          write(stored.usedName.queueId, stored.usedName.taskId, { task: stored.finished });
          tasks.push(toTask(stored.finished));
        } else if (stored.usedName.freeMs > nowMs) usedNames.push(stored.usedName);
        else rmSync(path);
      }
      tasks.sort((a, b) => a.createdMs - b.createdMs);
      usedNames.sort((a, b) => a.freeMs - b.freeMs);
      return { tasks, usedNames };
    },
  };
};
