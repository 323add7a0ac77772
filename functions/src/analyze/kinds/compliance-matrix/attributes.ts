/** What kind of row a requirement is, when it applies, and on what condition. */
import type { Finding } from '../../../contracts/analysis.ts';
import type { FunctionalRole, RowKind } from '../../../contracts/rfp.ts';
import table from '../../rules/row-kinds.json' with { type: 'json' };

const pattern = (source: string): RegExp => new RegExp(source, 'i');
const SECURITY = pattern(table.security);
const SUBMISSION = pattern(table.submission);
const DELIVERABLE = pattern(table.deliverable);
const ADMINISTRATIVE = pattern(table.administrative);
const CERTIFICATION = pattern(table.certification);
const PRICING = pattern(table.pricing);

const CONDITION_FIRST =
  /^(?:(?:however|in addition|also|further|note|reminder|important),?:?\s*)?(?<condition>(?:if|unless|should|in the event|in case|where|when|whenever|provided that)\b[^;]{3,300}?),\s/i;
const CONDITION_LAST = /\s(?<condition>(?:if|unless|in the event|provided that)\s[^.;]{3,200})[.;]?$/i;

export const rowKindOf = (text: string, role: FunctionalRole, actor: Finding['actor']): RowKind => {
  if (role === 'evaluation') return 'evaluation';
  if (role === 'reps') return CERTIFICATION.test(text) ? 'certification' : 'representation';
  if (role === 'clauses') return 'contract_clause';
  if (actor === 'offeror') {
    if (role === 'price' || PRICING.test(text.split(/\b(?:shall|must|should|will)\b/i)[0] ?? '')) return 'pricing';
    return SUBMISSION.test(text) ? 'submission' : 'instruction';
  }
  if (DELIVERABLE.test(text)) return 'deliverable';
  if (SECURITY.test(text)) return 'security';
  if (role === 'price') return 'pricing';
  return ADMINISTRATIVE.test(text) ? 'administrative' : 'performance';
};

export const timingOf = (role: FunctionalRole, actor: Finding['actor']): Finding['timing'] => {
  if (actor === 'offeror') return 'proposal';
  return role === 'instructions' || role === 'evaluation' || role === 'reps' ? 'proposal' : 'post_award';
};

/** "If the offeror has a conflict": the words of the condition, or null. */
export const conditionOf = (text: string): string | null =>
  CONDITION_FIRST.exec(text)?.groups?.condition ?? CONDITION_LAST.exec(text)?.groups?.condition ?? null;
