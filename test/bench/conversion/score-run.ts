/** Scores a converter's Markdown against the truth. */
import { type DocumentScore, mean, scoreDocument } from '../metrics/score-document.ts';
import type { CorpusDocument } from './corpus-documents.ts';
import type { EngineRun } from './engine-run.ts';

export interface ScoredRow extends DocumentScore {
  engine: string;
  document: CorpusDocument;
  msPerPage: number | null;
  /** Why there is no Markdown; the row then counts as zero. */
  failure: string | null;
}

const NEVER_REACHED = { failure: 'never reached' };

/** One row for each document of the families that the engine reads. */
export const scoreRun = (run: EngineRun, documents: readonly CorpusDocument[]): ScoredRow[] =>
  documents
    .filter(({ family }) => run.families.includes(family))
    .map((document) => {
      const conversion = run.conversions.get(document.id) ?? NEVER_REACHED;
      const isFailed = 'failure' in conversion;
      return {
        engine: run.name,
        document,
        ...scoreDocument(document.truth, isFailed ? '' : conversion.markdown, document),
        msPerPage: isFailed ? null : conversion.ms / document.pages,
        failure: isFailed ? conversion.failure : null,
      };
    });

export interface Summary extends DocumentScore {
  documents: number;
  failed: number;
  /** Median. */
  msPerPage: number | null;
}

const METRICS = [
  ...(['overall', 'nid', 'nidText', 'teds', 'tedsStructure', 'mhs', 'mhsStructure'] as const),
  ...(['headingF1', 'headingLevel', 'listF1', 'leaksPerPage'] as const),
];

export const median = (values: readonly (number | null)[]): number | null => {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
};

/** Means over the rows to which a metric applies. */
export const summarise = (rows: readonly ScoredRow[]): Summary => {
  const means = METRICS.map((metric) => [metric, mean(rows.map((row) => row[metric]))] as const);
  const scores: Record<(typeof METRICS)[number], number | null> = Object.assign(
    Object.create(null),
    Object.fromEntries(means),
  );
  return {
    ...scores,
    documents: rows.length,
    failed: rows.filter(({ failure }) => failure !== null).length,
    msPerPage: median(rows.map(({ msPerPage }) => msPerPage)),
  };
};
