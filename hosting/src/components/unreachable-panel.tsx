import type { Problem } from '../data/problem.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { useTitle } from '../hooks/use-title.ts';
import { TEXTS } from '../texts/index.ts';
import { ProblemPanel } from './problem-panel.tsx';

const { problems } = TEXTS;
const UNREACHABLE: Problem = { kind: 'offline', message: problems.noAnswer, reason: 'NO_ANSWER' };

/** In the place of every view that shows what is somebody's, as long as it cannot be told who is here. */
export const UnreachablePanel = () => {
  const { reconnect } = usePageData();
  useTitle(problems.titles.offline);
  return (
    <>
      <h1 className="visually-hidden">{problems.titles.offline}</h1>
      <ProblemPanel problem={UNREACHABLE} again={reconnect} />
    </>
  );
};
