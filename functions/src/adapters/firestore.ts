/** State on Firestore. Everything of a tenant stands below `orgs/{orgId}`, so that another's id leads nowhere. */
import { AuditEntrySchema, UsageEventSchema } from '../contracts/account.ts';
import type {
  AccountsRepository,
  AuditLog,
  ConversionsRepository,
  RateLimiter,
  RunsRepository,
  UsageRepository,
} from '../repositories.ts';
import { createAccounts } from './firestore/accounts.ts';
import { createConnection, type FirestoreConfig } from './firestore/connection.ts';
import { createConversions } from './firestore/conversions.ts';
import { createDocuments } from './firestore/documents.ts';
import { auditPath, usagePath } from './firestore/paths.ts';
import { createRateLimiter } from './firestore/rate-limiter.ts';
import { createRuns } from './firestore/runs.ts';

export interface FirestoreRepositories {
  conversions: ConversionsRepository;
  runs: RunsRepository;
  accounts: AccountsRepository;
  usage: UsageRepository;
  audit: AuditLog;
  rateLimiter: RateLimiter;
  close(): Promise<void>;
}

/**
 * The library is loaded, and the connection made, with the first call; it is one for all. The library itself finds an emulator by
 * FIRESTORE_EMULATOR_HOST.
 * @throws AppError from every method: STATE_UNAVAILABLE, CONFIG_INVALID (database, rights, indexes), INTERNAL.
 */
export const createFirestoreRepositories = (config: FirestoreConfig): FirestoreRepositories => {
  const connection = createConnection(config);
  const usage = createDocuments(connection, UsageEventSchema);
  const audit = createDocuments(connection, AuditEntrySchema);
  return {
    conversions: createConversions(connection, config),
    runs: createRuns(connection, config),
    accounts: createAccounts(connection),
    usage: { record: (event) => usage.create(usagePath(event.orgId, event.usageId), event) },
    audit: {
      async record(entry) {
        // An answer that was lost is tried again, and finds the entry there.
        await audit.create(auditPath(entry.auditId), entry);
      },
    },
    rateLimiter: createRateLimiter(connection),
    close: () => connection.close(),
  };
};
