/** What is left of a story when it is over. */
import type { TestDeps } from './pipeline-deps.ts';

/** What a user and an accountant can see at the end; attempts and times may differ, nothing else may. */
export const outcomeOf = ({ stored, memory, settings }: TestDeps) => {
  const [run] = stored.runs();
  return {
    conversions: stored.conversions().map(({ state, result }) => ({
      state,
      pagesWithoutText: result?.pagesWithoutText,
      characters: result?.characters,
    })),
    runs: stored.runs().map(({ state, progress, rows, coverage, missing }) => ({
      state,
      progress,
      rows,
      coverage,
      missing,
    })),
    windows: stored.windows().map(({ windowId, state, findings }) => ({ windowId, state, findings })),
    rows: stored
      .rows()
      .sort((a, b) => a.position - b.position)
      .map(({ rowId, body }) => ({ rowId, body })),
    analysis: run?.analysis ? memory.text(settings.buckets.processed, run.analysis.object) : null,
    ledger: run?.ledger ? memory.text(settings.buckets.processed, run.ledger.object) : null,
    usage: stored
      .usage()
      .map(({ usageId, kind, quantity }) => ({ usageId, kind, quantity }))
      .sort((a, b) => (a.usageId < b.usageId ? -1 : 1)),
    deadLetters: stored.deadLetters().length,
  };
};
