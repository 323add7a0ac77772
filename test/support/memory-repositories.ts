/** The repositories in memory, with the semantics of those on Firestore; the same tests hold both to them. */
import type { AuditEntry, Member, Organisation, UsageEvent, User } from '../../functions/src/contracts/account.ts';
import type { Conversion, OcrShard } from '../../functions/src/contracts/conversion.ts';
import type { Run, RunRow, RunWindow } from '../../functions/src/contracts/run.ts';
import type { DeadLetter } from '../../functions/src/contracts/work.ts';
import type {
  AccountsRepository,
  AuditLog,
  Change,
  ConversionsRepository,
  RateLimiter,
  RunsRepository,
  Updated,
  UsageRepository,
} from '../../functions/src/repositories.ts';

interface Due {
  dueAt: string | null;
}

/** Values are copied in and out: nobody holds what is stored. */
class Collection<T> {
  readonly #items = new Map<string, T>();
  readonly #letters: Map<string, DeadLetter>;

  constructor(letters: Map<string, DeadLetter>) {
    this.#letters = letters;
  }

  create(key: string, value: T): 'created' | 'exists' {
    if (this.#items.has(key)) return 'exists';
    this.#items.set(key, structuredClone(value));
    return 'created';
  }

  set(key: string, value: T): void {
    this.#items.set(key, structuredClone(value));
  }

  get(key: string): T | null {
    const value = this.#items.get(key);
    return value === undefined ? null : structuredClone(value);
  }

  update(key: string, change: (current: T) => Change<T> | null): Updated<T> {
    const current = this.get(key);
    if (current === null) return { outcome: 'missing' };
    const changed = change(structuredClone(current));
    if (changed === null) return { outcome: 'unchanged', value: current };
    this.set(key, changed.next);
    const { deadLetter } = changed;
    if (deadLetter) this.#letters.set(deadLetter.deadLetterId, structuredClone(deadLetter));
    return { outcome: 'changed', value: structuredClone(changed.next) };
  }

  remove(isGone: (key: string) => boolean): void {
    for (const key of [...this.#items.keys()]) if (isGone(key)) this.#items.delete(key);
  }

  all(): T[] {
    return [...this.#items.values()].map((value) => structuredClone(value));
  }

  under(prefix: string): T[] {
    return [...this.#items].filter(([key]) => key.startsWith(prefix)).map(([, value]) => structuredClone(value));
  }
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

const dueOf = <T extends Due>(items: readonly T[], now: string, limit: number): T[] =>
  items
    .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
    .sort((a, b) => compare(a.dueAt ?? '', b.dueAt ?? ''))
    .slice(0, limit);

export interface MemoryRepositories {
  conversions: ConversionsRepository;
  runs: RunsRepository;
  accounts: AccountsRepository;
  usage: UsageRepository;
  audit: AuditLog;
  rateLimiter: RateLimiter;
  /** All that is stored, for a test to look at. */
  stored: {
    conversions(): Conversion[];
    shards(): OcrShard[];
    runs(): Run[];
    windows(): RunWindow[];
    rows(): RunRow[];
    usage(): UsageEvent[];
    audit(): AuditEntry[];
    deadLetters(): DeadLetter[];
  };
}

const inOrg = ({ orgId }: { orgId: string }, ...ids: string[]): string => `${[orgId, ...ids].join('/')}/`;

const createConversions = (
  conversions: Collection<Conversion>,
  shards: Collection<OcrShard>,
): ConversionsRepository => {
  const shardsOf = (key: { orgId: string; conversionId: string }, ocrAttempt: number): OcrShard[] =>
    shards
      .under(inOrg(key, key.conversionId))
      .filter((shard) => shard.ocrAttempt === ocrAttempt)
      .sort((a, b) => a.index - b.index);
  return {
    create: async (conversion) => conversions.create(inOrg(conversion, conversion.conversionId), conversion),
    get: async (key) => conversions.get(inOrg(key, key.conversionId)),
    update: async (key, change) => conversions.update(inOrg(key, key.conversionId), change),
    list: async (orgId, { limit, state, after }) =>
      conversions
        .under(inOrg({ orgId }))
        .filter((each) => each.deletedAt === undefined && (state === undefined || each.state === state))
        .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(b.conversionId, a.conversionId))
        .filter(
          ({ createdAt, conversionId }) =>
            !after ||
            createdAt < after.createdAt ||
            (createdAt === after.createdAt && conversionId < after.conversionId),
        )
        .slice(0, limit),
    remove: async (key) => {
      const prefix = inOrg(key, key.conversionId);
      shards.remove((each) => each.startsWith(prefix));
      conversions.remove((each) => each === prefix);
    },
    due: async (now, limit) => dueOf(conversions.all(), now, limit),
    createShards: async (all) => {
      for (const shard of all) shards.create(inOrg(shard, shard.conversionId, shard.shardId), shard);
    },
    getShard: async (key) => shards.get(inOrg(key, key.conversionId, key.shardId)),
    updateShard: async (key, change) => shards.update(inOrg(key, key.conversionId, key.shardId), change),
    listShards: async (key, ocrAttempt) => shardsOf(key, ocrAttempt),
    countOpenShards: async (key, ocrAttempt) =>
      shardsOf(key, ocrAttempt).filter(({ state }) => state === 'queued' || state === 'working').length,
    dueShards: async (now, limit) => dueOf(shards.all(), now, limit),
  };
};

const createRuns = (
  runs: Collection<Run>,
  windows: Collection<RunWindow>,
  rows: Collection<RunRow>,
): RunsRepository => ({
  create: async (run) => runs.create(inOrg(run, run.runId), run),
  get: async (key) => runs.get(inOrg(key, key.runId)),
  update: async (key, change) => runs.update(inOrg(key, key.runId), change),
  noteProgress: async (key, progress) => {
    runs.update(inOrg(key, key.runId), (run) => (run.state === 'analyzing' ? { next: { ...run, progress } } : null));
  },
  list: async (orgId, { limit, after }) =>
    runs
      .under(inOrg({ orgId }))
      .filter(({ deletedAt }) => deletedAt === undefined)
      .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(b.runId, a.runId))
      .filter(
        ({ createdAt, runId }) =>
          !after || createdAt < after.createdAt || (createdAt === after.createdAt && runId < after.runId),
      )
      .slice(0, limit),
  listByConversion: async ({ orgId, conversionId }) =>
    runs.under(inOrg({ orgId })).filter(({ conversionIds }) => conversionIds.includes(conversionId)),
  remove: async (key) => {
    const prefix = inOrg(key, key.runId);
    rows.remove((each) => each.startsWith(prefix));
    windows.remove((each) => each.startsWith(prefix));
    runs.remove((each) => each === prefix);
  },
  due: async (now, limit) => dueOf(runs.all(), now, limit),
  createWindows: async (all) => {
    for (const window of all) windows.create(inOrg(window, window.runId, window.windowId), window);
  },
  getWindow: async (key) => windows.get(inOrg(key, key.runId, key.windowId)),
  updateWindow: async (key, change) => windows.update(inOrg(key, key.runId, key.windowId), change),
  listWindows: async (key) => windows.under(inOrg(key, key.runId)).sort((a, b) => a.ordinal - b.ordinal),
  countOpenWindows: async (key) =>
    windows.under(inOrg(key, key.runId)).filter(({ state }) => state === 'queued' || state === 'working').length,
  dueWindows: async (now, limit) => dueOf(windows.all(), now, limit),
  replaceRows: async (key, all) => {
    for (const row of all) rows.set(inOrg(key, key.runId, row.rowId), row);
    const kept = new Set(all.map(({ rowId }) => inOrg(key, key.runId, rowId)));
    rows.remove((each) => each.startsWith(inOrg(key, key.runId)) && !kept.has(each));
  },
  listRows: async (key, { limit, after = -1, filter }) =>
    rows
      .under(inOrg(key, key.runId))
      .filter((row) => row.position > after)
      .filter((row) =>
        Object.entries(filter).every(([field, value]) => value === undefined || row[field as keyof RunRow] === value),
      )
      .sort((a, b) => a.position - b.position)
      .slice(0, limit),
});

export const createMemoryRepositories = (): MemoryRepositories => {
  const deadLetters = new Map<string, DeadLetter>();
  const conversions = new Collection<Conversion>(deadLetters);
  const shards = new Collection<OcrShard>(deadLetters);
  const runs = new Collection<Run>(deadLetters);
  const windows = new Collection<RunWindow>(deadLetters);
  const rows = new Collection<RunRow>(deadLetters);
  const usage = new Collection<UsageEvent>(deadLetters);
  const users = new Collection<User>(deadLetters);
  const organisations = new Collection<Organisation>(deadLetters);
  const members = new Collection<Member>(deadLetters);
  const audit = new Collection<AuditEntry>(deadLetters);
  const counts = new Map<string, number>();
  return {
    conversions: createConversions(conversions, shards),
    runs: createRuns(runs, windows, rows),
    accounts: {
      getUser: async (uid) => users.get(uid),
      getMember: async (orgId, uid) => members.get(inOrg({ orgId }, uid)),
      createPersonal: async (user, organisation, member) => {
        const memberKey = inOrg(organisation, member.uid);
        if (users.get(user.uid) ?? organisations.get(organisation.orgId) ?? members.get(memberKey)) return 'exists';
        users.set(user.uid, user);
        organisations.set(organisation.orgId, organisation);
        members.set(memberKey, member);
        return 'created';
      },
    },
    usage: { record: async (event) => usage.create(inOrg(event, event.usageId), event) },
    audit: {
      record: async (entry) => {
        audit.create(entry.auditId, entry);
      },
    },
    rateLimiter: {
      count: async (key, windowSeconds, now) => {
        const slot = Math.floor(now.getTime() / 1000 / windowSeconds);
        const current = (counts.get(`${key}:${windowSeconds}:${slot}`) ?? 0) + 1;
        counts.set(`${key}:${windowSeconds}:${slot}`, current);
        return { current, previous: counts.get(`${key}:${windowSeconds}:${slot - 1}`) ?? 0 };
      },
    },
    stored: {
      conversions: () => conversions.all(),
      shards: () => shards.all(),
      runs: () => runs.all(),
      windows: () => windows.all(),
      rows: () => rows.all(),
      usage: () => usage.all(),
      audit: () => audit.all(),
      deadLetters: () => structuredClone([...deadLetters.values()]),
    },
  };
};
