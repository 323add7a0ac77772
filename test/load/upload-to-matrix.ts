/** One document on its whole way: upload finished, Markdown ready, matrix ready; and where the time goes. */

import type { Benchmark } from '../bench/benchmark.ts';
import { textTable } from '../bench/text-table.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import type { FollowedLog, LogLine } from './follow-log.ts';
import { median, medianAndMax, seconds } from './median.ts';
import { type OpenSystem, type Uploaded, uploadDocument, withSystem } from './open-system.ts';

const RUNS = 10;
const PAGES = [20, 300];
const SEED = 1;
const TIMEOUT_MS = 120_000;
const HANDLED = 'A task was handled';

/** Milliseconds after the upload was finished. */
interface Step {
  beganMs: number;
  endedMs: number;
}

interface Journey {
  /** From asking for the upload until it was finished. */
  uploadMs: number;
  markdownMs: number;
  matrixMs: number;
  steps: Record<string, Step>;
  windows: number;
  /** All windows' own times together. */
  windowsWorkMs: number;
}

const spanOf = (lines: readonly LogLine[], zeroMs: number): Step => ({
  beganMs: Math.min(...lines.map(({ atMs, durationMs = 0 }) => atMs - durationMs)) - zeroMs,
  endedMs: Math.max(...lines.map(({ atMs }) => atMs)) - zeroMs,
});

const isHandled = (queue: string, id: Partial<Pick<LogLine, 'conversionId' | 'runId'>>) => (line: LogLine) =>
  line.message === HANDLED &&
  line.queue === queue &&
  (id.conversionId === undefined || line.conversionId === id.conversionId) &&
  (id.runId === undefined || line.runId === id.runId);

const follow = async (log: FollowedLog, linesBefore: number, uploaded: Uploaded): Promise<Journey> => {
  const { conversionId, askedAtMs, finishedAtMs } = uploaded;
  const converted = await log.first(isHandled('convert-document', { conversionId }), TIMEOUT_MS);
  const isNew = (line: LogLine): boolean => log.lines().indexOf(line, linesBefore) >= 0;
  const merged = await log.first((line) => isHandled('merge-analysis', {})(line) && isNew(line), TIMEOUT_MS);
  const { runId } = merged;
  const lines = log.lines().slice(linesBefore);
  const of = (queue: string): LogLine[] => lines.filter(isHandled(queue, { runId }));
  const windows = of('analyze-window');
  const event = lines.filter(({ message }) => message === 'An event was handled');
  return {
    uploadMs: finishedAtMs - askedAtMs,
    markdownMs: converted.atMs - finishedAtMs,
    matrixMs: merged.atMs - finishedAtMs,
    steps: {
      'on-upload': spanOf(event, finishedAtMs),
      'convert-document': spanOf([converted], finishedAtMs),
      'plan-run': spanOf(of('plan-run'), finishedAtMs),
      'analyze-window': spanOf(windows, finishedAtMs),
      'merge-analysis': spanOf([merged], finishedAtMs),
    },
    windows: windows.length,
    windowsWorkMs: windows.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0),
  };
};

const measurePages = async ({ log, newVisitor }: OpenSystem, pages: number): Promise<Journey[]> => {
  const bytes = await generateSolicitation({ seed: SEED, pages }).pdf;
  const journeys: Journey[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    const client = await newVisitor();
    const linesBefore = log.lines().length;
    const document = { fileName: `solicitation-${pages}.pdf`, bytes, kinds: ['compliance-matrix' as const] };
    const uploaded = await uploadDocument(client, document);
    journeys.push(await follow(log, linesBefore, uploaded));
    const { conversion } = await client.getConversion({ conversionId: uploaded.conversionId });
    const { run } = await client.getRun({ runId: conversion.runId ?? '' });
    if (conversion.state !== 'completed' || run.state !== 'completed') {
      throw new Error(`${pages} pages ended as ${conversion.state} and ${run.state}.`);
    }
  }
  return journeys;
};

const totals = (journeys: readonly Journey[]): string[][] =>
  (['uploadMs', 'markdownMs', 'matrixMs'] as const).map((name) => [
    { uploadMs: 'asked → upload finished', markdownMs: 'upload finished → Markdown', matrixMs: '… → matrix' }[name],
    ...medianAndMax(journeys.map((journey) => journey[name])),
    seconds(journeys[0]?.[name] ?? Number.NaN),
  ]);

const stepRows = (journeys: readonly Journey[]): string[][] =>
  Object.keys(journeys[0]?.steps ?? {}).map((name) => {
    const steps = journeys.flatMap(({ steps }) => steps[name] ?? []);
    return [
      name,
      seconds(median(steps.map(({ beganMs }) => beganMs))),
      seconds(median(steps.map(({ endedMs }) => endedMs))),
      seconds(median(steps.map(({ beganMs, endedMs }) => endedMs - beganMs))),
    ];
  });

export const uploadToMatrix: Benchmark = {
  name: 'upload-to-matrix',
  run: (print) =>
    withSystem(async (system) => {
      const figures: Record<string, Journey[]> = {};
      for (const pages of PAGES) {
        const journeys = await measurePages(system, pages);
        figures[pages] = journeys;
        print(`\n${textTable([`${pages} pages (${RUNS} runs)`, 'median s', 'max s', 'first s'], totals(journeys))}`);
        print(`\n${textTable(['step, after the upload', 'begins s', 'ends s', 'takes s'], stepRows(journeys))}`);
        const work = seconds(median(journeys.map(({ windowsWorkMs }) => windowsWorkMs)));
        print(`${journeys[0]?.windows} windows; their own times together ${work} s`);
      }
      return { status: 'measured', figures };
    }),
};
