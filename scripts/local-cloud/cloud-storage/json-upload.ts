/** POST and PUT /upload/storage/v1/b/{bucket}/o: media, multipart and resumable. */
import { parseHashHeader } from './checksums.ts';
import { type Exchange, header, jsonReply, type Reply } from './exchange.ts';
import { attributesOf, objectResource } from './object-record.ts';
import { type ObjectStore, type Preconditions, type PutRequest, requirePreconditions } from './object-store.ts';
import { ANY_SIZE, isReply, requireSize, type UploadSessions } from './upload-sessions.ts';
import { invalidArgument, notFoundPath } from './wire-errors.ts';

type Resource = Readonly<Record<string, unknown>>;

const CONDITIONS = [
  'ifGenerationMatch',
  'ifGenerationNotMatch',
  'ifMetagenerationMatch',
  'ifMetagenerationNotMatch',
] as const;

const readConditions = (query: URLSearchParams, parameterOf: (name: string) => string): Preconditions => {
  const found: Preconditions = {};
  for (const name of CONDITIONS) {
    const parameter = parameterOf(name);
    const value = query.get(parameter);
    if (value === null) continue;
    if (!/^\d+$/.test(value)) throw invalidArgument(`Invalid value for ${parameter}: ${value}`);
    found[name] = value;
  }
  return found;
};

export const preconditionsFrom = (query: URLSearchParams): Preconditions => readConditions(query, (name) => name);

/** Of a copy: ifSourceGenerationMatch and so on. */
export const sourcePreconditionsFrom = (query: URLSearchParams): Preconditions =>
  readConditions(query, (name) => name.replace(/^if/, 'ifSource'));

export const parseJson = (bytes: Buffer): Resource => {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString('utf8')) as Resource;
  } catch {
    throw invalidArgument('Parse Error');
  }
};

interface Part {
  contentType: string | undefined;
  bytes: Buffer;
}

/** Two parts of multipart/related: the resource as JSON, then the bytes. */
const splitMultipart = (contentType: string, body: Buffer): [Part, Part] => {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = `--${quoted ?? bare ?? ''}`;
  const parts: Part[] = [];
  let at = boundary === '--' ? -1 : body.indexOf(boundary);
  while (at >= 0) {
    const headStart = at + boundary.length;
    const next = body.indexOf(`\r\n${boundary}`, headStart);
    const headEnd = body.indexOf('\r\n\r\n', headStart);
    if (next < 0 || headEnd < 0 || headEnd > next) break;
    const head = body.toString('latin1', headStart, headEnd);
    parts.push({ contentType: /content-type:\s*([^\r\n]+)/i.exec(head)?.[1], bytes: body.subarray(headEnd + 4, next) });
    at = next + 2;
  }
  const [resource, media] = parts;
  if (!resource || !media) throw invalidArgument('Missing end boundary in multipart body.');
  return [resource, media];
};

export const createJsonUpload = ({ store, sessions }: { store: ObjectStore; sessions: UploadSessions }) => {
  const uploadOf = (exchange: Exchange, bucket: string, resource: Resource, mediaType?: string) => {
    const text = (name: string) => (typeof resource[name] === 'string' ? { [name]: resource[name] } : {});
    const named = exchange.query.get('name') ?? resource.name;
    const contentType = resource.contentType ?? mediaType;
    const upload: Omit<PutRequest, 'bytes'> = {
      bucket,
      name: typeof named === 'string' ? named : '',
      attributes: attributesOf({ ...resource, contentType }),
      preconditions: preconditionsFrom(exchange.query),
      expected: {
        ...text('crc32c'),
        ...text('md5Hash'),
        ...parseHashHeader(header(exchange.headers, 'x-goog-hash')),
      },
    };
    return upload;
  };

  const wholeBody = async (exchange: Exchange): Promise<Buffer> => {
    const body = await exchange.body();
    if (!body.complete) throw invalidArgument('Incomplete body.');
    return body.bytes;
  };

  const startResumable = async (exchange: Exchange, bucket: string): Promise<Reply> => {
    const resource = parseJson(await wholeBody(exchange));
    const upload = uploadOf(exchange, bucket, resource, header(exchange.headers, 'x-upload-content-type'));
    if (upload.name === '') throw invalidArgument('Required');
    requirePreconditions(store.find(bucket, upload.name), upload.preconditions);
    const announced = header(exchange.headers, 'x-upload-content-length');
    if (announced !== undefined) requireSize(Number(announced), ANY_SIZE);
    const id = sessions.start(upload, ANY_SIZE);
    const query = new URLSearchParams({ uploadType: 'resumable', name: upload.name, upload_id: id });
    const location = `${exchange.baseUrl}/upload/storage/v1/b/${bucket}/o?${query}`;
    return { status: 200, headers: { location, 'x-guploader-uploadid': id } };
  };

  /** `bucket` exists; the caller is authenticated, or brings the session's id. */
  return async (exchange: Exchange, bucket: string): Promise<Reply> => {
    const id = exchange.query.get('upload_id');
    if (id !== null) {
      if (sessions.target(id).bucket !== bucket) throw invalidArgument('Invalid upload request.');
      if (exchange.method === 'DELETE') return sessions.cancel(id);
      const answer = await sessions.receive(id, exchange);
      return isReply(answer) ? answer : jsonReply(objectResource(answer, exchange.baseUrl));
    }
    if (exchange.method !== 'POST') throw notFoundPath();
    const contentType = header(exchange.headers, 'content-type');
    switch (exchange.query.get('uploadType')) {
      case 'resumable':
        return startResumable(exchange, bucket);
      case 'multipart': {
        const [resource, media] = splitMultipart(contentType ?? '', await wholeBody(exchange));
        const upload = uploadOf(exchange, bucket, parseJson(resource.bytes), media.contentType);
        return jsonReply(objectResource(store.put({ ...upload, bytes: media.bytes }), exchange.baseUrl));
      }
      case 'media': {
        const upload = uploadOf(exchange, bucket, {}, contentType);
        const record = store.put({ ...upload, bytes: await wholeBody(exchange) });
        return jsonReply(objectResource(record, exchange.baseUrl));
      }
      default:
        throw invalidArgument('Invalid upload request.');
    }
  };
};
