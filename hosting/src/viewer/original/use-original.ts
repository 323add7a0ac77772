import { useEffect, useState } from 'react';
import { loadPart } from '../../data/load-part.ts';
import { type Problem, problemOf } from '../../data/problem.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { TEXTS } from '../../texts/index.ts';
import { type Original, originalKindOf } from './original.ts';

export type OpenedOriginal =
  | { state: 'loading' }
  | { state: 'ready'; original: Original }
  | { state: 'failed'; problem: Problem };

const LOADING = { state: 'loading' } as const;

/** @throws PartMissing */
const loadOpener = async (mediaType: string): Promise<(bytes: ArrayBuffer) => Promise<Original>> => {
  if (originalKindOf(mediaType) === 'pdf') return (await loadPart(() => import('./open-pdf.ts'))).openPdf;
  const { openPicture } = await loadPart(() => import('./open-picture.ts'));
  return (bytes) => openPicture(bytes, mediaType);
};

/** Cannot be drawn, though it was converted: the browser and the converter do not read the same. */
const NOT_DRAWN: Problem = { kind: 'refused', message: TEXTS.viewer.notDrawn, reason: 'ORIGINAL_NOT_DRAWN' };

/** Loads and opens the original as long as the component is shown; closes it after that. */
export const useOriginal = (conversionId: string, mediaType: string): { opened: OpenedOriginal; again: () => void } => {
  const { documentFiles } = usePageData();
  const [tries, setTries] = useState(0);
  const [opened, setOpened] = useState<OpenedOriginal>(LOADING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks anew.
  useEffect(() => {
    let isGone = false;
    let close = (): void => undefined;
    const load = async (): Promise<void> => {
      const [bytes, open] = await Promise.all([documentFiles.original(conversionId), loadOpener(mediaType)]);
      if (isGone) return;
      const original = await open(bytes).catch(() => null);
      if (isGone) original?.close();
      else if (original === null) setOpened({ state: 'failed', problem: NOT_DRAWN });
      else {
        close = original.close;
        setOpened({ state: 'ready', original });
      }
    };
    setOpened(LOADING);
    load().catch((thrown: unknown) => isGone || setOpened({ state: 'failed', problem: problemOf(thrown) }));
    return () => {
      isGone = true;
      close();
    };
  }, [documentFiles, conversionId, mediaType, tries]);
  return { opened, again: () => setTries((before) => before + 1) };
};
