/** Identity to principal: who asks, for which organisation, in which role. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { Identity, Principal, User } from '../contracts/account.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { AccountsRepository } from '../repositories.ts';

/** A role that was taken away still works for this long on an instance that saw it. */
const REMEMBERED_SECONDS = 120;
const MOST_REMEMBERED = 10_000;

type Membership = Pick<Principal, 'orgId' | 'role'>;

/** The same for the same user, so that two first requests at once make one organisation. */
const personalOrgId = (uid: string): string => sha256Hex(`org:${uid}`).slice(0, 20);

const createPersonal = async (accounts: AccountsRepository, uid: string, now: string): Promise<User> => {
  const orgId = personalOrgId(uid);
  const user: User = { uid, orgId, createdAt: now };
  const created = await accounts.createPersonal(
    user,
    { orgId, name: 'Personal', personal: true, createdAt: now },
    { uid, role: 'owner', joinedAt: now },
  );
  return created === 'created' ? user : ((await accounts.getUser(uid)) ?? user);
};

const membershipOf = async (accounts: AccountsRepository, uid: string, now: string): Promise<Membership> => {
  const { orgId } = (await accounts.getUser(uid)) ?? (await createPersonal(accounts, uid, now));
  const member = await accounts.getMember(orgId, uid);
  if (!member) throw new AppError('FORBIDDEN');
  return { orgId, role: member.role };
};

/** The personal organisation is made when a user is seen for the first time. @throws AppError FORBIDDEN: no member of it any more. */
export const createPrincipalOf = (deps: {
  accounts: AccountsRepository;
  clock: Clock;
}): ((identity: Identity) => Promise<Principal>) => {
  /** In order of entry, so the oldest falls out first. A request that is under way is shared. */
  const remembered = new Map<string, { membership: Promise<Membership>; untilMs: number }>();

  const remember = (uid: string, now: Date): Promise<Membership> => {
    const membership = membershipOf(deps.accounts, uid, now.toISOString());
    const entry = { membership, untilMs: now.getTime() + REMEMBERED_SECONDS * 1000 };
    remembered.delete(uid);
    remembered.set(uid, entry);
    const oldest = remembered.keys().next().value;
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    membership.catch(() => {
      if (remembered.get(uid) === entry) remembered.delete(uid);
    });
    return membership;
  };

  return async (identity) => {
    const now = deps.clock.now();
    const known = remembered.get(identity.uid);
    const current = known && known.untilMs > now.getTime() ? known.membership : remember(identity.uid, now);
    return { ...identity, ...(await current) };
  };
};
