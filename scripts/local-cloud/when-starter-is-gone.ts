/**
 * For programs started by guarded-process.ts: calls `end` once, when standard input closes or a signal asks this process to end.
 * Standard input is a pipe from the starter; the system closes it when the starter is gone, for whatever reason.
 */
export const whenStarterIsGone = (end: () => void): void => {
  let ending = false;
  const endOnce = (): void => {
    if (ending) return;
    ending = true;
    end();
  };
  process.stdin.on('end', endOnce).on('error', endOnce).resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endOnce);
};
