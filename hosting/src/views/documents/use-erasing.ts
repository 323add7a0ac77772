import { useCallback, useState } from 'react';
import type { Problem } from '../../data/problem.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { eraseDocuments } from './erase-documents.ts';

/** Of a document that is to go: on its way, or why not. */
export type Erasing = 'leaving' | Problem;

const wait = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));

/** A document stays `leaving` until the listener drops it from the list. */
export const useErasing = (): {
  erasing: ReadonlyMap<string, Erasing>;
  erase: (conversionIds: readonly string[]) => void;
} => {
  const { api } = usePageData();
  const [erasing, setErasing] = useState<ReadonlyMap<string, Erasing>>(new Map());
  const erase = useCallback(
    (conversionIds: readonly string[]) => {
      const tell = (conversionId: string, value: Erasing): void =>
        setErasing((before) => new Map(before).set(conversionId, value));
      for (const conversionId of conversionIds) tell(conversionId, 'leaving');
      void eraseDocuments(conversionIds, {
        erase: (conversionId) => api.deleteConversion({ conversionId }),
        wait,
        tell,
      });
    },
    [api],
  );
  return { erasing, erase };
};
