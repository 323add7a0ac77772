/** Preloaded into the measured program (node --import): as it ends, it writes its own peak memory to the file named in the environment. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const target = process.env.MDRAFT_BENCH_USAGE_FILE;
if (isMainThread && target) {
  // maxRSS is the peak of the whole process, its worker threads included, in KiB on every platform.
  process.on('exit', () => writeFileSync(target, String(process.resourceUsage().maxRSS)));
}
