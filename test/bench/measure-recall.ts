/** Compares a matrix with the expected requirements of our own solicitation. */
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { ComplianceRow } from '../../functions/src/contracts/rfp.ts';
import type { ExpectedDocument, ExpectedRequirement } from '../fixtures/solicitation/expected-truth.ts';

export interface Recall {
  expected: number;
  found: number;
  /** Of those found. */
  rightSection: number;
  rightActor: number;
  rightObligation: number;
  /** Rows that are none of the expected requirements. */
  extraRows: number;
  missed: ExpectedRequirement[];
  extra: string[];
}

/** Letters and digits only, so that neither Markdown marks nor line ends count. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** A row shows a requirement if one text holds the other and is not more than twice as long. */
const shows = (row: string, requirement: string): boolean => {
  const [short, long] = row.length < requirement.length ? [row, requirement] : [requirement, row];
  return short.length > 0 && long.length <= 2 * short.length && long.includes(short);
};

/** A row of a table may be quoted whole: then one of its cells has to be the requirement. */
const cellsOf = (quote: string): string[] =>
  quote
    .split('|')
    .map(lettersOf)
    .filter((cell) => cell !== '');

const withoutExtension = (fileName: string): string => fileName.replace(/\.[^.]+$/, '');

/** Each row shows at most one requirement, and each requirement is found at most once; first the exact ones. */
const pairUp = (
  requirements: readonly ExpectedRequirement[],
  rows: readonly ComplianceRow[],
): { pairs: Map<ExpectedRequirement, ComplianceRow>; extra: ComplianceRow[] } => {
  const free = new Set(rows);
  const pairs = new Map<ExpectedRequirement, ComplianceRow>();
  const tests = [
    (row: string, requirement: string) => lettersOf(row) === requirement,
    (row: string, requirement: string) => shows(lettersOf(row), requirement),
    (row: string, requirement: string) => cellsOf(row).includes(requirement),
  ];
  for (const matches of tests) {
    for (const requirement of requirements.filter((one) => !pairs.has(one))) {
      const wanted = lettersOf(requirement.quote);
      const found = [...free].find((row) => matches(row.source.quote, wanted));
      if (!found) continue;
      pairs.set(requirement, found);
      free.delete(found);
    }
  }
  return { pairs, extra: [...free] };
};

export const measureRecall = (analysis: Analysis, expected: readonly ExpectedDocument[]): Recall => {
  const rows = analysis.complianceMatrix?.rows ?? [];
  const sum: Recall = {
    expected: 0,
    found: 0,
    rightSection: 0,
    rightActor: 0,
    rightObligation: 0,
    extraRows: 0,
    missed: [],
    extra: [],
  };
  for (const { fileStem, requirements } of expected) {
    const ids = analysis.documents
      .filter(({ fileName }) => withoutExtension(fileName) === fileStem)
      .map(({ documentId }) => documentId);
    const own = rows.filter(({ source }) => ids.includes(source.documentId));
    const { pairs, extra } = pairUp(requirements, own);
    sum.expected += requirements.length;
    sum.found += pairs.size;
    for (const [requirement, { source, actor, obligation }] of pairs) {
      sum.rightSection += Number(source.sectionRef === requirement.sectionRef);
      sum.rightActor += Number(actor === requirement.actor);
      // A duty with an "if" is conditional to the analysis and mandatory to the source.
      sum.rightObligation += Number(
        (obligation === 'conditional' ? 'mandatory' : obligation) === requirement.obligation,
      );
    }
    sum.missed.push(...requirements.filter((requirement) => !pairs.has(requirement)));
    sum.extra.push(...extra.map(({ source }) => source.quote));
  }
  sum.extraRows = sum.extra.length;
  return sum;
};
