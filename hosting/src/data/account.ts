/** The account of whoever is signed in: its organisation, and what it may upload. Asked for once per user. */
import type { Client } from '../../../functions/src/contracts/client.ts';
import type { OperationResponse } from '../../../functions/src/contracts/operations.ts';
import type { Session } from './session.ts';
import type { Readable } from './store.ts';

export type Account = OperationResponse<'getAccount'>['account'];

export interface AccountData {
  /** @throws ApiError */
  load(): Promise<Account>;
}

/** A visitor who signs up is the same user, and another account: it is no visitor's any more. */
const keyOf = (session: Session): string => ('uid' in session ? `${session.state}:${session.uid}` : '');

export const createAccount = (api: Pick<Client, 'getAccount'>, session: Readable<Session>): AccountData => {
  let known: { key: string; account: Promise<Account> } | null = null;
  return {
    load() {
      const key = keyOf(session.get());
      if (known?.key === key) return known.account;
      const asked = { key, account: api.getAccount({}).then(({ account }) => account) };
      known = asked;
      asked.account.catch(() => {
        if (known === asked) known = null;
      });
      return asked.account;
    },
  };
};
