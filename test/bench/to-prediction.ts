/** analysis.json in the form that the corpus' score.py reads. */
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { Actor, ComplianceRow, Obligation } from '../../functions/src/contracts/rfp.ts';

export interface PredictedRequirement {
  quote: string;
  section_ref?: string;
  binding: 'mandatory' | 'prohibited' | 'desired';
  party?: 'offeror' | 'contractor';
}

/** null: by the conventions of the truth this is not a requirement. */
const BINDING: Record<Obligation, PredictedRequirement['binding'] | null> = {
  mandatory: 'mandatory',
  conditional: 'mandatory',
  prohibited: 'prohibited',
  desired: 'desired',
  permitted: null,
  informational: null,
};
const PARTY: Record<Actor, PredictedRequirement['party'] | null> = {
  offeror: 'offeror',
  contractor: 'contractor',
  subcontractor: 'contractor',
  government: null,
  unclear: undefined,
};

const toRequirement = ({ source, obligation, actor }: ComplianceRow): PredictedRequirement[] => {
  const binding = BINDING[obligation];
  const party = PARTY[actor];
  if (binding === null || party === null) return [];
  return [
    {
      quote: source.quote,
      ...(source.sectionRef ? { section_ref: source.sectionRef } : {}),
      binding,
      ...(party ? { party } : {}),
    },
  ];
};

/** Rows that bind the offeror or the contractor; a row whose actor is unclear is kept, without a party. */
export const toPrediction = (analysis: Analysis): { requirements: PredictedRequirement[] } => ({
  requirements: (analysis.complianceMatrix?.rows ?? []).flatMap(toRequirement),
});
