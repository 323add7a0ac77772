/** What every implementation of the repositories guarantees, as tests: the same for memory and for Firestore. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeAccounts } from './repository-guarantees/accounts.ts';
import { describeConversions } from './repository-guarantees/conversions.ts';
import { describeRuns } from './repository-guarantees/runs.ts';
import type { RepositoriesUnderTest } from './repository-guarantees/under-test.ts';
import { describeWork } from './repository-guarantees/work.ts';

/** `open` is called once, and must give repositories in which nothing is stored. */
export const describeRepositoryGuarantees = (name: string, open: () => Promise<RepositoriesUnderTest>): void => {
  describe(`${name}:`, () => {
    let opened: RepositoriesUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    const subject = () => opened;
    describeWork(subject);
    describeConversions(subject);
    describeRuns(subject);
    describeAccounts(subject);
  });
};
