/** Runs one operation for whoever asks, by callable or REST: the same steps in the same order. */
import type { Identity, Principal } from '../contracts/account.ts';
import {
  type Handlers,
  OPERATIONS,
  type OperationName,
  type OperationSpec,
  type RateLimitName,
  type Scope,
} from '../contracts/operations.ts';
import type { Trace } from '../contracts/work.ts';
import { AppError, asAppError } from '../errors.ts';
import type { Logger } from '../ports.ts';
import { parseRequest } from './parse-request.ts';

export interface AuditedOperation {
  principal: Principal;
  operation: OperationName;
  /** As it came, and as it is answered: the entry takes the ids that the operation names, nothing else. */
  request: unknown;
  response: unknown;
  /** "ok", or the reason of the refusal. */
  outcome: string;
  trace: Trace;
}

export interface OperationDeps {
  logger: Logger;
  handlers: Handlers;
  principalOf(identity: Identity): Promise<Principal>;
  /** @throws AppError RATE_LIMITED. */
  limitAddress(address: string, limit: RateLimitName): Promise<void>;
  /** @throws AppError RATE_LIMITED. */
  limitPrincipal(principal: Principal, limit: RateLimitName): Promise<void>;
  auditOperation(done: AuditedOperation): Promise<void>;
}

/** One request on its way through the steps; each fills in what the next ones need. */
export interface OperationCall {
  readonly name: OperationName;
  /** Nothing is known of it until it is parsed. */
  readonly input: unknown;
  /** Null: nobody, or a token that is not valid. */
  readonly identify: () => Promise<Identity | null>;
  readonly address: string;
  readonly trace: Trace;
  principal: Principal | null;
  request?: Record<string, unknown>;
  response?: Record<string, unknown>;
}

/** `next` runs the steps that follow; whatever they throw passes through. */
type Step = (deps: OperationDeps, call: OperationCall, next: () => Promise<void>) => Promise<void>;

const ROLE_SCOPES: Readonly<Record<Principal['role'], ReadonlySet<Scope>>> = (() => {
  const read: Scope[] = ['documents:read', 'analysis:read'];
  const all = new Set<Scope>([...read, 'documents:write', 'analysis:write']);
  return { owner: all, admin: all, member: all, viewer: new Set(read) };
})();

const specOf = (call: OperationCall): OperationSpec => OPERATIONS[call.name];

/** Who has no principal is counted by address: before a public operation, and before being told to sign in. */
const authenticate: Step = async (deps, call, next) => {
  if (specOf(call).auth === 'public') {
    await deps.limitAddress(call.address, specOf(call).rateLimit);
    return next();
  }
  const identity = await call.identify();
  if (!identity) {
    await deps.limitAddress(call.address, 'unauthenticated');
    throw new AppError('UNAUTHENTICATED');
  }
  call.principal = await deps.principalOf(identity);
  return next();
};

/** Refusals too, but those for asking too often: a flood must not write. An answer whose entry cannot be written is not given. */
const audit: Step = async (deps, call, next) => {
  const { principal, name: operation, trace } = call;
  if (!principal || specOf(call).audit === null) return next();
  const entry = (outcome: string): AuditedOperation => ({
    principal,
    operation,
    request: call.request ?? call.input,
    response: call.response,
    outcome,
    trace,
  });
  try {
    await next();
  } catch (thrown) {
    await deps.auditOperation(entry(asAppError(thrown).reason)).catch((unwritten: unknown) => {
      deps.logger.error('An audit entry was not written', unwritten, { operation, orgId: principal.orgId });
    });
    throw thrown;
  }
  await deps.auditOperation(entry('ok'));
};

const limit: Step = async (deps, call, next) => {
  if (call.principal) await deps.limitPrincipal(call.principal, specOf(call).rateLimit);
  return next();
};

const authorise: Step = async (_, call, next) => {
  const { principal } = call;
  const { scope } = specOf(call);
  if (scope !== null && !(principal && ROLE_SCOPES[principal.role].has(scope))) throw new AppError('FORBIDDEN');
  return next();
};

const parse: Step = async (_, call, next) => {
  call.request = parseRequest(specOf(call).request, call.input);
  return next();
};

/** What the response's schema does not name stays inside. */
const run: Step = async ({ handlers }, call) => {
  const handler = handlers[call.name] as (
    caller: { principal: Principal | null; trace: Trace },
    request: unknown,
  ) => Promise<unknown>;
  const answer = await handler({ principal: call.principal, trace: call.trace }, call.request);
  call.response = specOf(call).response.parse(answer);
};

const STEPS: readonly Step[] = [authenticate, limit, audit, authorise, parse, run];

/** The response, as its schema has it. @throws AppError, and whatever a handler throws that is none. */
export const runOperation = async (
  deps: OperationDeps,
  call: OperationCall,
  steps: readonly Step[] = STEPS,
): Promise<Record<string, unknown>> => {
  const from = async (index: number): Promise<void> => steps[index]?.(deps, call, () => from(index + 1));
  await from(0);
  return call.response ?? {};
};
