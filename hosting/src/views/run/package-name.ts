import type { RunDocument } from '../../../../functions/src/contracts/run.ts';
import { TEXTS } from '../../texts/index.ts';

const { header } = TEXTS.run;

/** What the documents of a run are called together: their first one, and how many more there are. */
export const packageName = (documents: readonly Pick<RunDocument, 'fileName'>[]): string => {
  const [first] = documents;
  return first === undefined ? header.title : header.package(first.fileName, documents.length - 1);
};
