/** What becomes of the uploads of a package that is given up: nobody would ever ask for them again. */
import { ApiError, type Client } from '../../functions/src/contracts/client.ts';
import { mapBounded } from '../../functions/src/pipeline/map-bounded.ts';

const AT_ONCE = 4;
/** Who pressed Ctrl-C waits no longer than this. */
const INTERRUPTED_SECONDS = 5;

export interface TakenBack {
  deleted: number;
  /** Could not be deleted. */
  kept: number;
}

/** `patient` is asked while nobody is in a hurry; after an interrupt each document is asked for once, for five seconds in all. */
export const takeBack = async (
  clients: { patient: Client; plain: Client },
  conversionIds: readonly string[],
  interrupted: AbortSignal,
): Promise<TakenBack> => {
  const [client, signal] = interrupted.aborted
    ? [clients.plain, AbortSignal.timeout(INTERRUPTED_SECONDS * 1000)]
    : [clients.patient, interrupted];
  const isGone = await mapBounded(conversionIds, AT_ONCE, async (conversionId) => {
    try {
      await client.deleteConversion({ conversionId }, { signal });
      return true;
    } catch (thrown) {
      return thrown instanceof ApiError && thrown.reason === 'CONVERSION_NOT_FOUND';
    }
  });
  const deleted = isGone.filter(Boolean).length;
  return { deleted, kept: conversionIds.length - deleted };
};
