import type { Conversion } from '../../../functions/src/contracts/conversion.ts';
import { allOf } from '../data/live-value.ts';
import { usePageData } from './page-data-context.ts';
import { useLive } from './use-live.ts';
import { useAccount } from './use-session.ts';

/** Conversions of whoever is signed in, as they are now; those that are deleted, or not known yet, are left out. */
export const useConversions = (conversionIds: readonly string[]): readonly Conversion[] => {
  const { live } = usePageData();
  const { called } = useAccount();
  const orgId = called.state === 'ready' ? called.value.orgId : null;
  const listen =
    orgId === null || conversionIds.length === 0
      ? null
      : allOf(conversionIds.map((conversionId) => live.conversion(orgId, conversionId)));
  const told = useLive(`${orgId} ${conversionIds.join(' ')}`, listen);
  if (told.state !== 'ready') return [];
  return told.value.flatMap((each) => (each && each.deletedAt === undefined ? [each] : []));
};
