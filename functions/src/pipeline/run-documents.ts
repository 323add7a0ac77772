/** The documents of a run, as they were when it began. */
import type { Document } from '../contracts/document.ts';
import type { Run } from '../contracts/run.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { readStoredDocument } from './stored-document.ts';

const READ_AT_ONCE = 4;

/** In the run's order. @throws AppError CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE. */
export const readRunDocuments = (
  deps: Pick<PipelineDeps, 'objects' | 'settings'>,
  { documents }: Pick<Run, 'documents'>,
): Promise<Document[]> => mapBounded(documents, READ_AT_ONCE, (document) => readStoredDocument(deps, document));
