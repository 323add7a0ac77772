/** Converts a corpus with mdraft and, when asked, with its peers, and scores the Markdown against the truth. */
import { join } from 'node:path';
import type { Benchmark, BenchmarkOutcome } from './benchmark.ts';
import { type CorpusDocument, readCorpus } from './conversion/corpus-documents.ts';
import type { EngineRun } from './conversion/engine-run.ts';
import { engineTable, failureLines, groupTable, leaveOneOutTable } from './conversion/report-tables.ts';
import { runMdraft } from './conversion/run-mdraft.ts';
import { type ScoredRow, scoreRun } from './conversion/score-run.ts';
import { locateCorpus, missing } from './locate-corpus.ts';
import type { PeerName } from './peers/peer-list.ts';
import { runPeer } from './peers/run-peer.ts';

type Print = (text: string) => void;

export interface ConversionOptions {
  /** Absolute path of another corpus in the same form. */
  manifest?: string | undefined;
  peers: readonly PeerName[];
}

/** A peer that cannot be installed or run is reported, and the others go on. */
const runPeers = async (
  peers: readonly PeerName[],
  documents: readonly CorpusDocument[],
  print: Print,
): Promise<EngineRun[]> => {
  const runs: EngineRun[] = [];
  for (const peer of peers) {
    try {
      runs.push(await runPeer(peer, documents, print));
    } catch (error) {
      print(`${peer} was not measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return runs;
};

const printReport = (rows: readonly ScoredRow[], print: Print): void => {
  const own = rows.filter(({ document }) => !document.isBorrowedTruth);
  const borrowed = rows.filter(({ document }) => document.isBorrowedTruth);
  const pdfs = own.filter(({ document }) => document.family === 'pdf');
  const section = (title: string, of: readonly ScoredRow[], groupOf: (row: ScoredRow) => string): void => {
    if (of.length > 0) print(`\n${groupTable(title, of, groupOf)}`);
  };
  section('family', own, ({ document }) => document.family);
  section('producer', own, ({ document }) => document.producer);
  section('PDF', pdfs, ({ document }) => (document.tagged ? 'tagged' : 'untagged'));
  if (pdfs.length > 0) print(`\n${leaveOneOutTable(pdfs)}`);
  section('docling-* (not aimed at)', borrowed, ({ document }) => document.family);
  if (borrowed.length > 0) section('family, docling-* counted in', rows, ({ document }) => document.family);
  const failures = failureLines(rows);
  if (failures) print(`\n${failures}`);
};

/** Without the texts. */
const rowFigures = ({ document: { id, family, producer, source, pages, tagged }, ...row }: ScoredRow): object => ({
  document: { id, family, producer, source, pages, tagged },
  ...row,
});

const measure = async (manifest: string, peers: readonly PeerName[], print: Print): Promise<BenchmarkOutcome> => {
  const documents = readCorpus(manifest);
  const pages = documents.reduce((sum, document) => sum + document.pages, 0);
  print(`${documents.length} documents, ${pages} pages`);
  const runs = [await runMdraft(documents), ...(await runPeers(peers, documents, print))];
  const rows = runs.flatMap((run) => scoreRun(run, documents));
  print(engineTable(runs));
  printReport(rows, print);
  const isMeasured = rows.some(({ engine, failure }) => engine === 'mdraft' && failure === null);
  const engines = runs.map(({ conversions, ...run }) => ({ ...run, conversions: conversions.size }));
  return { status: isMeasured ? 'measured' : 'failed', figures: { engines, documents: rows.map(rowFigures) } };
};

export const conversionBenchmark = ({ manifest, peers }: ConversionOptions): Benchmark => ({
  name: 'conversion',
  run: async (print) => {
    const corpus = locateCorpus('conversion');
    const chosen = manifest ?? (corpus && join(corpus, 'manifest.json'));
    if (!chosen) return missing('the conversion corpus is not here (set MDRAFT_CORPUS).', print);
    return measure(chosen, peers, print);
  },
});
