/**
 * The emulator's own report of how often each expression of the rules came to which value.
 * https://firebase.google.com/docs/rules/emulator-reports
 */
type Value = { boolValue?: boolean; undefined?: { causeMessage?: string } } & Record<string, unknown>;

interface Expression {
  /** Offsets into the file; the end is the last character's. */
  sourcePosition: { line: number; currentOffset: number; endOffset: number };
  values?: { value: Value; count: number }[];
  children?: Expression[];
}

interface CoverageReport {
  rules: { files: [{ content: string }] };
  report?: Expression[];
}

/** Empty when it was skipped; undefined without a cause while a document is still being looked up. */
const isOutcome = (value: Value): boolean =>
  Object.keys(value).length > 0 && (value.undefined === undefined || value.undefined.causeMessage !== undefined);

const isRefusal = (value: Value): boolean => value.boolValue === false || value.undefined !== undefined;

const missingOf = (outcomes: readonly Value[]): string[] => {
  if (outcomes.length === 0) return ['never evaluated'];
  if (!outcomes.some(({ boolValue }) => boolValue !== undefined)) return [];
  return [
    ...(outcomes.some(({ boolValue }) => boolValue === true) ? [] : ['never true']),
    ...(outcomes.some(isRefusal) ? [] : ['never false']),
  ];
};

/** "line: expression: what never happened", for each expression that did not come to every outcome it can have. */
export const coverageGaps = async (emulatorHost: string, projectId: string): Promise<string[]> => {
  const response = await fetch(`http://${emulatorHost}/emulator/v1/projects/${projectId}:ruleCoverage`);
  const { rules, report = [] } = (await response.json()) as CoverageReport;
  const text = rules.files[0].content;
  const gapsOf = ({
    sourcePosition: { line, currentOffset, endOffset },
    values = [],
    children = [],
  }: Expression): string[] => [
    ...missingOf(values.map(({ value }) => value).filter(isOutcome)).map(
      (what) => `${line}: ${text.slice(currentOffset, endOffset + 1)}: ${what}`,
    ),
    ...children.flatMap(gapsOf),
  ];
  if (report.length === 0) return ['no expression was evaluated'];
  return report.flatMap(gapsOf);
};
