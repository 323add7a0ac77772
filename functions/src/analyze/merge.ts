/** Puts the results of a run's windows together. The order in which results arrive, and results that arrive twice, change nothing. */
import type {
  Analysis,
  AnalysisKind,
  Finding,
  LedgerEntry,
  PackageContext,
  Window,
  WindowResult,
} from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import type { ComplianceMatrix, DocumentRole } from '../contracts/rfp.ts';
import { type ContextIndex, indexContext } from './context-index.ts';
import { coverageOf, settleRunningLines } from './coverage.ts';
import { type DocumentIndex, indexDocument } from './document-index.ts';
import { rowsOf } from './matrix-rows.ts';
import { ledgerSource, sourceRef } from './source-ref.ts';

const ROLE_ORDER: readonly DocumentRole[] = [
  'base',
  'amendment',
  'qa',
  'attachment',
  'clause_matrix',
  'price_template',
];

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The base first, then by role, file name and id. */
const inPackageOrder = (documents: readonly Document[], context: ContextIndex): Document[] => {
  const rank = (document: Document): number => ROLE_ORDER.indexOf(context.roleOfDocument(document.documentId));
  return [...documents].sort(
    (a, b) => rank(a) - rank(b) || compareText(a.fileName, b.fileName) || compareText(a.documentId, b.documentId),
  );
};

interface Place {
  documentId: string;
  blockId: string;
  charStart: number | null;
  charEnd: number | null;
}

interface Package {
  context: ContextIndex;
  documents: readonly Document[];
  indexes: ReadonlyMap<string, DocumentIndex>;
  order: ReadonlyMap<string, number>;
}

/** In package order, each place once. Of two entries for one place the smaller JSON wins, whichever came first. */
const uniqueInOrder = <T>(entries: readonly T[], placeOf: (entry: T) => Place, pack: Package): T[] => {
  const byPlace = new Map<string, T>();
  for (const entry of entries) {
    const { documentId, blockId, charStart, charEnd } = placeOf(entry);
    if (!pack.indexes.get(documentId)?.blockById.has(blockId)) continue;
    const key = `${documentId}:${blockId}:${charStart}:${charEnd}`;
    const known = byPlace.get(key);
    if (known === undefined || compareText(JSON.stringify(entry), JSON.stringify(known)) < 0) byPlace.set(key, entry);
  }
  const rank = ({ documentId, blockId, charStart }: Place): readonly number[] => [
    pack.order.get(documentId) ?? 0,
    charStart ?? pack.indexes.get(documentId)?.anchorOf.get(blockId) ?? 0,
    pack.indexes.get(documentId)?.positionOf.get(blockId) ?? 0,
  ];
  return [...byPlace.values()]
    .map((entry) => ({ entry, rank: rank(placeOf(entry)) }))
    .sort((a, b) => a.rank.reduce((sum, value, at) => sum || value - (b.rank[at] ?? 0), 0))
    .map(({ entry }) => entry);
};

const findingPlace = ({ documentId, blockIds, charStart, charEnd }: Finding): Place => ({
  documentId,
  blockId: blockIds[0] ?? '',
  charStart,
  charEnd,
});

interface Merged {
  matrix: ComplianceMatrix;
  /** As the coverage counts it: every sentence once, in package order. */
  ledger: LedgerEntry[];
  /** Windows without a result. */
  failed: Window[];
}

const mergeMatrix = (pack: Package, windows: readonly Window[], results: readonly WindowResult[]): Merged => {
  const indexFor = (documentId: string): DocumentIndex => {
    const index = pack.indexes.get(documentId);
    if (index === undefined) throw new TypeError('a finding names a document that is not in the package');
    return index;
  };
  const findings = uniqueInOrder(
    results.flatMap((result) => result.findings),
    findingPlace,
    pack,
  );
  const entries = uniqueInOrder<LedgerEntry>(
    results.flatMap((result) => result.ledger),
    (entry) => entry,
    pack,
  );
  const ledger = settleRunningLines(entries, ({ documentId, blockId, charStart, charEnd }) =>
    indexFor(documentId).textAt(blockId, charStart, charEnd),
  );
  const done = new Set(results.map(({ documentId, index }) => `${documentId}:${index}`));
  const failed = windows.filter(({ documentId, index }) => !done.has(`${documentId}:${index}`));
  const placed = findings.map((finding) => {
    const place = { ...findingPlace(finding), quote: finding.quote };
    return { finding, source: sourceRef(place, indexFor(finding.documentId), pack.context) };
  });
  const coverage = coverageOf({
    documents: pack.documents,
    ledger,
    windows,
    failed,
    pointerOf: (entry) => ledgerSource(entry, indexFor(entry.documentId)),
    sourceOf: (entry) => {
      const index = indexFor(entry.documentId);
      const { markdown } = index.document;
      const isPlaced = entry.charStart !== null && entry.charEnd !== null;
      const quote = isPlaced
        ? markdown.slice(entry.charStart ?? 0, entry.charEnd ?? 0)
        : (index.blockById.get(entry.blockId)?.text ?? '');
      return sourceRef({ ...entry, quote }, index, pack.context);
    },
  });
  return { matrix: { rows: rowsOf(placed, pack.context), coverage }, ledger, failed };
};

const describe = (document: Document, context: ContextIndex): Analysis['documents'][number] => ({
  documentId: document.documentId,
  fileName: document.fileName,
  mediaType: document.mediaType,
  sizeBytes: document.sizeBytes,
  ...(document.title === undefined ? {} : { title: document.title }),
  role: context.roleOfDocument(document.documentId),
  pageBasis: document.pageBasis,
  pages: document.pages.length,
  pagesNeedingOcr: document.pagesNeedingOcr,
  quality: document.quality,
  messages: document.messages,
});

export interface MergedPackage {
  analysis: Analysis;
  /** In package order. */
  documents: readonly Document[];
  /** Of the compliance matrix: every sentence once, in package order, as its coverage counts it. */
  ledger: readonly LedgerEntry[];
  /** Windows of the compliance matrix without a result. */
  failed: readonly Window[];
}

/**
 * A window without a result is a failed one: its chunks are listed and the coverage is not complete. A package in which there is
 * nothing to read has no windows; its matrix is there all the same, without rows and not complete.
 */
export const mergePackage = (
  context: PackageContext,
  documents: readonly Document[],
  windows: readonly Window[],
  results: readonly WindowResult[],
): MergedPackage => {
  const index = indexContext(context);
  const ordered = inPackageOrder(documents, index);
  const pack: Package = {
    context: index,
    documents: ordered,
    indexes: new Map(ordered.map((document) => [document.documentId, indexDocument(document)])),
    order: new Map(ordered.map(({ documentId }, at) => [documentId, at])),
  };
  const of = <T extends { kind: AnalysisKind }>(entries: readonly T[], kind: AnalysisKind): T[] =>
    entries.filter((entry) => entry.kind === kind);
  const kind: AnalysisKind = 'compliance-matrix';
  const { matrix, ledger, failed } = mergeMatrix(pack, of(windows, kind), of(results, kind));
  const analysis = {
    documents: ordered.map((document) => describe(document, index)),
    ...(windows.length === 0 || windows.some((window) => window.kind === kind) ? { complianceMatrix: matrix } : {}),
  };
  return { analysis, documents: ordered, ledger, failed };
};

/** The analysis alone, see `mergePackage`. */
export const mergeAnalysis = (...given: Parameters<typeof mergePackage>): Analysis => mergePackage(...given).analysis;
