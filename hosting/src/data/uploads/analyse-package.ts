/** The analysis of a package: begun over what was read of it, or followed when it began by itself. */
import type { Client } from '../../../../functions/src/contracts/client.ts';
import type { NotRead, Run } from '../../../../functions/src/contracts/run.ts';
import { TEXTS } from '../../texts/index.ts';
import type { AccountData } from '../account.ts';
import type { LiveData } from '../live.ts';
import { problemOfFailure } from '../problem.ts';
import { follow } from './follow.ts';
import type { AnalysisStep } from './package.ts';
import { patiently, type Wait } from './patience.ts';
import { problemIn } from './problem-error.ts';
import { KINDS } from './upload-file.ts';

export interface AnalyseDeps {
  api: Pick<Client, 'startAnalysis' | 'retryRun'>;
  live: Pick<LiveData, 'run'>;
  account: AccountData;
  wait: Wait;
}

export type AnalysisBegin =
  /** It follows a conversion by itself, or is there already (`isThere`: for certain). */
  | { name: 'follow'; runId: string; isThere?: boolean }
  | { name: 'start'; conversionIds: string[]; notRead: NotRead[]; idempotencyKey: string }
  | { name: 'retry'; runId: string };

const isOver = ({ state }: Run): boolean =>
  state === 'completed' || state === 'partial' || state === 'failed' || state === 'cancelled';

const endOf = ({ runId, state, rows, documents, notRead = [], failure }: Run): AnalysisStep => {
  if (state === 'completed' || state === 'partial') {
    const names = notRead.map(({ fileName }) => fileName);
    const without = names.length > 0 ? { notRead: names, filesInAll: documents.length + names.length } : {};
    return { name: 'done', runId, isPartial: state === 'partial', rows: rows ?? 0, ...without };
  }
  const message = state === 'cancelled' ? TEXTS.uploads.problems.cancelled : TEXTS.uploads.problems.analysisFailed;
  const problem = failure ? problemOfFailure(failure) : ({ kind: 'refused', message, reason: `RUN_${state}` } as const);
  return { name: 'failed', runId, problem };
};

/** Tells every step, the last one too. Rejects only with the signal's reason. */
export const analysePackage = async (
  { api, live, account, wait }: AnalyseDeps,
  begin: AnalysisBegin,
  { signal, tell }: { signal: AbortSignal; tell: (step: AnalysisStep) => void },
): Promise<void> => {
  const patience = { wait, signal };
  const kinds = [...KINDS];
  let runId = begin.name === 'start' ? undefined : begin.runId;
  try {
    if (begin.name !== 'follow') tell({ name: 'asking' });
    if (begin.name === 'start') {
      const { conversionIds, notRead, idempotencyKey } = begin;
      const without = notRead.length === 0 ? {} : { notRead };
      const started = await patiently(
        () => api.startAnalysis({ conversionIds, kinds, ...without, idempotencyKey }, { signal }),
        patience,
      );
      runId = started.run.runId;
    } else if (begin.name === 'retry') {
      await patiently(() => api.retryRun({ runId: begin.runId }, { signal }), patience);
    }
    const id = runId ?? '';
    const { orgId } = await patiently(() => account.load(), patience);
    const see = (run: Run): boolean => {
      if (isOver(run)) return true;
      tell({ name: 'running', runId: id, state: run.state, progress: run.progress });
      return false;
    };
    // A run that follows by itself is there a moment after its conversion names it.
    const isAwaited = begin.name !== 'follow' || begin.isThere !== true;
    const ended = await patiently(() => follow(live.run(orgId, id), see, { signal, isAwaited }), patience);
    tell(endOf(ended));
  } catch (thrown) {
    signal.throwIfAborted();
    tell({ name: 'failed', ...(runId === undefined ? {} : { runId }), problem: problemIn(thrown) });
  }
};
