/** What the functions log, line by line as they write it: when each step began and ended, without asking the system anything. */
import { closeSync, openSync, readSync } from 'node:fs';

export interface LogLine {
  message: string;
  severity: string;
  /** Milliseconds since 1970. */
  atMs: number;
  durationMs?: number;
  queue?: string;
  outcome?: string;
  conversionId?: string;
  runId?: string;
  windowId?: string;
  generation?: string;
}

export interface FollowedLog {
  /** All lines up to now. */
  lines(): readonly LogLine[];
  /** The first line that fits, among those to come too. @throws Error after `timeoutMs`. */
  first(fits: (line: LogLine) => boolean, timeoutMs: number): Promise<LogLine>;
  close(): void;
}

const LOOK_EVERY_MS = 20;
const PIECE_BYTES = 1024 * 1024;

const parsed = (text: string): LogLine[] => {
  try {
    const { time, ...line } = JSON.parse(text) as LogLine & { time: string };
    return [{ ...line, atMs: Date.parse(time) }];
  } catch {
    // Something other than our logger wrote to the process's output.
    return [];
  }
};

export const followLog = (path: string): FollowedLog => {
  const file = openSync(path, 'r');
  const lines: LogLine[] = [];
  const waiting = new Set<(line: LogLine) => void>();
  const piece = Buffer.alloc(PIECE_BYTES);
  let rest = '';

  const read = (): void => {
    for (let bytes = readSync(file, piece); bytes > 0; bytes = readSync(file, piece)) {
      const parts = (rest + piece.toString('latin1', 0, bytes)).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts.flatMap(parsed)) {
        lines.push(line);
        for (const look of [...waiting]) look(line);
      }
    }
  };
  const timer = setInterval(read, LOOK_EVERY_MS);

  return {
    lines: () => lines,
    first: (fits, timeoutMs) =>
      new Promise((resolve, reject) => {
        const known = lines.find(fits);
        if (known) return resolve(known);
        const end = (): void => {
          clearTimeout(late);
          waiting.delete(look);
        };
        const look = (line: LogLine): void => {
          if (!fits(line)) return;
          end();
          resolve(line);
        };
        const late = setTimeout(() => {
          end();
          reject(new Error(`Nothing came of it in ${timeoutMs / 1000} s; the last line was: ${lines.at(-1)?.message}`));
        }, timeoutMs);
        waiting.add(look);
      }),
    close() {
      clearInterval(timer);
      closeSync(file);
    },
  };
};
