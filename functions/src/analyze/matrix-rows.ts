/** Findings to rows of the compliance matrix. */
import type { Finding } from '../contracts/analysis.ts';
import type { ComplianceRow, FunctionalRole, SourceRef } from '../contracts/rfp.ts';
import { blockKey, type ContextIndex } from './context-index.ts';
import { sha256Hex } from './source-ref.ts';

export interface PlacedFinding {
  finding: Finding;
  source: SourceRef;
}

const ROLE_LETTER: Readonly<Record<FunctionalRole, string>> = {
  instructions: 'L',
  evaluation: 'M',
  work: 'C',
  clauses: 'I',
  reps: 'K',
  forms: 'J',
  price: 'B',
  other: 'R',
};

const ACTIONS: Readonly<Record<FunctionalRole, ComplianceRow['action']>> = {
  instructions: 'address_in_proposal',
  evaluation: 'address_in_proposal',
  work: 'address_in_proposal',
  clauses: 'accept_term',
  reps: 'attach_form',
  forms: 'attach_form',
  price: 'price_it',
  other: 'address_in_proposal',
};

const DISQUALIFIES =
  /\b(?:not be (?:considered|accepted|evaluated)|no longer be(?:ing)? considered|reject\w*|disqualif\w+|non-?responsive|ineligible|unacceptable)\b/i;
const HAS_DEADLINE = /\b(?:no later than|not later than|deadline|closing date|due (?:date|by|on)|late)\b/i;

/** A deliverable is rejected too; only an offer can lose the award by it. */
const OFFER =
  /\b(?:quot(?:ation|e)s?|offers?|bids?|proposals?|tenders?|submissions?|responses?|submittals?|offerors?|quoters?|bidders?|proposers?|vendors?|contractors?|firms?|respondents?|award)\b/i;

const riskOf = ({ text, obligation, actor, timing }: Finding): ComplianceRow['risk'] => {
  if (timing === 'proposal' && DISQUALIFIES.test(text) && OFFER.test(text)) return 'disqualifying';
  if (obligation === 'desired' || obligation === 'permitted') return 'low';
  return actor === 'offeror' && HAS_DEADLINE.test(text) ? 'high' : 'medium';
};

const normalise = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

type Pointers = Pick<ComplianceRow, 'links' | 'unresolvedRefs'>;

/** Documents that the row names: linked when the package has them, listed as missing when it does not. */
const pointersOf = ({ finding, source }: PlacedFinding, context: ContextIndex): Pointers => {
  const links: ComplianceRow['links'] = [];
  const unresolvedRefs: ComplianceRow['unresolvedRefs'] = [];
  for (const reference of context.referencesIn.get(blockKey(source.documentId, source.blockId)) ?? []) {
    if (!finding.text.includes(reference.text)) continue;
    const isDocument = !/^(?:section|paragraph|article)/i.test(reference.text);
    const target = reference.targetDocumentId;
    if (target !== null && target !== source.documentId && !links.some(({ toId }) => toId === target)) {
      links.push({ toId: target, toType: 'attachment', basis: 'stated', score: 1 });
    }
    if (target === null && isDocument) unresolvedRefs.push({ text: reference.text, reason: 'missing_document' });
  }
  return { links, unresolvedRefs };
};

/** Places of equal rows, kept linear: the first row lists all the others, each other lists only the first. */
const otherPlaces = (group: readonly PlacedFinding[], own: PlacedFinding): SourceRef[] => {
  const first = group[0];
  if (first === undefined) return [];
  return first === own ? group.slice(1).map(({ source }) => source) : [first.source];
};

/**
 * Findings in package order to rows in the same order. A duty stated twice is two rows: `otherSources` of the first names
 * the places of all that repeat it, `otherSources` of a repetition the place of the first.
 */
export const rowsOf = (placed: readonly PlacedFinding[], context: ContextIndex): ComplianceRow[] => {
  const sameText = new Map<string, PlacedFinding[]>();
  for (const each of placed) {
    const key = normalise(`${each.finding.leadIn ?? ''} ${each.finding.text}`);
    const group = sameText.get(key);
    if (group) group.push(each);
    else sameText.set(key, [each]);
  }
  const timesSeen = new Map<string, number>();
  const counters = new Map<string, number>();
  return placed.map((each) => {
    const { finding, source } = each;
    const words = normalise(`${finding.leadIn ?? ''} ${finding.text}`);
    const identity = JSON.stringify(['compliance-matrix', source.sectionRef, words]);
    const nth = timesSeen.get(identity) ?? 0;
    timesSeen.set(identity, nth + 1);
    const letter = source.ucfSection ?? ROLE_LETTER[source.functionalRole];
    const count = (counters.get(letter) ?? 0) + 1;
    counters.set(letter, count);
    const isVerified = source.match === 'exact' && !finding.needsReview;
    return {
      rowId: sha256Hex(`${identity}:${nth}`).slice(0, 16),
      displayId: `${letter}-${String(count).padStart(3, '0')}`,
      requirementText: finding.text,
      ...(finding.leadIn === undefined ? {} : { leadIn: finding.leadIn }),
      kind: finding.kind,
      obligation: finding.obligation,
      ...(finding.conditionText === undefined ? {} : { conditionText: finding.conditionText }),
      modal: finding.modal,
      actor: finding.actor,
      action: ACTIONS[source.functionalRole],
      timing: finding.timing,
      source,
      otherSources: otherPlaces(sameText.get(words) ?? [], each),
      ...pointersOf(each, context),
      compliance: 'tbd',
      status: 'not_started',
      risk: riskOf(finding),
      evidence: [],
      amendment: { state: 'unchanged', humanFieldsCarried: false },
      verification: { status: isVerified ? 'machine_verified' : 'needs_review', method: finding.method },
    };
  });
};
