/** The JSON API: metadata, reads, lists, copies and deletes; with /storage/v1 before the path or without. */
import { downloadReply, type Exchange, header, jsonReply, type Reply } from './exchange.ts';
import { createJsonUpload, parseJson, preconditionsFrom, sourcePreconditionsFrom } from './json-upload.ts';
import { attributesOf, type ObjectRecord, objectResource } from './object-record.ts';
import { type BucketConfig, matchesOnlyUnwanted, type ObjectStore, requirePreconditions } from './object-store.ts';
import type { UploadSessions } from './upload-sessions.ts';
import { invalidArgument, notFoundPath, StorageError } from './wire-errors.ts';

const LARGEST_PAGE = 1000;

/** Whether a path belongs to this API; everything else is /bucket/object. */
export const isJsonPath = (path: string): boolean =>
  /^\/(?:(?:upload\/|download\/)?storage\/v1\/)?b(?:\/|$)/.test(path);

const requireBearer = (exchange: Exchange, isAccessToken: (token: string) => boolean): void => {
  const [, token] = /^Bearer (\S+)$/i.exec(header(exchange.headers, 'authorization') ?? '') ?? [];
  if (token !== undefined && isAccessToken(token)) return;
  throw new StorageError({
    status: 401,
    reason: token === undefined ? 'required' : 'authError',
    xmlCode: 'AuthenticationRequired',
    message:
      token === undefined
        ? 'Anonymous caller does not have storage access to the Google Cloud Storage object. Permission denied on resource (or it may not exist).'
        : 'Invalid Credentials',
    location: { type: 'header', name: 'Authorization' },
  });
};

const bucketResource = (bucket: BucketConfig, baseUrl: string): Record<string, unknown> => ({
  kind: 'storage#bucket',
  id: bucket.name,
  name: bucket.name,
  selfLink: `${baseUrl}/storage/v1/b/${bucket.name}`,
  location: bucket.location,
  locationType: 'region',
  storageClass: 'STANDARD',
  metageneration: '1',
  ...(bucket.cors ? { cors: bucket.cors } : {}),
  ...(bucket.lifecycle ? { lifecycle: bucket.lifecycle } : {}),
});

interface Page {
  items: ObjectRecord[];
  prefixes: string[];
  /** The last name of this page, when there are more. */
  next?: string;
}

const pageOf = (
  records: readonly ObjectRecord[],
  { after, limit, prefix, delimiter }: { after: string; limit: number; prefix: string; delimiter: string },
): Page => {
  const items: ObjectRecord[] = [];
  const prefixes = new Set<string>();
  let last = after;
  for (const record of records) {
    const cut = delimiter === '' ? -1 : record.name.indexOf(delimiter, prefix.length);
    const folder = cut < 0 ? undefined : record.name.slice(0, cut + delimiter.length);
    if (folder !== undefined && (prefixes.has(folder) || after.startsWith(folder))) continue;
    if (items.length + prefixes.size === limit) return { items, prefixes: [...prefixes], next: last };
    if (folder === undefined) items.push(record);
    else prefixes.add(folder);
    last = record.name;
  }
  return { items, prefixes: [...prefixes] };
};

export const createJsonApi = (options: {
  store: ObjectStore;
  sessions: UploadSessions;
  isAccessToken: (token: string) => boolean;
}) => {
  const { store, isAccessToken } = options;
  const upload = createJsonUpload(options);

  const list = ({ query, baseUrl }: Exchange, bucket: string): Reply => {
    const limit = Math.min(Number(query.get('maxResults') ?? LARGEST_PAGE), LARGEST_PAGE);
    if (!Number.isInteger(limit) || limit < 1) throw invalidArgument('Invalid value for maxResults.');
    const prefix = query.get('prefix') ?? '';
    const after = Buffer.from(query.get('pageToken') ?? '', 'base64url').toString('utf8');
    const { items, prefixes, next } = pageOf(store.list(bucket, prefix, after), {
      after,
      limit,
      prefix,
      delimiter: query.get('delimiter') ?? '',
    });
    return jsonReply({
      kind: 'storage#objects',
      ...(items.length > 0 ? { items: items.map((record) => objectResource(record, baseUrl)) } : {}),
      ...(prefixes.length > 0 ? { prefixes } : {}),
      ...(next === undefined ? {} : { nextPageToken: Buffer.from(next).toString('base64url') }),
    });
  };

  const read = (exchange: Exchange, bucket: string, name: string): Reply => {
    const { query } = exchange;
    const wanted = preconditionsFrom(query);
    const record = store.get(bucket, name, query.get('generation'));
    if (matchesOnlyUnwanted(record, wanted)) return { status: 304 };
    requirePreconditions(record, wanted);
    if (query.get('alt') !== 'media') return jsonReply(objectResource(record, exchange.baseUrl));
    return downloadReply(exchange, record, store.bytes(record));
  };

  const change = async (exchange: Exchange, bucket: string, name: string): Promise<Reply> => {
    const { bytes } = await exchange.body();
    const record = store.get(bucket, name, exchange.query.get('generation'));
    requirePreconditions(record, preconditionsFrom(exchange.query));
    return jsonReply(objectResource(store.patch(record, attributesOf(parseJson(bytes))), exchange.baseUrl));
  };

  const remove = (exchange: Exchange, bucket: string, name: string): Reply => {
    const wanted = preconditionsFrom(exchange.query);
    const record = store.get(bucket, name, exchange.query.get('generation'));
    requirePreconditions(record, wanted);
    store.remove(record);
    return { status: 204 };
  };

  const rewrite = async (exchange: Exchange, source: ObjectRecord, bucket: string, name: string): Promise<Reply> => {
    const resource = parseJson((await exchange.body()).bytes);
    requirePreconditions(source, sourcePreconditionsFrom(exchange.query));
    const record = store.put({
      bucket,
      name,
      bytes: store.bytes(source),
      attributes: { ...attributesOf({ ...source }), ...attributesOf(resource) },
      preconditions: preconditionsFrom(exchange.query),
      expected: {},
    });
    return jsonReply({
      kind: 'storage#rewriteResponse',
      totalBytesRewritten: String(record.sizeBytes),
      objectSize: String(record.sizeBytes),
      done: true,
      resource: objectResource(record, exchange.baseUrl),
    });
  };

  const onObject = async (exchange: Exchange, bucket: string, name: string): Promise<Reply> => {
    switch (exchange.method) {
      case 'GET':
        return read(exchange, bucket, name);
      case 'PATCH':
        return change(exchange, bucket, name);
      case 'DELETE':
        return remove(exchange, bucket, name);
      default:
        throw notFoundPath();
    }
  };

  return async (exchange: Exchange): Promise<Reply> => {
    const isUpload = exchange.path.startsWith('/upload/');
    const isSession = isUpload && exchange.query.has('upload_id');
    if (!isSession) requireBearer(exchange, isAccessToken);
    const [, bucket = '', o, name = '', verb, b2, bucket2 = '', o2, name2 = ''] = exchange.path
      .replace(/^(\/(upload|download))?\/storage\/v1/, '')
      .split('/')
      .slice(1)
      .map(decodeURIComponent);
    const config = store.bucket(bucket);
    if (isUpload) return upload(exchange, bucket);
    if (o === undefined && exchange.method === 'GET') return jsonReply(bucketResource(config, exchange.baseUrl));
    if (o !== 'o') throw notFoundPath();
    if (name === '' && exchange.method === 'GET') return list(exchange, bucket);
    if (verb === undefined) return onObject(exchange, bucket, name);
    if (verb !== 'rewriteTo' || b2 !== 'b' || o2 !== 'o' || exchange.method !== 'POST') throw notFoundPath();
    store.bucket(bucket2);
    return rewrite(exchange, store.get(bucket, name, exchange.query.get('sourceGeneration')), bucket2, name2);
  };
};
