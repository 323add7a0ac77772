import type { AuditEntry, UsageEvent } from '../../functions/src/contracts/account.ts';
import type { DeadLetter } from '../../functions/src/contracts/work.ts';
import { describeWithFirestore } from '../support/firestore-emulator.ts';
import { openFirestore, plainData } from '../support/open-firestore.ts';
import { describeRepositoryGuarantees } from '../support/repository-guarantees.ts';

describeWithFirestore("Google's emulator", (firestore) => {
  describeRepositoryGuarantees('Repositories on Firestore', async () => {
    const { repositories, db, close } = openFirestore(firestore());
    const ofOrg = async <T>(path: string, orgId: string): Promise<T[]> =>
      (await db.collection(path).where('orgId', '==', orgId).get()).docs.map((each) => plainData(each.data()) as T);
    return {
      ...repositories,
      stored: async (orgId) => ({
        deadLetters: await ofOrg<DeadLetter>('deadLetters', orgId),
        usage: await ofOrg<UsageEvent>(`orgs/${orgId}/usage`, orgId),
        audit: await ofOrg<AuditEntry>('audit', orgId),
      }),
      close,
    };
  });
});
