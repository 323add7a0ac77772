/** Peak resident memory of a program together with the processes it starts: what its user's machine has to have. */
import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_INTERVAL_MS = 25;

interface ProcessStatus {
  parent: number;
  residentKib: number;
}

const statusOf = (pid: number): ProcessStatus | null => {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const value = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { parent: value('PPid'), residentKib: value('VmRSS') };
  } catch {
    return null;
  }
};

/** KiB of the process and everything below it at this moment; 0 when it is gone or the system has no /proc. */
const residentOfTree = (root: number): number => {
  const processes = new Map<number, ProcessStatus>();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) ? statusOf(Number(name)) : null;
    if (status) processes.set(Number(name), status);
  }
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = processes.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  return [...processes].reduce((sum, [pid, { residentKib }]) => sum + (belongs(pid) ? residentKib : 0), 0);
};

/** Samples until `stop()`, which answers the peak in MiB, or null where the system does not tell. */
export const watchMemory = (pid: number): { stop(): number | null } => {
  let peakKib = 0;
  const timer = setInterval(() => {
    try {
      peakKib = Math.max(peakKib, residentOfTree(pid));
    } catch {
      clearInterval(timer);
    }
  }, SAMPLE_INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      return peakKib === 0 ? null : peakKib / 1024;
    },
  };
};
