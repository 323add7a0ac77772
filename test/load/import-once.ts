/** A fresh process that imports what a function's first request needs, and prints what that took. Arguments: the modules, in order. */
const modules = process.argv.slice(2);
const before = process.memoryUsage.rss();
const startedMs = performance.now();
const steps: { module: string; ms: number; rssMib: number }[] = [];
for (const module of modules) {
  const beganMs = performance.now();
  await import(module);
  steps.push({ module, ms: performance.now() - beganMs, rssMib: process.memoryUsage.rss() / 2 ** 20 });
}
const ms = performance.now() - startedMs;
const grownMib = (process.memoryUsage.rss() - before) / 2 ** 20;
process.send?.({ ms, grownMib, rssMib: process.memoryUsage.rss() / 2 ** 20, steps });
process.disconnect?.();
process.exit();
