/** The bytes of a file to where a grant says, in one request or, for a large one, in parts. */
import { createPauses } from './patience.ts';
import { sendInParts } from './send-in-parts.ts';
import {
  brokenOff,
  createGrantKeeper,
  IS_THERE,
  isGrantOver,
  isTaken,
  mayPass,
  notTaken,
  type Sending,
  type UploadGrant,
} from './sending.ts';

const sendWhole = async ({ file, transport, wait, signal, tell, ...granting }: Sending): Promise<void> => {
  const pauses = createPauses(
    { wait, signal, tellPause: (interruptions) => tell({ sentBytes: 0, interruptions, isBroken: true }) },
    brokenOff,
  );
  const grants = createGrantKeeper(granting);
  for (let grant: UploadGrant | null = granting.grant; grant !== null; ) {
    const { method, url, headers } = grant;
    const answer = await transport({
      method,
      url,
      headers,
      body: file,
      signal,
      tell: (sentBytes) => tell({ sentBytes, interruptions: pauses.interruptions(), isBroken: false }),
    });
    const status = answer?.status ?? null;
    if (status !== null && isTaken(status)) return;
    // The answer to an earlier try was lost on the way, and not the file.
    if (status === IS_THERE && pauses.interruptions() > 0) return;
    if (status === null || mayPass(status)) {
      await pauses.pause();
      grant = await grants.valid();
    } else if (isGrantOver(status)) {
      grant = await grants.afterRefusal(status);
    } else {
      throw notTaken(status);
    }
  }
};

/**
 * Ends when the file is at Cloud Storage, whole.
 * @throws ProblemError when it broke off too often or is not taken; ApiError from `renew`; the signal's reason.
 */
export const sendFile = (sending: Sending): Promise<void> =>
  sending.grant.resumable ? sendInParts(sending) : sendWhole(sending);
