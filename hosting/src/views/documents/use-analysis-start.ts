import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Problem, problemOf } from '../../data/problem.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { linkTo } from '../../routes.ts';

/** Starts a run over documents and goes to it. The same documents tried again after a failure are the same run. */
export const useAnalysisStart = (): {
  isStarting: boolean;
  problem: Problem | null;
  start: (conversionIds: readonly string[]) => void;
} => {
  const { api } = usePageData();
  const [, navigate] = useLocation();
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const intent = useRef({ of: '', idempotencyKey: '' });
  const start = async (conversionIds: readonly string[]): Promise<void> => {
    const of = conversionIds.join();
    if (intent.current.of !== of) intent.current = { of, idempotencyKey: crypto.randomUUID() };
    const { idempotencyKey } = intent.current;
    setStarting(true);
    setProblem(null);
    try {
      const { run } = await api.startAnalysis({
        conversionIds: [...conversionIds],
        kinds: ['compliance-matrix'],
        idempotencyKey,
      });
      navigate(linkTo.run(run.runId));
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setStarting(false);
    }
  };
  return { isStarting, problem, start: (conversionIds) => void start(conversionIds) };
};
