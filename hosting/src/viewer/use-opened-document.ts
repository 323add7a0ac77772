import { useMemo } from 'react';
import type { BlockIndex, OpenedDocument } from '../data/document-files.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { type Called, useCall } from '../hooks/use-call.ts';
import { type BlockLookup, createBlockLookup } from './block-lookup.ts';

export interface ReadDocument extends OpenedDocument {
  lookup: BlockLookup;
  /** By page number, as they are printed. */
  labels: ReadonlyMap<number, string>;
}

const labelsOf = ({ pages }: BlockIndex): Map<number, string> =>
  new Map(pages.flatMap(({ pageNumber, pageLabel }) => (pageLabel === undefined ? [] : [[pageNumber, pageLabel]])));

/** Markdown and blocks of a document. `key`: opened anew when it changes. */
export const useOpenedDocument = (
  conversionId: string,
  key = '',
): { called: Called<ReadDocument>; again: () => void } => {
  const { documentFiles } = usePageData();
  const { called, again } = useCall(`${conversionId} ${key}`, () => documentFiles.open(conversionId));
  const opened = called.state === 'ready' ? called.value : null;
  const read = useMemo(
    () => opened && { ...opened, lookup: createBlockLookup(opened.index), labels: labelsOf(opened.index) },
    [opened],
  );
  return {
    called: called.state === 'ready' && read ? { state: 'ready', value: read } : (called as Called<never>),
    again,
  };
};
