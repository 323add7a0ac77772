/** What every benchmark is: a name, a sentence, and a run that prints as it goes and returns its figures. */
export interface BenchmarkOutcome {
  status: 'measured' | 'skipped' | 'failed';
  /** Goes into the --json file as it is. */
  figures: unknown;
}

export interface Benchmark {
  name: string;
  run(print: (text: string) => void): Promise<BenchmarkOutcome>;
}
