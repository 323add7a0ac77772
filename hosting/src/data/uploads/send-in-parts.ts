/** A resumable upload, which goes on where it broke off: https://cloud.google.com/storage/docs/performing-resumable-uploads */
import { createPauses } from './patience.ts';
import {
  brokenOff,
  createGrantKeeper,
  IS_THERE,
  isGrantOver,
  isTaken,
  mayPass,
  notTaken,
  type Sending,
  type UploadGrant,
} from './sending.ts';
import type { TransportAnswer } from './transport.ts';

/** A multiple of 256 KiB, as Cloud Storage asks for. */
export const PART_BYTES = 8 * 1024 * 1024;

const RESUME_INCOMPLETE = 308;

/** What has arrived, from `Range: bytes=0-N`; without that header nothing has. */
const arrivedBytes = (answer: TransportAnswer): number => {
  const [, last] = /^bytes=0-(\d+)$/.exec(answer.header('Range') ?? '') ?? [];
  return last === undefined ? 0 : Number(last) + 1;
};

const isSessionGone = (status: number): boolean => status === 404 || status === 410;

/** `next` is the first byte that has not arrived; null: it has to be asked for. */
interface Session {
  url: string;
  next: number | null;
}

type Told = (sentBytes: number) => void;

const begin = ({ transport, signal }: Sending, { method, url, headers }: UploadGrant) =>
  transport({ method, url, headers, body: null, signal });

const ask = ({ file, transport, signal }: Sending, url: string) =>
  transport({ method: 'PUT', url, headers: { 'Content-Range': `bytes */${file.size}` }, body: null, signal });

const sendPart = ({ file, transport, signal }: Sending, url: string, from: number, told: Told) => {
  const end = Math.min(from + PART_BYTES, file.size);
  const headers = { 'Content-Range': `bytes ${from}-${end - 1}/${file.size}` };
  return transport({
    method: 'PUT',
    url,
    headers,
    body: file.slice(from, end),
    signal,
    tell: (sentBytes) => told(from + sentBytes),
  });
};

export const sendInParts = async (sending: Sending): Promise<void> => {
  let furthest = 0;
  const { wait, signal, tell } = sending;
  const tellPause = (interruptions: number): void => tell({ sentBytes: furthest, interruptions, isBroken: true });
  const pauses = createPauses({ wait, signal, tellPause }, brokenOff);
  const grants = createGrantKeeper(sending);
  const told: Told = (sentBytes) => tell({ sentBytes, interruptions: pauses.interruptions(), isBroken: false });
  let session: Session | null = null;

  const next = (grant: UploadGrant): Promise<TransportAnswer | null> => {
    if (session === null) return begin(sending, grant);
    return session.next === null ? ask(sending, session.url) : sendPart(sending, session.url, session.next, told);
  };

  for (let grant: UploadGrant | null = sending.grant; grant !== null; ) {
    const answer: TransportAnswer | null = await next(grant);
    if (answer === null || mayPass(answer.status)) {
      await pauses.pause();
      if (session !== null) session.next = null;
      else grant = await grants.valid();
    } else if (answer.status === IS_THERE && pauses.interruptions() > 0) {
      return;
    } else if (session === null) {
      const url = answer.header('Location');
      if (isTaken(answer.status) && url !== null) {
        session = { url, next: 0 };
        furthest = 0;
      } else if (isGrantOver(answer.status)) grant = await grants.afterRefusal(answer.status);
      else throw notTaken(answer.status);
    } else if (isTaken(answer.status)) {
      return;
    } else if (answer.status === RESUME_INCOMPLETE) {
      const arrived = arrivedBytes(answer);
      if (arrived > furthest) pauses.succeeded();
      else if (session.next !== null) await pauses.pause();
      furthest = Math.max(furthest, arrived);
      session.next = arrived;
      told(arrived);
    } else if (isSessionGone(answer.status)) {
      session = null;
      await pauses.pause();
      grant = await grants.valid();
    } else {
      throw notTaken(answer.status);
    }
  }
};
