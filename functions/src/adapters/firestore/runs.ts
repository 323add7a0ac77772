/** `orgs/{orgId}/runs/{runId}`, its windows and its rows. */
import { type Run, type RunRow, RunRowSchema, RunSchema, RunWindowSchema } from '../../contracts/run.ts';
import type { RunKey, RunsRepository } from '../../repositories.ts';
import { commitInBatches, type RepeatableWrite } from './commit-in-batches.ts';
import type { Connection, FirestoreConfig, Session } from './connection.ts';
import { createDocuments, readSnapshot, removeAll } from './documents.ts';
import { mustBePath, organisationPath, rowPath, runPath, windowPath } from './paths.ts';
import { QUERIES } from './queries.ts';
import { toStored } from './stored-form.ts';
import { FAILED_PRECONDITION, NOT_FOUND, statusOf } from './translate-error.ts';

const OPEN = ['queued', 'working'];

/**
 * One read and one write on condition that the run is still as it was read. Whoever changed it in between has won, and this note
 * is dropped: a run that was settled meanwhile keeps its state and its last figures, and the next note brings newer ones.
 */
const noteProgress = async ({ db }: Session, path: string, progress: Run['progress']): Promise<void> => {
  const read = await db.doc(path).get();
  if (!read.exists || !read.updateTime || readSnapshot(RunSchema, read).state !== 'analyzing') return;
  try {
    await read.ref.update({ progress }, { lastUpdateTime: read.updateTime });
  } catch (error) {
    if (![FAILED_PRECONDITION, NOT_FOUND].includes(statusOf(error))) throw error;
  }
};

function* rowWrites(key: RunKey, rows: readonly RunRow[]): Generator<RepeatableWrite> {
  for (const row of rows) {
    const path = mustBePath(rowPath({ ...key, rowId: row.rowId }));
    yield { write: 'set', path, data: toStored(RunRowSchema, row) };
  }
}

export const createRuns = (
  connection: Connection,
  { onUnreadable }: Pick<FirestoreConfig, 'onUnreadable'>,
): RunsRepository => {
  const runs = createDocuments(connection, RunSchema, onUnreadable);
  const windows = createDocuments(connection, RunWindowSchema, onUnreadable);
  const rows = createDocuments(connection, RunRowSchema);
  const below = (key: RunKey) => ({ parent: runPath(key) });
  return {
    create: (run) => runs.create(runPath(run), run),
    get: (key) => runs.get(runPath(key)),
    update: (key, change) => runs.update(runPath(key), change),
    async noteProgress(key, progress) {
      const path = runPath(key);
      if (path !== null) await connection.call((session) => noteProgress(session, path, progress));
    },
    list: (orgId, { limit, after }) =>
      runs.list(QUERIES.runs, {
        parent: organisationPath(orgId),
        filters: { deletedAt: null },
        ...(after ? { after: [new Date(after.createdAt), after.runId] } : {}),
        limit,
      }),
    listByConversion: ({ orgId, conversionId }) =>
      runs.list(QUERIES.runsOfConversion, {
        parent: organisationPath(orgId),
        filters: { conversionIds: conversionId },
      }),
    remove: (key) =>
      connection.callBulk(async (session) => {
        const path = runPath(key);
        if (path === null) return;
        await removeAll(session, QUERIES.allRows, path);
        await removeAll(session, QUERIES.allWindows, path);
        await session.db.doc(path).delete();
      }),
    due: (now, limit) => runs.due(QUERIES.dueRuns, now, limit),

    createWindows: (all) => windows.createAll(all, windowPath),
    getWindow: (key) => windows.get(windowPath(key)),
    updateWindow: (key, change) => windows.update(windowPath(key), change),
    listWindows: (key) => windows.list(QUERIES.windows, below(key)),
    countOpenWindows: (key) => windows.count(QUERIES.openWindows, { ...below(key), filters: { state: OPEN } }),
    dueWindows: (now, limit) => windows.due(QUERIES.dueWindows, now, limit),

    replaceRows: (key, all) =>
      connection.callBulk(async (session) => {
        const kept = new Set(all.map(({ rowId }) => rowId));
        await commitInBatches(session, rowWrites(key, all));
        // All that are kept are there now: unless there are more, nothing is to be listed, at a read for each row.
        const stored = await rows.count(QUERIES.allRows, below(key));
        if (stored > kept.size) await removeAll(session, QUERIES.allRows, runPath(key), (rowId) => kept.has(rowId));
      }),
    listRows: (key, { limit, after, filter }) =>
      rows.list(QUERIES.rows, {
        ...below(key),
        filters: { ...filter },
        limit,
        ...(after === undefined ? {} : { after: [after] }),
      }),
  };
};
