import { beforeEach, expect, test } from '@jest/globals';
import { createPrincipalOf } from '../../../functions/src/account/principal-of.ts';
import { AppError } from '../../../functions/src/errors.ts';
import type { AccountsRepository } from '../../../functions/src/repositories.ts';
import { createMemoryRepositories } from '../../support/memory-repositories.ts';

const alice = { uid: 'alice', anonymous: false, email: 'alice@example.com' };

let accounts: AccountsRepository;
let calls: string[];
let time: Date;

beforeEach(() => {
  const memory = createMemoryRepositories().accounts;
  calls = [];
  time = new Date('2026-11-20T09:00:00.000Z');
  accounts = {
    getUser: (uid) => {
      calls.push('getUser');
      return memory.getUser(uid);
    },
    getMember: (orgId, uid) => {
      calls.push('getMember');
      return memory.getMember(orgId, uid);
    },
    createPersonal: (...made) => {
      calls.push('createPersonal');
      return memory.createPersonal(...made);
    },
  };
});

const fresh = () => createPrincipalOf({ accounts, clock: { now: () => time } });

test('A user who is seen for the first time gets a personal organisation and owns it.', async () => {
  const principal = await fresh()(alice);
  expect(principal).toEqual({ ...alice, orgId: expect.stringMatching(/^[0-9a-f]{20}$/), role: 'owner' });
  expect(await accounts.getUser('alice')).toMatchObject({ orgId: principal.orgId });
  expect(await accounts.getMember(principal.orgId, 'alice')).toMatchObject({ role: 'owner' });
});

test('Two first requests at once, on two instances, make one organisation.', async () => {
  const [one, other] = await Promise.all([fresh()(alice), fresh()(alice)]);
  expect(one).toEqual(other);
  expect(calls.filter((call) => call === 'createPersonal')).toHaveLength(2);
});

test('Two users never share one.', async () => {
  const principalOf = fresh();
  const [one, other] = await Promise.all([principalOf(alice), principalOf({ uid: 'bob', anonymous: true })]);
  expect(one.orgId).not.toBe(other.orgId);
});

test('The role is that of the member document.', async () => {
  await accounts.createPersonal(
    { uid: 'alice', orgId: 'org1', createdAt: time.toISOString() },
    { orgId: 'org1', name: 'Team', personal: false, createdAt: time.toISOString() },
    { uid: 'alice', role: 'viewer', joinedAt: time.toISOString() },
  );
  expect(await fresh()(alice)).toMatchObject({ orgId: 'org1', role: 'viewer' });
});

test('Who is no member of the organisation any more is refused.', async () => {
  const principalOf = createPrincipalOf({
    accounts: { ...accounts, getMember: async () => null },
    clock: { now: () => time },
  });
  await expect(principalOf(alice)).rejects.toEqual(new AppError('FORBIDDEN'));
});

test('An instance asks once in two minutes, and again after them.', async () => {
  const principalOf = fresh();
  await Promise.all([principalOf(alice), principalOf(alice)]);
  time = new Date(time.getTime() + 119_000);
  await principalOf(alice);
  expect(calls).toEqual(['getUser', 'createPersonal', 'getMember']);
  time = new Date(time.getTime() + 2_000);
  await principalOf(alice);
  expect(calls.slice(3)).toEqual(['getUser', 'getMember']);
});

test('What the identity says is never taken from memory.', async () => {
  const principalOf = fresh();
  await principalOf({ uid: 'alice', anonymous: true });
  expect(await principalOf(alice)).toMatchObject({ anonymous: false, email: 'alice@example.com' });
});

test('A failure is not remembered.', async () => {
  let isDown = true;
  const principalOf = createPrincipalOf({
    accounts: {
      ...accounts,
      getUser: async (uid) => {
        if (isDown) throw new AppError('STATE_UNAVAILABLE');
        return accounts.getUser(uid);
      },
    },
    clock: { now: () => time },
  });
  await expect(principalOf(alice)).rejects.toEqual(new AppError('STATE_UNAVAILABLE'));
  isDown = false;
  expect(await principalOf(alice)).toMatchObject({ role: 'owner' });
});

test('Memory is bounded: who came first is asked for again.', async () => {
  const principalOf = fresh();
  for (let index = 0; index <= 10_000; index += 1) await principalOf({ uid: `user${index}`, anonymous: false });
  calls = [];
  await principalOf({ uid: 'user10000', anonymous: false });
  expect(calls).toEqual([]);
  await principalOf({ uid: 'user0', anonymous: false });
  expect(calls).toEqual(['getUser', 'getMember']);
});
