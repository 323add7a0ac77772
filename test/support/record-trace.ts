/** A trace of what pages do while something happens to them. One at a time per browser. */
import type { Browser } from 'playwright-core';
import { SCRIPT_TASK_CATEGORIES, type TraceEvent } from './script-tasks.ts';

/** Of one task of the page's script, in processor time; from here on a person notices that the page does not answer. */
export const LONGEST_TASK_MS = 50;

export const recordTrace = async (browser: Browser, work: () => Promise<void>): Promise<TraceEvent[]> => {
  await browser.startTracing(undefined, { categories: [...SCRIPT_TASK_CATEGORIES] });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  return (JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] }).traceEvents;
};
