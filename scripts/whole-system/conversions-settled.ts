/** Waiting until none of some conversions is open. */
import type { Client } from '../../functions/src/contracts/client.ts';
import type { ConversionView } from '../../functions/src/contracts/conversion.ts';
import { poll } from './patience.ts';

const LARGEST_PAGE = 100;
const OPEN: ReadonlySet<string> = new Set(['awaiting_upload', 'queued', 'converting']);

/** The newest stand first: it is turned as many pages as it takes to see all of them. */
const lookFor = async (
  client: Client,
  conversionIds: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ConversionView[]> => {
  const seen: ConversionView[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listConversions({ pageSize: LARGEST_PAGE, ...(cursor && { cursor }) }, { signal });
    seen.push(...page.conversions.filter(({ conversionId }) => conversionIds.has(conversionId)));
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen.length < conversionIds.size);
  return seen;
};

/** By id. One that is not there any more is missing: somebody deleted it meanwhile. */
export const conversionsSettled = (
  client: Client,
  conversionIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ConversionView>> => {
  const settled = new Map<string, ConversionView>();
  let open: ReadonlySet<string> = new Set(conversionIds);
  return poll(signal, async () => {
    const seen = open.size === 0 ? [] : await lookFor(client, open, signal);
    for (const conversion of seen) {
      if (!OPEN.has(conversion.state)) settled.set(conversion.conversionId, conversion);
    }
    open = new Set(seen.filter(({ state }) => OPEN.has(state)).map(({ conversionId }) => conversionId));
    return open.size === 0 ? settled : null;
  });
};
