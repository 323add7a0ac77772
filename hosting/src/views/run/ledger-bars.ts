/** The parts of the ledger as bars: one page each, or neighbouring pages together when there are more than can be drawn. */
import type { LedgerFile, LedgerPart } from '../../../../functions/src/contracts/ledger.ts';
import { TEXTS } from '../../texts/index.ts';

/** Of one document, and of the picture: with them it stays below 1,000 nodes. */
export const MOST_BARS_OF_ONE = 300;
export const MOST_BARS = 600;

export interface LedgerBar {
  /** Positions in `parts` of the file, both included. */
  first: number;
  last: number;
  inMatrix: number;
  excluded: number;
  unresolved: number;
  sentences: number;
  hasText: boolean;
  unread: boolean;
  /** "Page 12", "Pages 12 to 14", or the heading. */
  name: string;
  /** As printed, of its first part and of its last. */
  label: string;
  lastLabel: string;
  /** Or pages; else sections. */
  isPage: boolean;
}

export interface LedgerRow {
  documentId: string;
  conversionId: string;
  fileName: string;
  isPaged: boolean;
  parts: number;
  /** Parts that one bar stands for; the last bar may stand for fewer. */
  perBar: number;
  sentences: number;
  bars: LedgerBar[];
}

const { ledger: texts } = TEXTS.run;

/** What a bar of these parts is called. */
const nameOfParts = (parts: readonly LedgerPart[]): string => {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return '';
  if (first.pageNumber === null) {
    const name = texts.section(first.label);
    return first === last ? name : texts.sections(name, texts.section(last.label));
  }
  return first === last ? texts.page(first.label) : texts.range(first.label, last.label);
};

export const barOf = (parts: readonly LedgerPart[], first: number, last: number): LedgerBar => {
  const own = parts.slice(first, last + 1);
  const sum = (field: 'inMatrix' | 'excluded' | 'unresolved') => own.reduce((total, part) => total + part[field], 0);
  const counts = { inMatrix: sum('inMatrix'), excluded: sum('excluded'), unresolved: sum('unresolved') };
  return {
    first,
    last,
    ...counts,
    sentences: counts.inMatrix + counts.excluded + counts.unresolved,
    hasText: own.some(({ hasText }) => hasText),
    unread: own.some(({ unread }) => unread),
    name: nameOfParts(own),
    label: own[0]?.label ?? '',
    lastLabel: own.at(-1)?.label ?? '',
    isPage: own[0]?.pageNumber !== null,
  };
};

/** "Page 12: 14 in the matrix, 6 excluded, 1 unresolved". */
export const describeBar = ({
  name,
  inMatrix,
  excluded,
  unresolved,
  sentences,
  hasText,
  unread,
}: LedgerBar): string => {
  const told = hasText || sentences > 0 ? texts.bar(name, inMatrix, excluded, unresolved) : texts.empty(name);
  return unread ? texts.notRead(told) : told;
};

/** The most bars that each document may have, so that all of them together stay within `MOST_BARS`. A document has one at least. */
export const barsOfOne = (partsOfEach: readonly number[]): number => {
  const total = (most: number) => partsOfEach.reduce((sum, parts) => sum + Math.min(parts, most), 0);
  let most = MOST_BARS_OF_ONE;
  while (most > 1 && total(most) > MOST_BARS) most -= 1;
  return most;
};

/** Short documents keep a bar for each part; only of long ones neighbours go together. */
export const ledgerRows = ({ documents, parts }: LedgerFile): LedgerRow[] => {
  const starts = new Map<string, { first: number; last: number }>();
  for (const [at, { documentId }] of parts.entries()) {
    starts.set(documentId, { first: starts.get(documentId)?.first ?? at, last: at });
  }
  const countOf = (documentId: string): number => {
    const range = starts.get(documentId);
    return range === undefined ? 0 : range.last - range.first + 1;
  };
  const most = barsOfOne(documents.map(({ documentId }) => countOf(documentId)));
  return documents.map(({ documentId, conversionId, fileName, pageBasis }) => {
    const range = starts.get(documentId);
    const count = countOf(documentId);
    const perBar = Math.max(1, Math.ceil(count / most));
    const bars: LedgerBar[] = [];
    for (let at = range?.first ?? 0; range && at <= range.last; at += perBar) {
      bars.push(barOf(parts, at, Math.min(at + perBar - 1, range.last)));
    }
    return {
      documentId,
      conversionId,
      fileName,
      isPaged: pageBasis !== 'none',
      parts: count,
      perBar,
      sentences: bars.reduce((sum, bar) => sum + bar.sentences, 0),
      bars,
    };
  });
};
