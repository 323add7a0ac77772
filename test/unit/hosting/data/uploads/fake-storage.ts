/** Cloud Storage as a browser meets it, for uploads: what it does to each request is written down before. */

import type { UploadGrant } from '../../../../../hosting/src/data/uploads/sending.ts';
import type {
  Transport,
  TransportAnswer,
  TransportRequest,
} from '../../../../../hosting/src/data/uploads/transport.ts';

export interface Seen {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  bytes: number;
}

/** Null: no answer. */
type Reply = (request: TransportRequest) => TransportAnswer | null;

export const answer = (status: number, headers: Readonly<Record<string, string>> = {}): TransportAnswer => ({
  status,
  header: (name) => headers[name] ?? null,
});

export const fakeStorage = (replies: readonly (TransportAnswer | null | Reply)[]) => {
  const seen: Seen[] = [];
  const left = [...replies];
  const transport: Transport = async (request) => {
    request.signal.throwIfAborted();
    const { method, url, headers, body } = request;
    seen.push({ method, url, headers, bytes: body?.size ?? 0 });
    const reply = left.shift();
    if (reply === undefined) throw new Error(`No reply is left for ${method} ${url}.`);
    return typeof reply === 'function' ? reply(request) : reply;
  };
  return { transport, seen, left };
};

const FAR = '2099-01-01T00:00:00.000Z';

export const grantOf = (part: Partial<UploadGrant> = {}): UploadGrant => ({
  url: 'https://storage.test/upload',
  method: 'PUT',
  headers: { 'content-type': 'application/pdf', 'x-goog-if-generation-match': '0' },
  resumable: false,
  expiresAt: FAR,
  ...part,
});
