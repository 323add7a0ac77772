import { ProblemPanel } from '../components/problem-panel.tsx';
import { useTitle } from '../hooks/use-title.ts';
import { TEXTS } from '../texts/index.ts';

/** An address that the page does not have. */
export const NotFoundView = () => {
  useTitle(TEXTS.problems.titles.notHere);
  return (
    <>
      <h1 className="visually-hidden">{TEXTS.shell.name}</h1>
      <ProblemPanel problem={{ kind: 'notHere', message: TEXTS.problems.notHere, reason: 'NO_SUCH_PAGE' }} />
    </>
  );
};
