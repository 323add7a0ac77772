/** The compliance matrix of a few blocks under a heading that gives them their role. */
import { analyzePackage } from '../../functions/src/analyze/index.ts';
import type { ComplianceMatrix } from '../../functions/src/contracts/rfp.ts';
import { type BlockSpec, buildDocument } from './build-document.ts';

const HEADINGS = {
  instructions: '# Instructions to Offerors',
  work: '# Statement of Work',
  evaluation: '# Evaluation Criteria',
  clauses: '# General Terms and Conditions',
} as const;
export type Role = keyof typeof HEADINGS;

const matrixOf = (...specs: BlockSpec[]): ComplianceMatrix => {
  const { complianceMatrix } = analyzePackage([buildDocument(specs)], ['compliance-matrix']);
  if (complianceMatrix === undefined) throw new Error('no matrix');
  return complianceMatrix;
};

export const under = (role: Role, ...specs: BlockSpec[]): ComplianceMatrix => matrixOf(HEADINGS[role], ...specs);

export const reasons = ({ coverage }: ComplianceMatrix): string[] =>
  coverage.excluded.map(({ reason }) => reason).filter((reason) => reason !== 'heading');
