/** Writes down who did what to which item. */
import type { Principal } from '../contracts/account.ts';
import { OPERATIONS, type OperationName } from '../contracts/operations.ts';
import type { Trace } from '../contracts/work.ts';
import type { Clock, IdSource } from '../ports.ts';
import type { AuditLog } from '../repositories.ts';

const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;
/** Ids and codes. What a refused request put in their place is not written down. */
const WORD = /^[\w-]{1,64}$/;

const fieldOf = (value: unknown, name: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' && WORD.test(found) ? found : undefined;
};

/** In the value itself or one level below it: `{run: {runId}}` names a run. */
const findField = (value: unknown, name: string): string | undefined =>
  fieldOf(value, name) ??
  (typeof value === 'object' && value !== null
    ? Object.values(value)
        .map((nested) => fieldOf(nested, name))
        .find((found) => found !== undefined)
    : undefined);

export const auditOperation = async (
  deps: { audit: AuditLog; clock: Clock; ids: IdSource },
  done: {
    principal: Principal;
    operation: OperationName;
    request: unknown;
    response: unknown;
    outcome: string;
    trace: Trace;
  },
): Promise<void> => {
  const { principal, operation, request, response, outcome, trace } = done;
  const now = deps.clock.now();
  const subject: Record<string, string> = {};
  for (const name of OPERATIONS[operation].audit ?? []) {
    const value = fieldOf(request, name) ?? findField(response, name);
    if (value !== undefined) subject[name] = value;
  }
  await deps.audit.record({
    auditId: deps.ids.newId(),
    orgId: principal.orgId,
    uid: principal.uid,
    operation,
    subject,
    outcome,
    requestId: trace.requestId,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
  });
};
