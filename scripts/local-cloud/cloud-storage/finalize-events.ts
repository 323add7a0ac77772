/** google.cloud.storage.object.v1.finalized as Eventarc delivers it: at least once, again until the target answers 2xx. */
import { randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalIdentity } from '../identity.ts';
import { writeAtomically } from './object-files.ts';
import { type ObjectRecord, objectResource } from './object-record.ts';

export interface FinalizeTarget {
  url: string;
  /** `aud` of the ID token that comes with every delivery. */
  audience: string;
  /** The trigger's service account. */
  serviceAccountEmail: string;
}

export interface FinalizeEvent {
  /** The same in every delivery of the event. */
  id: string;
  bucket: string;
  name: string;
  generation: string;
  time: string;
  resource: Record<string, unknown>;
}

/** Eventarc's deliveries wait for an answer no longer than Pub/Sub's acknowledgement deadline. */
const ANSWER_SECONDS = 600;
const EVENT_LIFETIME_SECONDS = 24 * 3600;
const ID_DIGITS = 14;

/** Percent-encodes what a CloudEvents header value may not hold. */
const headerValue = (text: string): string =>
  text.replace(/[^\x21\x23\x24\x26-\x7e]/gu, (sign) => encodeURIComponent(sign));

export interface EventOptions {
  identity: LocalIdentity;
  now: () => Date;
  baseUrl: () => string;
  /** Events that are not delivered yet lie here and are sent after a restart. */
  folder?: string;
  /** Tests: every event comes twice, as happens in the cloud. */
  deliverTwice: boolean;
  firstRetrySeconds: number;
  longestRetrySeconds: number;
}

export const createFinalizeEvents = (options: EventOptions) => {
  const { identity, now, folder } = options;
  const targets = new Map<string, FinalizeTarget>();
  const open = new Map<string, FinalizeEvent>();
  const timers = new Set<NodeJS.Timeout>();
  const stop = new AbortController();
  const deliveries = new Set<Promise<void>>();
  const pathOf = (event: FinalizeEvent) => (folder ? join(folder, `${event.id}.json`) : undefined);

  const forget = (event: FinalizeEvent): void => {
    open.delete(event.id);
    const path = pathOf(event);
    if (path) rmSync(path, { force: true });
  };

  const post = async (event: FinalizeEvent, target: FinalizeTarget): Promise<boolean> => {
    const token = identity.mintIdToken({ audience: target.audience, email: target.serviceAccountEmail, now: now() });
    try {
      const answer = await fetch(target.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(ANSWER_SECONDS * 1000)]),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'ce-id': event.id,
          'ce-specversion': '1.0',
          'ce-type': 'google.cloud.storage.object.v1.finalized',
          'ce-source': `//storage.googleapis.com/projects/_/buckets/${event.bucket}`,
          'ce-subject': headerValue(`objects/${event.name}`),
          'ce-time': event.time,
          'ce-bucket': event.bucket,
        },
        body: JSON.stringify(event.resource),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  };

  const deliver = (event: FinalizeEvent, attempt: number): void => {
    const target = targets.get(event.bucket);
    if (!target || stop.signal.aborted) return;
    const times = options.deliverTwice ? [1, 2] : [1];
    const delivery = Promise.all(times.map(() => post(event, target))).then((answers) => {
      if (stop.signal.aborted) return;
      const ageSeconds = (now().getTime() - Date.parse(event.time)) / 1000;
      if (answers.every(Boolean) || ageSeconds > EVENT_LIFETIME_SECONDS) return forget(event);
      const waitSeconds = Math.min(options.firstRetrySeconds * 2 ** attempt, options.longestRetrySeconds);
      const timer = setTimeout(() => {
        timers.delete(timer);
        deliver(event, attempt + 1);
      }, waitSeconds * 1000);
      timers.add(timer);
    });
    deliveries.add(delivery);
    void delivery.finally(() => deliveries.delete(delivery));
  };

  const keep = (record: ObjectRecord): FinalizeEvent => {
    const event: FinalizeEvent = {
      id: `${record.generation}${String(randomInt(10 ** ID_DIGITS)).padStart(ID_DIGITS, '0')}`,
      bucket: record.bucket,
      name: record.name,
      generation: record.generation,
      time: now().toISOString(),
      resource: objectResource(record, options.baseUrl()),
    };
    open.set(event.id, event);
    const path = pathOf(event);
    if (path) writeAtomically(path, JSON.stringify(event));
    return event;
  };

  return {
    /** Reads what was left open. `isLive`: an event whose write never came to be is dropped. */
    load(isLive: (event: FinalizeEvent) => boolean): void {
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
        const event = JSON.parse(readFileSync(join(folder, name), 'utf8')) as FinalizeEvent;
        if (isLive(event)) open.set(event.id, event);
        else forget(event);
      }
    },
    /** Also sends what has been waiting for this bucket's target. */
    setTarget(bucket: string, target: FinalizeTarget): void {
      const isFirst = !targets.has(bucket);
      targets.set(bucket, target);
      if (!isFirst) return;
      for (const event of open.values()) if (event.bucket === bucket) deliver(event, 0);
    },
    /** Before a write: the event is on disk. The answer, called after the write, sends it. */
    prepare(record: ObjectRecord): () => void {
      if (!targets.has(record.bucket)) return () => undefined;
      const event = keep(record);
      return () => deliver(event, 0);
    },
    openEvents: (): number => open.size,
    async close(): Promise<void> {
      stop.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(deliveries);
    },
  };
};
