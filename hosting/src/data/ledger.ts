/** The coverage ledger of a run: its signed URL, and the file behind it. */
import { ApiError, type Client } from '../../../functions/src/contracts/client.ts';
import type { LedgerFile } from '../../../functions/src/contracts/ledger.ts';

const noAnswer = (status: number, options?: ErrorOptions): ApiError =>
  new ApiError(
    { code: 'unavailable', reason: 'NO_ANSWER', message: 'The file storage does not answer.', details: {} },
    { status, retryAfterSeconds: null, requestId: null },
    options,
  );

/**
 * Every call signs anew: a URL is good for an hour. The file comes from our own bucket, so it is taken as its contract says.
 * @throws ApiError; RUN_NOT_READY while the run has no result, and for a run from before there were ledgers.
 */
export const loadLedger = async (
  api: Pick<Client, 'getLedger'>,
  runId: string,
  signal: AbortSignal,
  fetchFrom: typeof fetch = fetch,
): Promise<LedgerFile> => {
  const { download } = await api.getLedger({ runId }, { signal });
  const answer = await fetchFrom(download.url, { signal, cache: 'no-store' }).catch((thrown: unknown) => {
    throw signal.aborted ? thrown : noAnswer(0, { cause: thrown });
  });
  if (!answer.ok) throw noAnswer(answer.status);
  return (await answer.json()) as LedgerFile;
};
