/** Which analyses go with documents that are erased. */
import type { Run } from '../../../../functions/src/contracts/run.ts';

export interface RunsErased {
  /** Of each analysis its first document. */
  names: string[];
  /** Of all of them together. */
  rows: number;
}

/** Those that read any of the documents, in the order of `runs`. */
export const runsErased = (
  conversionIds: readonly string[],
  runs: readonly Pick<Run, 'conversionIds' | 'documents' | 'rows'>[],
): RunsErased => {
  const erased = new Set(conversionIds);
  const reading = runs.filter((run) => run.conversionIds.some((id) => erased.has(id)));
  return {
    names: reading.map(({ documents }) => documents[0]?.fileName ?? ''),
    rows: reading.reduce((sum, { rows = 0 }) => sum + rows, 0),
  };
};
