/** Documents an hour, sustained: as many uploads under way as keep the system busy, and where memory and processor time go meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../functions/src/contracts/client.ts';
import type { Benchmark } from '../bench/benchmark.ts';
import { textTable } from '../bench/text-table.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import { medianAndMax } from './median.ts';
import { type OpenSystem, uploadDocument, withSystem } from './open-system.ts';
import { type ProcessTable, processTable } from './process-table.ts';

const PAGES = 5;
const DIFFERENT_DOCUMENTS = 20;
/** A visitor may begin twenty uploads a minute. */
const VISITORS = 60;
/** Uploaded or being uploaded, and not stored yet. */
const UNDER_WAY = 8;
const WARM_UP_MS = 10_000;
const SAMPLES = 10;
const TIMEOUT_MS = 60_000;

interface Sample {
  atMs: number;
  stored: number;
  processes: ProcessTable;
}

interface ThroughputFigure {
  minutes: number;
  documents: number;
  documentsPerHour: number;
  /** Upload finished → stored, of every document. */
  latenciesMs: number[];
  samples: Sample[];
}

const sendUntil = async (
  system: OpenSystem,
  isOver: () => boolean,
  next: () => { client: Client; bytes: Uint8Array },
  onStored: (latencyMs: number) => void,
): Promise<void> => {
  while (!isOver()) {
    const { client, bytes } = next();
    const { conversionId, finishedAtMs } = await uploadDocument(client, { fileName: 'document.pdf', bytes });
    const line = await system.log.first(
      (each) => each.queue === 'convert-document' && each.conversionId === conversionId,
      TIMEOUT_MS,
    );
    if (line.outcome !== 'stored') throw new Error(`A document ended as ${line.outcome}.`);
    onStored(line.atMs - finishedAtMs);
  }
};

const measure = async (system: OpenSystem, minutes: number): Promise<ThroughputFigure> => {
  const documents = await Promise.all(
    Array.from(
      { length: DIFFERENT_DOCUMENTS },
      (_, index) => generateSolicitation({ seed: index + 1, pages: PAGES }).pdf,
    ),
  );
  const clients = await Promise.all(Array.from({ length: VISITORS }, () => system.newVisitor()));
  let sent = 0;
  let over = false;
  const latencies: number[] = [];
  const next = () => {
    sent += 1;
    const [client, bytes] = [clients[sent % VISITORS], documents[sent % DIFFERENT_DOCUMENTS]];
    if (!client || !bytes) throw new Error('There are no visitors or no documents.');
    return { client, bytes };
  };
  const senders = Array.from({ length: UNDER_WAY }, () =>
    sendUntil(
      system,
      () => over,
      next,
      (latencyMs) => latencies.push(latencyMs),
    ),
  );
  const sending = Promise.all(senders);
  const samples: Sample[] = [];
  const sample = (): void => {
    samples.push({ atMs: Date.now(), stored: latencies.length, processes: processTable() });
  };
  const sampling = async (): Promise<void> => {
    await sleep(WARM_UP_MS);
    sample();
    for (let count = 0; count < SAMPLES; count += 1) {
      await sleep((minutes * 60_000) / SAMPLES);
      sample();
    }
    over = true;
  };
  // A sender that fails ends the measurement.
  await Promise.race([sampling(), sending]);
  over = true;
  await sending;
  const [first, last] = [samples[0], samples.at(-1)];
  const stored = (last?.stored ?? 0) - (first?.stored ?? 0);
  const elapsedMs = (last?.atMs ?? 0) - (first?.atMs ?? 0);
  const latenciesMs = latencies.slice(first?.stored, last?.stored);
  return { minutes, documents: stored, documentsPerHour: (stored / elapsedMs) * 3_600_000, latenciesMs, samples };
};

const cpuMsOf = (processes: ProcessTable): number =>
  Object.values(processes).reduce((sum, { cpuSeconds }) => sum + cpuSeconds * 1000, 0);

const sampleRows = (samples: readonly Sample[], kinds: readonly string[]): string[][] =>
  samples.slice(1).map(({ atMs, stored, processes }, index) => {
    const before = samples[index];
    const elapsedMs = atMs - (before?.atMs ?? 0);
    const documents = stored - (before?.stored ?? 0);
    const perHour = (documents / elapsedMs) * 3_600_000;
    const cpuMs = cpuMsOf(processes) - cpuMsOf(before?.processes ?? {});
    return [
      `${((atMs - (samples[0]?.atMs ?? 0)) / 60_000).toFixed(1)} min`,
      perHour.toFixed(0),
      (cpuMs / documents).toFixed(0),
      ...kinds.map((kind) => (processes[kind]?.residentMib ?? 0).toFixed(0)),
    ];
  });

const processorRow = ({ samples, documents }: ThroughputFigure, kind: string): string[] => {
  const [first, last] = [samples[0], samples.at(-1)];
  const cpuSeconds = (last?.processes[kind]?.cpuSeconds ?? 0) - (first?.processes[kind]?.cpuSeconds ?? 0);
  const elapsedSeconds = ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000;
  return [kind, (cpuSeconds / elapsedSeconds).toFixed(2), ((cpuSeconds * 1000) / documents).toFixed(0)];
};

export const throughputOver = (minutes: number): Benchmark => ({
  name: 'throughput',
  run: (print) =>
    withSystem(async (system) => {
      const figure = await measure(system, minutes);
      const kinds = Object.keys(figure.samples.at(-1)?.processes ?? {});
      const memory = kinds.map((kind) => `${kind} MiB`);
      print(textTable(['after', 'documents/h', 'CPU ms/document', ...memory], sampleRows(figure.samples, kinds)));
      print(
        `\n${textTable(
          ['process', 'cores', 'CPU ms/document'],
          kinds.map((kind) => processorRow(figure, kind)),
        )}`,
      );
      const [medianSeconds, maxSeconds] = medianAndMax(figure.latenciesMs);
      print(
        `\n${figure.documents} documents of ${PAGES} pages in ${minutes} minutes: ${figure.documentsPerHour.toFixed(0)} an hour. ` +
          `Upload finished → stored: median ${medianSeconds} s, max ${maxSeconds} s, ${UNDER_WAY} under way.`,
      );
      return { status: 'measured', figures: figure };
    }),
});
