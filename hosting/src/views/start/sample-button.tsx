import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import type { Problem } from '../../data/problem.ts';
import { problemIn } from '../../data/uploads/problem-error.ts';
import { loadSample } from '../../data/uploads/sample.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './start-view.module.css';

const { start } = TEXTS;

/** Hands the sample in as if its files had been dropped. */
export const SampleButton = () => {
  const { uploads } = usePageData();
  const [isLoading, setIsLoading] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = (): void => {
    if (isLoading) return;
    setIsLoading(true);
    setProblem(null);
    loadSample()
      .then((files) => uploads.add(files, { isSample: true }))
      .catch((thrown: unknown) => setProblem(problemIn(thrown)))
      .finally(() => setIsLoading(false));
  };
  return (
    <>
      <Button icon="document" className={styles.sample} aria-disabled={isLoading} onClick={take}>
        {isLoading ? start.sampleLoading : start.sample}
      </Button>
      {problem && <Notice tone="bad">{problem.message}</Notice>}
    </>
  );
};
