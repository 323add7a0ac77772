/** Windows that were not read, named by document and reason. */
import type { LedgerPart } from '../../../../functions/src/contracts/ledger.ts';
import type { RunDocument, RunWindow } from '../../../../functions/src/contracts/run.ts';
import { messageOf } from '../../data/problem.ts';
import { TEXTS } from '../../texts/index.ts';

interface UnreadGroup {
  documentId: string;
  fileName: string;
  /** Numbers in the whole run, from 1. */
  windows: number[];
  why: string;
  reason: string;
}

type Unread = Pick<RunWindow, 'documentId' | 'ordinal' | 'state' | 'failure'>;

const { failures } = TEXTS.run;

const whyOf = ({ state, failure }: Unread): string => {
  if (failure) return messageOf(failure);
  return state === 'cancelled' ? failures.cancelled : failures.unknown;
};

/** Those that failed, and of a run that has ended those that were cancelled. */
export const unreadWindows = (
  windows: readonly Unread[],
  documents: readonly Pick<RunDocument, 'documentId' | 'fileName'>[],
): UnreadGroup[] => {
  const nameOf = new Map(documents.map(({ documentId, fileName }) => [documentId, fileName]));
  const groups = new Map<string, UnreadGroup>();
  for (const window of windows) {
    const { documentId, ordinal, state, failure } = window;
    if (state !== 'failed' && state !== 'cancelled') continue;
    const why = whyOf(window);
    const key = `${documentId} ${why}`;
    const group = groups.get(key) ?? {
      documentId,
      fileName: nameOf.get(documentId) ?? documentId,
      windows: [],
      why,
      reason: failure?.reason ?? '',
    };
    group.windows.push(ordinal + 1);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Physical pages of a document that a window without a result touches; pages that only lack text are not among them. */
export const pagesTouched = (
  parts: readonly Pick<LedgerPart, 'documentId' | 'pageNumber' | 'hasText' | 'unread'>[],
  documentId: string,
): number[] =>
  parts.flatMap((part) =>
    part.documentId === documentId && part.unread && part.hasText && part.pageNumber !== null ? [part.pageNumber] : [],
  );
