/** Where each document stands. A path is null when an id could not name a document: what it would name does not exist. */
import type { ConversionKey, RunKey, ShardKey, WindowKey } from '../../repositories.ts';

const MAX_ID_BYTES = 1500;
/** Firestore refuses these, and a slash would lead to another document. https://firebase.google.com/docs/firestore/quotas */
const isDocumentId = (id: string): boolean =>
  id !== '' && id !== '.' && id !== '..' && !/\/|^__.*__$/s.test(id) && Buffer.byteLength(id) <= MAX_ID_BYTES;

export type DocumentPath = string | null;

/** `…collection, id, collection, id`. */
const documentPath = (...segments: readonly string[]): DocumentPath =>
  segments.every((segment, index) => index % 2 === 0 || isDocumentId(segment)) ? segments.join('/') : null;

export const organisationPath = (orgId: string): DocumentPath => documentPath('orgs', orgId);
export const memberPath = (orgId: string, uid: string): DocumentPath => documentPath('orgs', orgId, 'members', uid);
export const userPath = (uid: string): DocumentPath => documentPath('users', uid);
export const usagePath = (orgId: string, usageId: string): DocumentPath =>
  documentPath('orgs', orgId, 'usage', usageId);
export const auditPath = (auditId: string): DocumentPath => documentPath('audit', auditId);
export const deadLetterPath = (deadLetterId: string): DocumentPath => documentPath('deadLetters', deadLetterId);
export const rateLimitPath = (id: string): DocumentPath => documentPath('rateLimits', id);

export const conversionPath = ({ orgId, conversionId }: ConversionKey): DocumentPath =>
  documentPath('orgs', orgId, 'conversions', conversionId);
export const shardPath = ({ orgId, conversionId, shardId }: ShardKey): DocumentPath =>
  documentPath('orgs', orgId, 'conversions', conversionId, 'shards', shardId);
export const runPath = ({ orgId, runId }: RunKey): DocumentPath => documentPath('orgs', orgId, 'runs', runId);
export const windowPath = ({ orgId, runId, windowId }: WindowKey): DocumentPath =>
  documentPath('orgs', orgId, 'runs', runId, 'windows', windowId);
export const rowPath = ({ orgId, runId, rowId }: RunKey & { rowId: string }): DocumentPath =>
  documentPath('orgs', orgId, 'runs', runId, 'rows', rowId);

/** For writing, where an id that names nothing is a mistake of the caller. */
export const mustBePath = (path: DocumentPath): string => {
  if (path === null)
    throw new RangeError('An id cannot name a document: it is empty, reserved, too long or has a slash.');
  return path;
};
