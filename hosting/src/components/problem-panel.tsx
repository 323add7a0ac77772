import { useEffect, useState } from 'react';
import type { Problem } from '../data/problem.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import { Button, ButtonLink } from './button.tsx';
import type { IconName } from './icon.tsx';
import { StatePanel } from './state-panel.tsx';

const ICON_OF: Readonly<Record<Problem['kind'], IconName>> = {
  offline: 'retry',
  signedOut: 'person',
  notHere: 'search',
  notPermitted: 'warning',
  busy: 'clock',
  refused: 'warning',
  broken: 'warning',
};

/** Whole seconds until trying again makes sense, counted down. */
const useCountdown = (seconds: number): number => {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
};

const { problems, shell } = TEXTS;

/** A view that could not be loaded. `again` is offered where trying again may help. */
export const ProblemPanel = ({ problem, again }: { problem: Problem; again?: () => void }) => {
  const { kind, message, reason, retryAfterSeconds = 0 } = problem;
  const wait = useCountdown(retryAfterSeconds);
  const mayHelp = again !== undefined && kind !== 'notHere' && kind !== 'notPermitted' && kind !== 'signedOut';
  const actions = (
    <>
      {mayHelp && (
        <Button look="primary" icon="retry" disabled={wait > 0} onClick={again}>
          {wait > 0 ? problems.againIn(wait) : problems.again}
        </Button>
      )}
      {kind === 'signedOut' && (
        <ButtonLink look="primary" to={linkTo.account()}>
          {shell.signIn}
        </ButtonLink>
      )}
      {kind === 'notHere' && <ButtonLink to={linkTo.documents()}>{problems.toDocuments}</ButtonLink>}
      {(kind === 'signedOut' || kind === 'notPermitted') && (
        <ButtonLink to={linkTo.start()}>{problems.toStart}</ButtonLink>
      )}
    </>
  );
  return (
    <div role="alert">
      <StatePanel icon={ICON_OF[kind]} title={problems.titles[kind]} actions={actions}>
        <p>{message}</p>
        {kind === 'broken' && <p>{problems.reference(reason)}</p>}
      </StatePanel>
    </div>
  );
};
