/** What a converter made of the corpus, whichever converter it was. */

/** ms: wall clock of this one conversion, in a warm process. */
export type Conversion = { markdown: string; ms: number } | { failure: string };

export interface EngineRun {
  name: string;
  version: string;
  /** Of each family that the engine reads. A document without an entry was never reached, and counts as failed. */
  families: readonly string[];
  conversions: ReadonlyMap<string, Conversion>;
  wallMs: number;
  /** Of the engine and the processes it starts; null where the system does not tell. */
  peakMemoryMib: number | null;
}
