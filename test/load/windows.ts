/** A long document's windows with a language model that takes its time: all at once, and one after another. */

import type { LocalProject } from '../../scripts/local-cloud/local-project.ts';
import type { Benchmark } from '../bench/benchmark.ts';
import { textTable } from '../bench/text-table.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import type { LogLine } from './follow-log.ts';
import { seconds } from './median.ts';
import { type OpenSystem, uploadDocument, withSystem } from './open-system.ts';

const PAGES = 500;
const WARM_UP_PAGES = 20;
const SEED = 1;
const MODEL = { MODEL_PROVIDER: 'vertex', MODEL_NAME: 'gemini-2.5-flash' };
/** The document has more than a run may have by default. */
const MAX_CHUNKS = '5000';
const MODEL_SECONDS = 2;
const TIMEOUT_MS = 600_000;
/** Of one instance of analyze-window. */
const CONCURRENCY = 20;
const AT_ONCE = [100, 40, 20, 1];

interface WindowsFigure {
  atOnce: number;
  windows: number;
  modelCalls: number;
  rows: number;
  /** From the request for the analysis until the matrix is ready. */
  totalMs: number;
  /** From the first window's begin to the last one's end. */
  windowsMs: number;
  slowestMs: number;
  planMs: number;
  mergeMs: number;
  /** totalMs, without one and a half times the slowest window: the goal is two seconds. */
  ownMs: number;
}

/** As many windows at once as are asked for, by the queue, by the instances, and by the run. */
const sizedFor =
  (atOnce: number) =>
  (project: LocalProject): LocalProject => {
    const queue = project.queues['analyze-window'];
    const service = project.services['analyze-window'];
    if (!queue || !service) throw new Error('There is no analyze-window.');
    const instances = Math.ceil(atOnce / CONCURRENCY);
    return {
      ...project,
      environment: { ...project.environment, ...MODEL, MAX_CHUNKS, WINDOWS_IN_FLIGHT: String(atOnce) },
      services: { ...project.services, 'analyze-window': { ...service, concurrency: CONCURRENCY, instances } },
      queues: { ...project.queues, 'analyze-window': { ...queue, rateLimits: { maxConcurrentDispatches: atOnce } } },
    };
  };

/** Converts the document, then runs the analysis over it. */
const analyse = async ({ log, newVisitor }: OpenSystem, markdown: string) => {
  const client = await newVisitor();
  const bytes = new TextEncoder().encode(markdown);
  const { conversionId } = await uploadDocument(client, { fileName: 'solicitation.md', bytes });
  const isConverted = (line: LogLine): boolean => line.outcome === 'stored' && line.conversionId === conversionId;
  await log.first(isConverted, TIMEOUT_MS);
  const startedMs = Date.now();
  const started = await client.startAnalysis({ conversionIds: [conversionId], kinds: ['compliance-matrix'] });
  const { runId } = started.run;
  // A step that is given up settles the run without a merge.
  const merged = await log.first(
    ({ queue, outcome, ...line }) => line.runId === runId && (queue === 'merge-analysis' || outcome === 'settled'),
    TIMEOUT_MS,
  );
  const { run } = await client.getRun({ runId });
  if (run.state !== 'completed') throw new Error(`The run ended as ${run.state}: ${run.failure?.reason}.`);
  return { runId, startedMs, merged, rows: run.rows ?? 0 };
};

const measure = async (system: OpenSystem, atOnce: number): Promise<WindowsFigure> => {
  const { cloud, log } = system;
  const reply = { kind: 'answer' as const, text: '{"rows":[]}', reason: 'STOP', afterSeconds: MODEL_SECONDS };
  cloud.vertexAi.respondWith(() => reply);
  // What the functions load with their first use is not what is measured.
  await analyse(system, generateSolicitation({ seed: SEED, pages: WARM_UP_PAGES }).markdown);
  const callsBefore = cloud.vertexAi.requests.length;
  const { markdown } = generateSolicitation({ seed: SEED, pages: PAGES });
  const { runId, startedMs, merged, rows } = await analyse(system, markdown);
  const handled = (queue: string) => log.lines().filter((line) => line.queue === queue && line.runId === runId);
  const windows = handled('analyze-window').map(({ atMs, durationMs = 0 }) => ({ atMs, durationMs }));
  const slowestMs = Math.max(...windows.map(({ durationMs }) => durationMs));
  const totalMs = merged.atMs - startedMs;
  const firstMs = Math.min(...windows.map(({ atMs, durationMs }) => atMs - durationMs));
  return {
    atOnce,
    windows: windows.length,
    modelCalls: cloud.vertexAi.requests.length - callsBefore,
    rows,
    totalMs,
    windowsMs: Math.max(...windows.map(({ atMs }) => atMs)) - firstMs,
    slowestMs,
    planMs: handled('plan-run')[0]?.durationMs ?? Number.NaN,
    mergeMs: merged.durationMs ?? Number.NaN,
    ownMs: totalMs - 1.5 * slowestMs,
  };
};

const row = ({ atOnce, windows, totalMs, windowsMs, slowestMs, planMs, mergeMs, ownMs }: WindowsFigure): string[] => [
  String(atOnce),
  (windows / (windowsMs / 1000)).toFixed(1),
  ...[totalMs, windowsMs, slowestMs, planMs, mergeMs, ownMs].map(seconds),
];

const HEADER = ['at once', 'windows/s', 'total s', 'windows s', 'slowest s', 'plan s', 'merge s', 'own s'];

export const windows: Benchmark = {
  name: 'windows',
  run: async (print) => {
    const figures: WindowsFigure[] = [];
    for (const atOnce of AT_ONCE) {
      figures.push(await withSystem((system) => measure(system, atOnce), { sized: sizedFor(atOnce) }));
    }
    const [first] = figures;
    print(
      `${PAGES} pages of Markdown: ${first?.windows} windows, ${first?.modelCalls} calls of ${MODEL_SECONDS} s, ${first?.rows} rows`,
    );
    print(textTable(HEADER, figures.map(row)));
    print('own: total − 1.5 × slowest window; the goal is 2 s where all windows run at once.');
    return { status: 'measured', figures };
  },
};
