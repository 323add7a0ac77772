/**
 * A thread beside the converter. V8's heap limit does not see buffers and WebAssembly, and a parser in a loop cannot be asked, so this
 * thread looks at the resident memory of the whole process and ends it; it also ends a process whose parent is gone.
 */
import { workerData } from 'node:worker_threads';

const CHECK_INTERVAL_MS = 100;
const BYTES_PER_MB = 1024 * 1024;

/** Taken by the process when it began: a parent may be gone before this thread has started. */
const { residentMemoryMb, parentPid } = workerData as { residentMemoryMb: number; parentPid: number };

setInterval(() => {
  if (process.memoryUsage.rss() > residentMemoryMb * BYTES_PER_MB || process.ppid !== parentPid) {
    process.kill(process.pid, 'SIGKILL');
  }
}, CHECK_INTERVAL_MS);
