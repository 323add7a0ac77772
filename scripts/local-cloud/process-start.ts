/** When a process was started: with its number it names one process for ever, for numbers are given again. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const NOT_THERE = /^(ENOENT|ESRCH)$/;
/** Where `starttime` stands after the name in /proc/PID/stat: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const START_TIME_FIELD = 19;

/** Ticks since this boot. `ps` computes a time of day from them, which moves by a second when the clock is set. */
const linuxStart = (pid: number): string | null => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name is in brackets and may hold anything, brackets too.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD];
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
};

const otherStart = (pid: number): string | null => {
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: environment });
  return stdout?.trim() || null;
};

/** Comparable with what was answered on this machine before. Null when there is no such process, or nothing tells. */
export const startOfProcess = (pid: number): string | null => {
  if (process.platform !== 'linux') return otherStart(pid);
  try {
    return linuxStart(pid);
  } catch (error) {
    return NOT_THERE.test((error as NodeJS.ErrnoException).code ?? '') ? null : otherStart(pid);
  }
};
