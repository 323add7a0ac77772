import { expect, test } from '@jest/globals';
import type { Principal } from '../../../functions/src/contracts/account.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../../functions/src/contracts/operations.ts';
import {
  type AuditedOperation,
  type OperationCall,
  type OperationDeps,
  runOperation,
} from '../../../functions/src/entry/run-operation.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { SAMPLE_HANDLERS, SAMPLE_REQUESTS } from '../../support/operation-samples.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';

const trace = { requestId: 'request-1', traceId: '0af7651916cd43dd8448eb211c80319c' };
const identity = { uid: 'user1', anonymous: false };

const labOf = (role: Principal['role'] = 'owner', overrides: Partial<OperationDeps> = {}) => {
  const done: string[] = [];
  const audited: AuditedOperation[] = [];
  const { logger, logged } = createTestDeps();
  const deps: OperationDeps = {
    logger,
    handlers: SAMPLE_HANDLERS,
    principalOf: async (given) => {
      done.push('principal');
      return { ...given, orgId: 'org1', role };
    },
    limitAddress: async (address, limit) => void done.push(`limit ${address} ${limit}`),
    limitPrincipal: async ({ uid }, limit) => void done.push(`limit ${uid} ${limit}`),
    auditOperation: async (entry) => {
      done.push(`audit ${entry.outcome}`);
      audited.push(entry);
    },
    ...overrides,
  };
  const callOf = (name: OperationName, input: unknown = SAMPLE_REQUESTS[name]): OperationCall => ({
    name,
    input,
    identify: async () => {
      done.push('identify');
      return identity;
    },
    address: '192.0.2.1',
    trace,
    principal: null,
  });
  return { deps, callOf, done, audited, logged };
};

const reasonOf = (running: Promise<unknown>) =>
  running.then(
    () => 'ok',
    (thrown: unknown) => (thrown instanceof AppError ? thrown.reason : thrown),
  );

test('The steps of a user operation come in this order: who, how often, what, written down.', async () => {
  const { deps, callOf, done } = labOf();
  await runOperation(deps, callOf('getRun'));
  expect(done).toEqual(['identify', 'principal', 'limit user1 read', 'audit ok']);
});

test('A public operation is counted by address before anything else, and asks nobody who he is.', async () => {
  const { deps, callOf, done } = labOf();
  await runOperation(deps, callOf('health'));
  expect(done).toEqual(['limit 192.0.2.1 public']);
});

test('Who is not signed in is counted by address before being told so.', async () => {
  const { deps, callOf, done } = labOf();
  expect(await reasonOf(runOperation(deps, { ...callOf('getRun'), identify: async () => null }))).toBe(
    'UNAUTHENTICATED',
  );
  expect(done).toEqual(['limit 192.0.2.1 unauthenticated']);
});

test('Who asks too often is refused before anything is written or run.', async () => {
  const { deps, callOf, done } = labOf('owner', {
    limitPrincipal: async () => {
      throw new AppError('RATE_LIMITED');
    },
  });
  expect(await reasonOf(runOperation(deps, callOf('getRun')))).toBe('RATE_LIMITED');
  expect(done).toEqual(['identify', 'principal']);
});

test.each(['owner', 'admin', 'member'] as const)('The role %s may do everything.', async (role) => {
  const { deps, callOf } = labOf(role);
  for (const name of OPERATION_NAMES) expect(await reasonOf(runOperation(deps, callOf(name)))).toBe('ok');
});

test('A viewer may read and nothing else, and the refusal is audited.', async () => {
  const { deps, callOf, audited } = labOf('viewer');
  for (const name of OPERATION_NAMES) {
    const writes = OPERATIONS[name].scope?.endsWith(':write') ?? false;
    expect([name, await reasonOf(runOperation(deps, callOf(name)))]).toEqual([name, writes ? 'FORBIDDEN' : 'ok']);
  }
  expect(audited.filter(({ outcome }) => outcome === 'FORBIDDEN').map(({ operation }) => operation)).toEqual([
    'createUpload',
    'deleteConversion',
    'startAnalysis',
    'retryRun',
    'cancelRun',
  ]);
});

test('A request that does not fit is audited too, and reaches no handler.', async () => {
  const { deps, callOf, audited } = labOf();
  expect(await reasonOf(runOperation(deps, callOf('getRun', { runId: 'a b' })))).toBe('REQUEST_INVALID');
  expect(audited).toEqual([expect.objectContaining({ outcome: 'REQUEST_INVALID', response: undefined })]);
});

test('An answer whose audit entry cannot be written is not given.', async () => {
  const { deps, callOf } = labOf('owner', {
    auditOperation: async () => {
      throw new AppError('STATE_UNAVAILABLE');
    },
  });
  expect(await reasonOf(runOperation(deps, callOf('openDocument')))).toBe('STATE_UNAVAILABLE');
});

test('A refusal stays the same when its audit entry cannot be written; the log says so.', async () => {
  const { deps, callOf, logged } = labOf('viewer', {
    auditOperation: async () => {
      throw new AppError('STATE_UNAVAILABLE');
    },
  });
  expect(await reasonOf(runOperation(deps, callOf('cancelRun')))).toBe('FORBIDDEN');
  expect(logged).toEqual([
    expect.objectContaining({ severity: 'ERROR', fields: { operation: 'cancelRun', orgId: 'org1' } }),
  ]);
});
