/** Memory and processor time of this program and everything below it, by what each process is. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessUse {
  residentMib: number;
  cpuSeconds: number;
}

/** By the last process of `KINDS` that a command line fits. */
export type ProcessTable = Record<string, ProcessUse & { processes: number }>;

const KINDS: readonly [name: string, part: string][] = [
  ['functions', 'containers-main.ts'],
  ['converters', 'sandbox/child-main.ts'],
  ['firestore emulator', 'datastore.emulator'],
  ['auth emulator', 'auth-emulator/'],
];
const THIS_PROCESS = 'stand-ins and load';
/** Of /proc: USER_HZ, which is 100 wherever Node runs. */
const TICKS_PER_SECOND = 100;

interface Status extends ProcessUse {
  parent: number;
  commandLine: string;
}

const statusOf = (pid: number): Status | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // The name in brackets may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return {
      parent: Number(fields[1]),
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      residentMib: Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024,
      commandLine: readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
    };
  } catch {
    return null;
  }
};

const kindOf = (pid: number, { commandLine }: Status): string =>
  pid === process.pid ? THIS_PROCESS : (KINDS.find(([, part]) => commandLine.includes(part))?.[0] ?? 'others');

/** Of this moment. */
export const processTable = (): ProcessTable => {
  const known = new Map<number, Status>();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) ? statusOf(Number(name)) : null;
    if (status) known.set(Number(name), status);
  }
  const isOurs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = known.get(at)?.parent ?? 0) if (at === process.pid) return true;
    return false;
  };
  const table: ProcessTable = {};
  for (const [pid, status] of known) {
    if (!isOurs(pid)) continue;
    const kind = kindOf(pid, status);
    const { processes, residentMib, cpuSeconds } = table[kind] ?? { processes: 0, residentMib: 0, cpuSeconds: 0 };
    table[kind] = {
      processes: processes + 1,
      residentMib: residentMib + status.residentMib,
      cpuSeconds: cpuSeconds + status.cpuSeconds,
    };
  }
  return table;
};
