import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { TEXTS } from '../../texts/index.ts';
import { useAction } from './use-action.ts';

/** The run goes on by itself then, and the view with it. */
export const RetryButton = ({
  runId,
  isPrimary,
  children,
}: {
  runId: string;
  isPrimary?: boolean;
  children: string;
}) => {
  const { api } = usePageData();
  const { start, isBusy, problem } = useAction(() => api.retryRun({ runId }));
  return (
    <>
      <Button look={isPrimary ? 'primary' : 'plain'} icon="retry" disabled={isBusy} onClick={start}>
        {isBusy ? TEXTS.run.header.retrying : children}
      </Button>
      {problem && <Notice tone="bad">{problem.message}</Notice>}
    </>
  );
};
