/** What the guarantees are held against: the repositories, and a look at what only they write. */
import type { AuditEntry, UsageEvent } from '../../../functions/src/contracts/account.ts';
import type { DeadLetter } from '../../../functions/src/contracts/work.ts';
import type {
  AccountsRepository,
  AuditLog,
  ConversionsRepository,
  RateLimiter,
  RunsRepository,
  UsageRepository,
} from '../../../functions/src/repositories.ts';

export interface RepositoriesUnderTest {
  conversions: ConversionsRepository;
  runs: RunsRepository;
  accounts: AccountsRepository;
  usage: UsageRepository;
  audit: AuditLog;
  rateLimiter: RateLimiter;
  /** Of one organisation. */
  stored(orgId: string): Promise<{ deadLetters: DeadLetter[]; usage: UsageEvent[]; audit: AuditEntry[] }>;
  close(): Promise<void>;
}

/** The repositories that `beforeAll` opened; every test works in organisations of its own. */
export type Subject = () => RepositoriesUnderTest;
