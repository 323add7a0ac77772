/** How long a sign-in lasts. */

const DAY = 24 * 60 * 60 * 1000;
export const SIGN_IN_DAYS = 14;

/**
 * Whether its owner has to sign in again. `signedInAt`: ISO or UTC text, as a token states it; one that cannot be read is too old.
 * A visitor has nothing to sign in with: retention ends a visitor's work, not age.
 */
export const isTooOld = (
  { isVisitor, signedInAt }: { isVisitor: boolean; signedInAt: string },
  now: number = Date.now(),
): boolean => {
  if (isVisitor) return false;
  const since = Date.parse(signedInAt);
  return Number.isNaN(since) || now - since > SIGN_IN_DAYS * DAY;
};
