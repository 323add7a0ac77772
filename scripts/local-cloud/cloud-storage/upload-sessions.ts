/** Resumable uploads, as both APIs share them: parts with Content-Range, 308 with the range that has arrived. */
import { randomBytes } from 'node:crypto';
import { parseHashHeader } from './checksums.ts';
import { type Exchange, header, type Reply } from './exchange.ts';
import type { ObjectRecord } from './object-record.ts';
import type { ObjectStore, PutRequest } from './object-store.ts';
import { invalidArgument, StorageError, tooLarge, tooSmall } from './wire-errors.ts';

/** Every part but the last has to be a multiple of this. */
const PART_UNIT_BYTES = 256 * 1024;

export interface SizeRange {
  minBytes: number;
  maxBytes: number;
}

export const ANY_SIZE: SizeRange = { minBytes: 0, maxBytes: Number.POSITIVE_INFINITY };

export const requireSize = (sizeBytes: number, range: SizeRange): void => {
  if (sizeBytes > range.maxBytes) throw tooLarge();
  if (sizeBytes < range.minBytes) throw tooSmall();
};

interface Session {
  upload: Omit<PutRequest, 'bytes'>;
  range: SizeRange;
  parts: Buffer[];
  receivedBytes: number;
  finished?: ObjectRecord;
}

interface ContentRange {
  /** Undefined: a question about what has arrived. */
  start?: number;
  totalBytes?: number;
  /** `bytes 0-*` says that this is all there is. */
  openEnd: boolean;
}

const parseContentRange = (text: string | undefined): ContentRange => {
  if (text === undefined) return { start: 0, openEnd: true };
  const [, span, total] = /^bytes (\*|\d+-(?:\d+|\*))\/(\*|\d+)$/.exec(text) ?? [];
  if (span === undefined || total === undefined) throw invalidArgument(`Failed to parse Content-Range header.`);
  const totalBytes = total === '*' ? {} : { totalBytes: Number(total) };
  if (span === '*') return { ...totalBytes, openEnd: false };
  return { ...totalBytes, start: Number(span.split('-')[0]), openEnd: span.endsWith('-*') && total === '*' };
};

const incomplete = ({ receivedBytes }: Session): Reply => ({
  status: 308,
  ...(receivedBytes > 0 ? { headers: { range: `bytes=0-${receivedBytes - 1}` } } : {}),
});

const unknownSession = (): StorageError =>
  new StorageError({
    status: 404,
    reason: 'notFound',
    xmlCode: 'NoSuchUpload',
    message: 'The requested upload was not found.',
  });

export type UploadSessions = ReturnType<typeof createUploadSessions>;

export const createUploadSessions = (store: ObjectStore) => {
  const sessions = new Map<string, Session>();
  const find = (id: string | null): Session => {
    const session = id === null ? undefined : sessions.get(id);
    if (!session) throw unknownSession();
    return session;
  };

  const finish = (session: Session, exchange: Exchange): ObjectRecord => {
    requireSize(session.receivedBytes, session.range);
    const expected = { ...session.upload.expected, ...parseHashHeader(header(exchange.headers, 'x-goog-hash')) };
    const record = store.put({ ...session.upload, expected, bytes: Buffer.concat(session.parts) });
    session.finished = record;
    session.parts = [];
    return record;
  };

  /** Keeps what follows on what is there already; bytes that came before are skipped. */
  const append = (session: Session, start: number, bytes: Buffer, isLast: boolean): void => {
    if (start > session.receivedBytes) throw invalidArgument('The part does not follow on the bytes received so far.');
    const fresh = bytes.subarray(session.receivedBytes - start);
    if (!isLast && bytes.length > 0 && bytes.length < PART_UNIT_BYTES) {
      throw invalidArgument(
        `Invalid request. The number of bytes uploaded is required to be equal or greater than ${PART_UNIT_BYTES}, except for the final request. The received request contained ${bytes.length} bytes.`,
      );
    }
    const kept = isLast ? fresh : fresh.subarray(0, fresh.length - (fresh.length % PART_UNIT_BYTES));
    session.parts.push(Buffer.from(kept));
    session.receivedBytes += kept.length;
  };

  return {
    start(upload: Omit<PutRequest, 'bytes'>, range: SizeRange): string {
      const id = randomBytes(24).toString('base64url');
      sessions.set(id, { upload, range, parts: [], receivedBytes: 0 });
      return id;
    },
    /** What a session was started for, so that a URI for one object does not write another. */
    target: (id: string | null): { bucket: string; name: string } => find(id).upload,
    cancel(id: string | null): Reply {
      find(id);
      sessions.delete(id ?? '');
      return { status: 499 };
    },
    async receive(id: string | null, exchange: Exchange): Promise<ObjectRecord | Reply> {
      const session = find(id);
      const { start, totalBytes, openEnd } = parseContentRange(header(exchange.headers, 'content-range'));
      const body = await exchange.body(session.range.maxBytes - (start ?? 0));
      if (session.finished) return session.finished;
      if (body.tooLarge || (totalBytes ?? 0) > session.range.maxBytes) {
        sessions.delete(id ?? '');
        throw tooLarge();
      }
      if (start !== undefined) {
        const isLast = body.complete && (openEnd || start + body.bytes.length === totalBytes);
        if (!body.complete && body.bytes.length < PART_UNIT_BYTES) return incomplete(session);
        append(session, start, body.bytes, isLast);
        if (isLast) return finish(session, exchange);
      } else if (totalBytes !== undefined && totalBytes === session.receivedBytes) {
        return finish(session, exchange);
      }
      return incomplete(session);
    },
  };
};

export const isReply = (answer: ObjectRecord | Reply): answer is Reply => 'status' in answer;
