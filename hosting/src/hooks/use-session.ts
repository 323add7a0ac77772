import type { Account } from '../data/account.ts';
import type { Session } from '../data/session.ts';
import { usePageData } from './page-data-context.ts';
import { type Called, useCall } from './use-call.ts';
import { useReadable } from './use-readable.ts';

export const useSession = (): Session => useReadable(usePageData().session);

/** Of whoever is signed in; `loading` as long as nobody is known to be. */
export const useAccount = (): { called: Called<Account>; again: () => void } => {
  const { account } = usePageData();
  const session = useSession();
  const isSomebody = session.state === 'visitor' || session.state === 'member';
  return useCall(JSON.stringify(session), isSomebody ? () => account.load() : null);
};
