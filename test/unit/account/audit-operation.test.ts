import { expect, test } from '@jest/globals';
import { auditOperation } from '../../../functions/src/account/audit-operation.ts';
import { AuditEntrySchema, type Principal } from '../../../functions/src/contracts/account.ts';
import { createMemoryRepositories } from '../../support/memory-repositories.ts';

const principal: Principal = { uid: 'user1', anonymous: false, email: 'a@example.com', orgId: 'org1', role: 'owner' };
const trace = { requestId: 'request-1', traceId: '0af7651916cd43dd8448eb211c80319c' };

const entryOf = async (done: Pick<Parameters<typeof auditOperation>[1], 'operation' | 'request' | 'response'>) => {
  const { audit, stored } = createMemoryRepositories();
  const deps = {
    audit,
    clock: { now: () => new Date('2026-11-20T09:00:00.000Z') },
    ids: { newId: () => 'audit1', random: () => 0.5 },
  };
  await auditOperation(deps, { ...done, principal, outcome: 'ok', trace });
  return stored.audit()[0];
};

test('An entry says who, what, on which item, how it ended and when, and for how long it is kept.', async () => {
  const entry = await entryOf({
    operation: 'exportRun',
    request: { runId: 'run1', format: 'xlsx' },
    response: { download: { url: 'https://signed', fileName: 'secret.xlsx' } },
  });
  expect(AuditEntrySchema.parse(entry)).toEqual({
    auditId: 'audit1',
    orgId: 'org1',
    uid: 'user1',
    operation: 'exportRun',
    subject: { runId: 'run1', format: 'xlsx' },
    outcome: 'ok',
    requestId: 'request-1',
    createdAt: '2026-11-20T09:00:00.000Z',
    expiresAt: '2027-12-25T09:00:00.000Z',
  });
});

test('An id that only the answer knows is taken from there.', async () => {
  const upload = await entryOf({
    operation: 'createUpload',
    request: { fileName: 'secret.pdf' },
    response: { conversionId: 'conversion1', upload: { url: 'https://signed' } },
  });
  expect(upload?.subject).toEqual({ conversionId: 'conversion1' });
  const run = await entryOf({ operation: 'startAnalysis', request: {}, response: { run: { runId: 'run1' } } });
  expect(run?.subject).toEqual({ runId: 'run1' });
});

test('What stands in the place of an id and is none is not written down.', async () => {
  for (const runId of ['text of a document', 7, null, { runId: 'run1' }, 'a'.repeat(65)]) {
    const entry = await entryOf({ operation: 'getRun', request: { runId }, response: undefined });
    expect(entry?.subject).toEqual({});
  }
  const entry = await entryOf({ operation: 'getRun', request: 'no object', response: null });
  expect(entry?.subject).toEqual({});
});
