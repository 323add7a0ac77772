import { createMemoryRepositories } from '../../support/memory-repositories.ts';
import { describeRepositoryGuarantees } from '../../support/repository-guarantees.ts';

describeRepositoryGuarantees('Repositories in memory', async () => {
  const repositories = createMemoryRepositories();
  const { stored } = repositories;
  const ofOrg = <T extends { orgId: string }>(items: T[], orgId: string): T[] =>
    items.filter((each) => each.orgId === orgId);
  return {
    ...repositories,
    stored: async (orgId) => ({
      deadLetters: ofOrg(stored.deadLetters(), orgId),
      usage: ofOrg(stored.usage(), orgId),
      audit: ofOrg(stored.audit(), orgId),
    }),
    close: async () => {},
  };
});
