/**
 * Where state is kept. `change` functions are pure and may be called more than once: a transaction that loses is tried again.
 * Every item is reached through its organisation, so one tenant's id leads nowhere in another.
 * @throws AppError STATE_UNAVAILABLE from every method.
 */
import type { AuditEntry, Member, Organisation, UsageEvent, User } from './contracts/account.ts';
import type { Conversion, ConversionState, OcrShard } from './contracts/conversion.ts';
import type { Run, RunRow, RunWindow } from './contracts/run.ts';
import type { DeadLetter } from './contracts/work.ts';

export interface ConversionKey {
  orgId: string;
  conversionId: string;
}
export interface RunKey {
  orgId: string;
  runId: string;
}
export type ShardKey = ConversionKey & { shardId: string };
export type WindowKey = RunKey & { windowId: string };

/** What a change makes of an item, and the dead letter that is written with it, both or neither. */
export interface Change<T> {
  next: T;
  deadLetter?: DeadLetter;
}

/** `unchanged`: the change answered null; `value` is what is stored. */
export type Updated<T> = { outcome: 'changed' | 'unchanged'; value: T } | { outcome: 'missing' };

/** In one transaction: reads the item, and writes what `change` makes of it unless that is null. */
type Update<Key, T> = (key: Key, change: (current: T) => Change<T> | null) => Promise<Updated<T>>;

export interface ConversionsRepository {
  /** `exists`: nothing was written. */
  create(conversion: Conversion): Promise<'created' | 'exists'>;
  get(key: ConversionKey): Promise<Conversion | null>;
  update: Update<ConversionKey, Conversion>;
  /** By createdAt and id, newest first, deleted ones left out; `after` is the last item of the page before. */
  list(
    orgId: string,
    page: { limit: number; state?: ConversionState; after?: { createdAt: string; conversionId: string } },
  ): Promise<Conversion[]>;
  /** The item and its shards. No error when it is gone. */
  remove(key: ConversionKey): Promise<void>;
  /** Of all organisations: dueAt at or before `now`, the longest overdue first. For the sweep alone. */
  due(now: string, limit: number): Promise<Conversion[]>;

  /** Overwrites none: a shard that exists stays as it is. */
  createShards(shards: readonly OcrShard[]): Promise<void>;
  getShard(key: ShardKey): Promise<OcrShard | null>;
  /** Touches the shard's own document only. */
  updateShard: Update<ShardKey, OcrShard>;
  /** In order of index. */
  listShards(key: ConversionKey, ocrAttempt: number): Promise<OcrShard[]>;
  countOpenShards(key: ConversionKey, ocrAttempt: number): Promise<number>;
  dueShards(now: string, limit: number): Promise<OcrShard[]>;
}

export interface RowFilter {
  functionalRole?: string;
  obligation?: string;
  actor?: string;
  verification?: string;
}

export interface RunsRepository {
  create(run: Run): Promise<'created' | 'exists'>;
  get(key: RunKey): Promise<Run | null>;
  update: Update<RunKey, Run>;
  /** One blind write of `progress`, outside any transaction, dropped when the run is not analyzing; callers keep it to one a second. */
  noteProgress(key: RunKey, progress: Run['progress']): Promise<void>;
  /** By createdAt and id, newest first, deleted ones left out; `after` is the last item of the page before. */
  list(orgId: string, page: { limit: number; after?: { createdAt: string; runId: string } }): Promise<Run[]>;
  /** Runs that read this conversion. */
  listByConversion(key: ConversionKey): Promise<Run[]>;
  /** The run, its windows and its rows. */
  remove(key: RunKey): Promise<void>;
  due(now: string, limit: number): Promise<Run[]>;

  /** Overwrites none: a window that exists stays as it is. */
  createWindows(windows: readonly RunWindow[]): Promise<void>;
  getWindow(key: WindowKey): Promise<RunWindow | null>;
  /** Touches the window's own document only. */
  updateWindow: Update<WindowKey, RunWindow>;
  /** In order of ordinal. */
  listWindows(key: RunKey): Promise<RunWindow[]>;
  countOpenWindows(key: RunKey): Promise<number>;
  dueWindows(now: string, limit: number): Promise<RunWindow[]>;

  /** Makes these the run's rows: writes them, then removes every other. Doing it twice changes nothing. */
  replaceRows(key: RunKey, rows: readonly RunRow[]): Promise<void>;
  /** By position; `after` is the last position of the page before. */
  listRows(key: RunKey, page: { limit: number; after?: number; filter: RowFilter }): Promise<RunRow[]>;
}

export interface AccountsRepository {
  getUser(uid: string): Promise<User | null>;
  getMember(orgId: string, uid: string): Promise<Member | null>;
  /** User, organisation and membership together; `exists` leaves all three as they are. */
  createPersonal(user: User, organisation: Organisation, member: Member): Promise<'created' | 'exists'>;
}

export interface UsageRepository {
  /** `exists`: it was counted before. */
  record(event: UsageEvent): Promise<'created' | 'exists'>;
}

export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
}

/** Requests in the window of time that goes on, the one just counted included, and in the window before it. */
export interface RequestCount {
  current: number;
  previous: number;
}

export interface RateLimiter {
  /** Counts one request in the window that `now` falls into; windows begin at multiples of their length since 1970. */
  count(key: string, windowSeconds: number, now: Date): Promise<RequestCount>;
}
