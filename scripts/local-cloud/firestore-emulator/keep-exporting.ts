/** Exports while the emulator runs: soon after something changed, but never so often that they are what it is busy with. */

const INTERVAL_MS = 5000;
/** What grows beyond the interval: an export may take at most a twentieth of the emulator's time. */
const PAUSE_PER_EXPORT = 20;

export interface ExporterParts {
  /** Writes all data. */
  write(): Promise<void>;
  /** Whether anything may have been written since the last call. */
  mayHaveChanged(): boolean;
  now(): Date;
  /** Default: 5,000. */
  intervalMs?: number;
}

export interface Exporter {
  /** Exports now, whether anything changed or not. */
  exportNow(): Promise<void>;
  /** No more exports after the last one. @throws Error that says since when everything is lost. */
  close(): Promise<void>;
}

/** What there is now counts as kept. */
export const keepExporting = ({ write, mayHaveChanged, now, intervalMs = INTERVAL_MS }: ExporterParts): Exporter => {
  let keptAt = now();
  let hasUnkept = false;
  let exporting: Promise<void> = Promise.resolve();

  const isUnkept = (): boolean => {
    if (mayHaveChanged()) hasUnkept = true;
    return hasUnkept;
  };
  const exportOnce = async (): Promise<void> => {
    const begunAt = now();
    isUnkept();
    await write();
    hasUnkept = false;
    keptAt = begunAt;
  };
  const exportNow = (): Promise<void> => {
    // One after another: two would take the same number.
    exporting = exporting.catch(() => undefined).then(exportOnce);
    return exporting;
  };

  let timer: NodeJS.Timeout | undefined;
  const exportLater = (waitMs: number): void => {
    timer = setTimeout(async () => {
      const startedMs = performance.now();
      // What fails now is tried again with the next one, and at the end close() tells.
      if (isUnkept()) await exportNow().catch(() => undefined);
      if (timer) exportLater(Math.max(intervalMs, (performance.now() - startedMs) * PAUSE_PER_EXPORT));
    }, waitMs);
    timer.unref();
  };
  exportLater(intervalMs);

  return {
    exportNow,
    async close() {
      clearTimeout(timer);
      timer = undefined;
      try {
        await exportNow();
      } catch (cause) {
        if (!isUnkept()) return;
        const since = keptAt.toTimeString().slice(0, 'HH:MM:SS'.length);
        throw new Error(`The last export of the database failed; what was written since ${since} is lost.`, { cause });
      }
    },
  };
};
