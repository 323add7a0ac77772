import { useCallback, useState } from 'react';
import { saveFile } from '../components/export-menu-save.ts';
import { type Problem, problemOf } from '../data/problem.ts';
import { usePageData } from '../hooks/page-data-context.ts';

export type DownloadName = 'markdown' | 'blocks' | 'original';

/** Has the browser save a file of the document, by a signed URL that is asked for when it is wanted. `busy`: which one it is. */
export const useDownload = (
  conversionId: string,
): { download: (name: DownloadName) => Promise<void>; busy: DownloadName | null; problem: Problem | null } => {
  const { api } = usePageData();
  const [busy, setBusy] = useState<DownloadName | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const download = useCallback(
    async (name: DownloadName): Promise<void> => {
      setBusy(name);
      setProblem(null);
      try {
        const asked = await api.getDownloadUrl({ conversionId, name });
        await saveFile(asked.download);
      } catch (thrown) {
        setProblem(problemOf(thrown));
      } finally {
        setBusy(null);
      }
    },
    [api, conversionId],
  );
  return { download, busy, problem };
};
