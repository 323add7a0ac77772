/** The XML API at /bucket/object: signed URLs, and the session URIs that a signed POST hands out. */
import type { KeyObject } from 'node:crypto';
import { parseHashHeader } from './checksums.ts';
import { downloadReply, type Exchange, header, type Reply } from './exchange.ts';
import { attributesOf, type ObjectAttributes, type ObjectRecord, objectHeaders } from './object-record.ts';
import { type ObjectStore, type Preconditions, type PutRequest, requirePreconditions } from './object-store.ts';
import { requireSignature } from './signed-url.ts';
import { ANY_SIZE, isReply, requireSize, type SizeRange, type UploadSessions } from './upload-sessions.ts';
import { invalidArgument, StorageError, tooLarge } from './wire-errors.ts';

interface Target {
  bucket: string;
  name: string;
}

export const xmlTarget = (path: string): Target => {
  const [, bucket = '', ...rest] = path.split('/');
  return { bucket: decodeURIComponent(bucket), name: rest.map(decodeURIComponent).join('/') };
};

const sizeRangeOf = (exchange: Exchange): SizeRange => {
  const text = header(exchange.headers, 'x-goog-content-length-range');
  if (text === undefined) return ANY_SIZE;
  const [, minBytes, maxBytes] = /^(\d+),(\d+)$/.exec(text.replace(/\s/g, '')) ?? [];
  if (maxBytes === undefined) throw invalidArgument('Invalid argument.', 'x-goog-content-length-range');
  return { minBytes: Number(minBytes), maxBytes: Number(maxBytes) };
};

const preconditionsOf = ({ headers }: Exchange): Preconditions => {
  const generation = header(headers, 'x-goog-if-generation-match');
  const metageneration = header(headers, 'x-goog-if-metageneration-match');
  return {
    ...(generation === undefined ? {} : { ifGenerationMatch: generation }),
    ...(metageneration === undefined ? {} : { ifMetagenerationMatch: metageneration }),
  };
};

const attributesFrom = ({ headers }: Exchange): ObjectAttributes => {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-goog-meta-'))
    .map(([name, value]) => [name.slice('x-goog-meta-'.length), String(value)]);
  return attributesOf({
    contentType: header(headers, 'content-type'),
    contentEncoding: header(headers, 'content-encoding'),
    contentDisposition: header(headers, 'content-disposition'),
    contentLanguage: header(headers, 'content-language'),
    cacheControl: header(headers, 'cache-control'),
    ...(metadata.length > 0 ? { metadata: Object.fromEntries(metadata) } : {}),
  });
};

const uploadOf = (exchange: Exchange, { bucket, name }: Target): Omit<PutRequest, 'bytes'> => {
  const md5Hash = header(exchange.headers, 'content-md5');
  return {
    bucket,
    name,
    attributes: attributesFrom(exchange),
    preconditions: preconditionsOf(exchange),
    expected: {
      ...parseHashHeader(header(exchange.headers, 'x-goog-hash')),
      ...(md5Hash === undefined ? {} : { md5Hash }),
    },
  };
};

const uploaded = (record: ObjectRecord): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=UTF-8', ...objectHeaders(record) },
});

export const createXmlApi = (options: {
  store: ObjectStore;
  sessions: UploadSessions;
  publicKey: KeyObject;
  now: () => Date;
}) => {
  const { store, sessions, publicKey, now } = options;

  const put = async (exchange: Exchange, target: Target): Promise<Reply> => {
    const upload = uploadOf(exchange, target);
    const range = sizeRangeOf(exchange);
    const announced = header(exchange.headers, 'content-length');
    const body = await exchange.body(range.maxBytes);
    if (body.tooLarge || Number(announced ?? 0) > range.maxBytes) throw tooLarge();
    if (!body.complete) throw invalidArgument('Incomplete body.');
    requireSize(body.bytes.length, range);
    return uploaded(store.put({ ...upload, bytes: body.bytes }));
  };

  const startResumable = async (exchange: Exchange, target: Target): Promise<Reply> => {
    if (header(exchange.headers, 'x-goog-resumable') !== 'start') {
      throw invalidArgument('Invalid argument.', 'x-goog-resumable: start is missing.');
    }
    await exchange.body();
    const upload = uploadOf(exchange, target);
    requirePreconditions(store.find(target.bucket, target.name), upload.preconditions);
    const range = sizeRangeOf(exchange);
    const announced = header(exchange.headers, 'x-upload-content-length');
    if (announced !== undefined) requireSize(Number(announced), range);
    const id = sessions.start(upload, range);
    const location = `${exchange.baseUrl}${exchange.path}?upload_id=${id}`;
    return { status: 201, headers: { location, 'x-guploader-uploadid': id } };
  };

  const continueResumable = async (exchange: Exchange, target: Target): Promise<Reply> => {
    const id = exchange.query.get('upload_id');
    const started = sessions.target(id);
    if (started.bucket !== target.bucket || started.name !== target.name) throw invalidArgument('Invalid argument.');
    if (exchange.method === 'DELETE') return sessions.cancel(id);
    if (exchange.method !== 'PUT') throw invalidArgument('Invalid argument.');
    const answer = await sessions.receive(id, exchange);
    return isReply(answer) ? answer : uploaded(answer);
  };

  const get = (exchange: Exchange, { bucket, name }: Target): Reply => {
    const record = store.get(bucket, name, exchange.query.get('generation'));
    requirePreconditions(record, preconditionsOf(exchange));
    const disposition = exchange.query.get('response-content-disposition');
    const type = exchange.query.get('response-content-type');
    const shown = {
      ...record,
      ...(disposition === null ? {} : { contentDisposition: disposition }),
      ...(type === null ? {} : { contentType: type }),
    };
    return downloadReply(exchange, shown, store.bytes(record));
  };

  return async (exchange: Exchange): Promise<Reply> => {
    const target = xmlTarget(exchange.path);
    store.bucket(target.bucket);
    if (exchange.query.has('upload_id')) return continueResumable(exchange, target);
    requireSignature(exchange, publicKey, now());
    switch (exchange.method) {
      case 'PUT':
        return put(exchange, target);
      case 'POST':
        return startResumable(exchange, target);
      case 'GET':
      case 'HEAD':
        return get(exchange, target);
      case 'DELETE':
        store.remove(store.get(target.bucket, target.name, exchange.query.get('generation')));
        return { status: 204 };
      default:
        throw new StorageError({
          status: 405,
          reason: 'invalid',
          xmlCode: 'MethodNotAllowed',
          message: 'The specified method is not allowed against this resource.',
        });
    }
  };
};
