import { expect, test } from '@jest/globals';
import { showAccount } from '../../../functions/src/account/show-account.ts';
import { AccountViewSchema, type Principal } from '../../../functions/src/contracts/account.ts';

const principal: Principal = { uid: 'ana', orgId: 'org-1', role: 'owner', anonymous: false, email: 'ana@example.com' };
const limits = { pdfBytes: 4, officeBytes: 3, textBytes: 2, otherBytes: 1 };

test('An account shows who asks, the organisation, and the limits that hold for it.', () => {
  const account = showAccount(principal, { retentionDays: 30, limits });
  expect(account).toEqual({ ...principal, retentionDays: 30, uploadLimits: limits });
  expect(AccountViewSchema.strict().safeParse(account).success).toBe(true);
});

test('A visitor without an account has no address.', () => {
  const visitor: Principal = { uid: 'v', orgId: 'org-2', role: 'owner', anonymous: true };
  const account = showAccount(visitor, { retentionDays: 30, limits });
  expect(account.anonymous).toBe(true);
  expect(Object.keys(account)).not.toContain('email');
});

test('Limits that are nobody’s business outside are not shown.', () => {
  const settings = { retentionDays: 30, limits: { ...limits, unpackedBytes: 9 } };
  expect(showAccount(principal, settings).uploadLimits).toEqual(limits);
});
