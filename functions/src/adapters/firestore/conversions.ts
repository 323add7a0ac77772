/** `orgs/{orgId}/conversions/{conversionId}` and its shards. */
import { ConversionSchema, OcrShardSchema } from '../../contracts/conversion.ts';
import type { ConversionsRepository } from '../../repositories.ts';
import type { Connection, FirestoreConfig } from './connection.ts';
import { createDocuments, removeAll } from './documents.ts';
import { conversionPath, organisationPath, shardPath } from './paths.ts';
import { QUERIES } from './queries.ts';

const OPEN = ['queued', 'working'];

export const createConversions = (
  connection: Connection,
  { onUnreadable }: Pick<FirestoreConfig, 'onUnreadable'>,
): ConversionsRepository => {
  const conversions = createDocuments(connection, ConversionSchema, onUnreadable);
  const shards = createDocuments(connection, OcrShardSchema, onUnreadable);
  return {
    create: (conversion) => conversions.create(conversionPath(conversion), conversion),
    get: (key) => conversions.get(conversionPath(key)),
    update: (key, change) => conversions.update(conversionPath(key), change),
    list: (orgId, { limit, state, after }) =>
      conversions.list(QUERIES.conversions, {
        parent: organisationPath(orgId),
        filters: { deletedAt: null, state },
        ...(after ? { after: [new Date(after.createdAt), after.conversionId] } : {}),
        limit,
      }),
    remove: (key) =>
      connection.callBulk(async (session) => {
        const path = conversionPath(key);
        if (path === null) return;
        await removeAll(session, QUERIES.allShards, path);
        await session.db.doc(path).delete();
      }),
    due: (now, limit) => conversions.due(QUERIES.dueConversions, now, limit),

    createShards: (all) => shards.createAll(all, shardPath),
    getShard: (key) => shards.get(shardPath(key)),
    updateShard: (key, change) => shards.update(shardPath(key), change),
    listShards: (key, ocrAttempt) =>
      shards.list(QUERIES.shards, { parent: conversionPath(key), filters: { ocrAttempt } }),
    countOpenShards: (key, ocrAttempt) =>
      shards.count(QUERIES.openShards, { parent: conversionPath(key), filters: { ocrAttempt, state: OPEN } }),
    dueShards: (now, limit) => shards.due(QUERIES.dueShards, now, limit),
  };
};
