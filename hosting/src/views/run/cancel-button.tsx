import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { TEXTS } from '../../texts/index.ts';
import { useAction } from './use-action.ts';

const { header, cancel } = TEXTS.run;

/** Asks first. The dialog goes with the button when the run has ended. */
export const CancelButton = ({ runId }: { runId: string }) => {
  const { api } = usePageData();
  const [isAsking, setAsking] = useState(false);
  const { start, isBusy, problem } = useAction(async () => {
    await api.cancelRun({ runId });
    setAsking(false);
  });
  const close = () => setAsking(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{header.cancel}</Button>
      {isAsking && (
        <Dialog
          title={cancel.title}
          close={close}
          actions={
            <>
              <Button onClick={close}>{cancel.keep}</Button>
              <Button look="danger" disabled={isBusy} onClick={start}>
                {cancel.confirm}
              </Button>
            </>
          }
        >
          <p>{cancel.text}</p>
          {problem && <Notice tone="bad">{problem.message}</Notice>}
        </Dialog>
      )}
    </>
  );
};
