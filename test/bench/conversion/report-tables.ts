/** The rows of all engines as tables. */
import { textTable } from '../text-table.ts';
import type { EngineRun } from './engine-run.ts';
import { type ScoredRow, type Summary, summarise } from './score-run.ts';

const COLUMNS: readonly (readonly [heading: string, key: keyof Summary])[] = [
  ['overall', 'overall'],
  ['NID', 'nid'],
  ['TEDS', 'teds'],
  ['MHS', 'mhs'],
  ['headings F1', 'headingF1'],
  ['level', 'headingLevel'],
  ['lists F1', 'listF1'],
  ['leaks/page', 'leaksPerPage'],
];
const HEADINGS = ['documents', 'failed', ...COLUMNS.map(([heading]) => heading), 'ms/page'];

const share = (value: number | null): string => value?.toFixed(3) ?? '-';
const milliseconds = (value: number | null): string => value?.toFixed(1) ?? '-';
const valuesOf = <Value>(rows: readonly ScoredRow[], keyOf: (row: ScoredRow) => Value): Value[] => [
  ...new Set(rows.map(keyOf)),
];
const overallOf = (rows: readonly ScoredRow[]): string => share(summarise(rows).overall);

const summaryCells = (summary: Summary): string[] => [
  String(summary.documents),
  String(summary.failed),
  ...COLUMNS.map(([, key]) => share(summary[key])),
  milliseconds(summary.msPerPage),
];

/** One line for each group and, where there are several, each engine. */
export const groupTable = (title: string, rows: readonly ScoredRow[], groupOf: (row: ScoredRow) => string): string => {
  const engines = valuesOf(rows, ({ engine }) => engine);
  const lines = valuesOf(rows, groupOf).flatMap((group) =>
    engines.flatMap((engine) => {
      const own = rows.filter((row) => row.engine === engine && groupOf(row) === group);
      const label = engines.length > 1 ? `${group}, ${engine}` : group;
      return own.length > 0 ? [[label, ...summaryCells(summarise(own))]] : [];
    }),
  );
  return textTable([title, ...HEADINGS], lines);
};

/** Whether a result hangs on one source: the PDF overall of each source alone, and of all others. */
export const leaveOneOutTable = (rows: readonly ScoredRow[]): string => {
  const engines = valuesOf(rows, ({ engine }) => engine);
  const lines = valuesOf(rows, ({ document }) => document.source).map((source) => {
    const isOwn = ({ document }: ScoredRow): boolean => document.source === source;
    const cells = engines.flatMap((engine) => {
      const ofEngine = rows.filter((row) => row.engine === engine);
      return [overallOf(ofEngine.filter((row) => !isOwn(row))), overallOf(ofEngine.filter(isOwn))];
    });
    return [source, String(rows.filter((row) => isOwn(row) && row.engine === engines[0]).length), ...cells];
  });
  const headings = engines.flatMap((engine) => [`${engine}: without it`, 'it alone']);
  return textTable(['source left out (PDF overall)', 'documents', ...headings], lines);
};

export const engineTable = (runs: readonly EngineRun[]): string =>
  textTable(
    ['engine', 'version', 'conversions', 'seconds', 'peak MiB'],
    runs.map(({ name, version, conversions, wallMs, peakMemoryMib }) => [
      name,
      version,
      String(conversions.size),
      (wallMs / 1000).toFixed(1),
      peakMemoryMib?.toFixed(0) ?? '?',
    ]),
  );

/** Documents that count as zero, and why. */
export const failureLines = (rows: readonly ScoredRow[]): string =>
  rows
    .flatMap(({ engine, document, failure }) =>
      failure === null ? [] : [`${engine} failed, counted as zero: ${document.id} (${failure})`],
    )
    .join('\n');
