/** What the panel beside the picture lists. */
import type { LedgerFile, LedgerPart } from '../../../../functions/src/contracts/ledger.ts';
import type { ExclusionReason } from '../../../../functions/src/contracts/rfp.ts';
import { barOf, type LedgerBar } from './ledger-bars.ts';
import type { Selection } from './ledger-selection.ts';

export type Sentence = LedgerFile['unresolved'][number];

interface ReasonGroup {
  reason: ExclusionReason;
  sentences: Sentence[];
}

export interface LedgerContents {
  inMatrix: number;
  unresolved: Sentence[];
  /** The most frequent reason first. */
  excluded: ReasonGroup[];
  excludedCount: number;
  /** The bar that is selected; null for the whole package. */
  bar: LedgerBar | null;
  /** Its parts. */
  parts: LedgerPart[];
  documentId: string | null;
}

const byReason = (excluded: LedgerFile['excluded']): ReasonGroup[] =>
  [...Map.groupBy(excluded, ({ reason }) => reason)]
    .map(([reason, sentences]) => ({ reason, sentences }))
    .sort((a, b) => b.sentences.length - a.sentences.length);

export const contentsOf = (file: LedgerFile, selection: Selection): LedgerContents => {
  if (selection.kind !== 'parts') {
    return {
      inMatrix: file.parts.reduce((sum, part) => sum + part.inMatrix, 0),
      unresolved: file.unresolved,
      excluded: byReason(file.excluded),
      excludedCount: file.excluded.length,
      bar: null,
      parts: [],
      documentId: null,
    };
  }
  const { first, last } = selection;
  const isIn = ({ part }: { part: number }): boolean => part >= first && part <= last;
  const excluded = file.excluded.filter(isIn);
  const bar = barOf(file.parts, first, last);
  return {
    inMatrix: bar.inMatrix,
    unresolved: file.unresolved.filter(isIn),
    excluded: byReason(excluded),
    excludedCount: excluded.length,
    bar,
    parts: file.parts.slice(first, last + 1),
    documentId: file.parts[first]?.documentId ?? null,
  };
};
