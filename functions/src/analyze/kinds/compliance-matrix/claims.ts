/** One claim per modal of a sentence: who is bound to what, or why nobody on our side is. */
import type { FunctionalRole } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import { type Claim, type ClaimInput, excluded, isOurSide, type RowClaim, row, UNRESOLVED } from './claim.ts';
import type { ModalHit } from './modals.ts';
import { agentOf, EVALUATION, IS_GIVEN, IS_OWED, NOTES, PASSIVE, RECEIVES } from './predicates.ts';
import { type PreviousModal, subjectAt } from './subject.ts';
import { aboutThing } from './thing-claims.ts';

/** "Contractor provides for …" binds as the verb of the sentence only: near its start, in characters. */
const PRESENT_TENSE_WITHIN = 40;
/** How much after a modal is read, in characters: up to the next modal within these limits. */
const SHORTEST_PREDICATE = 160;
const LONGEST_PREDICATE = 800;

/** "The COR shall be notified of each delay": in work our side is who tells. */
const isOwedToBuyer = ({ hit, rest, role, context }: ClaimInput): boolean =>
  (role === 'work' || role === 'clauses') &&
  (hit.id === 'shall' || hit.id === 'must') &&
  IS_OWED.test(rest) &&
  agentOf(rest, context) !== 'government';

const aboutParty = (input: ClaimInput): Claim => {
  const { hit, subject, rest, role } = input;
  if (subject.actor === 'government') {
    if (isOwedToBuyer(input)) return row(input, true, 'contractor');
    return excluded(EVALUATION.test(rest) ? 'evaluation_statement' : 'government_duty');
  }
  if (!isOurSide(subject.actor)) return UNRESOLVED;
  if (hit.obligation === 'permitted') return excluded('permission');
  if (role === 'evaluation' && (hit.modal === 'will' || hit.id === 'provides'))
    return excluded('evaluation_statement', false);
  if (NOTES.test(rest)) return excluded('informational', false);
  const isReceiving = IS_GIVEN.test(rest) || (RECEIVES.test(rest) && (hit.modal === 'will' || EVALUATION.test(rest)));
  if (isReceiving && hit.id !== 'required') {
    return excluded(EVALUATION.test(rest) ? 'evaluation_statement' : 'government_duty');
  }
  if (hit.id === 'provides' || hit.id === 'agrees') return row(input, hit.id === 'provides');
  return row(input, subject.isShared);
};

const isOurs = ({ actor, basis }: ClaimInput['subject']): boolean =>
  (basis === 'party' || basis === 'thing') && isOurSide(actor);

/** "no additional form is required" frees, wherever it stands in the sentence. */
const NOTHING_MORE = /\bno (?:additional|further|other|specific|separate|special|prior|formal|such)\b[^,;.:]*$/i;

const claimOf = (input: ClaimInput, text: string): Claim => {
  const { hit, subject, rest, context, role } = input;
  if (hit.id === 'exempt') return excluded('permission', false);
  if (subject.isSubordinate) {
    const agent = PASSIVE.test(rest) ? agentOf(rest, context) : null;
    const binds = agent !== null && isOurSide(agent) && hit.obligation === 'mandatory' && hit.modal !== 'will';
    return binds ? row(input, true, agent) : excluded('informational', false);
  }
  if (hit.id === 'required' && NOTHING_MORE.test(text.slice(Math.max(0, hit.start - SHORTEST_PREDICATE), hit.start)))
    return excluded('permission');
  if (hit.id === 'has_to' && !isOurs(subject)) return excluded('informational', false);
  if (/\b(?:advised|cautioned|reminded|expected) that$/i.test(text.slice(hit.start, hit.end)))
    return excluded('informational', false);
  if (hit.id === 'responsibility') {
    const owner = [...context.mentions(text)].find(
      ({ actor, start }) => isOurSide(actor) && Math.abs(start - hit.end) < 60,
    );
    return owner === undefined
      ? excluded('informational', false)
      : row(input, false, role === 'instructions' ? 'offeror' : owner.actor);
  }
  const negated = forbidding(input);
  return subject.basis === 'party' ? aboutParty(negated) : aboutThing(negated);
};

/** "No file may be larger than 40 MB" and "No offeror shall …": the subject turns leave, or a duty of a side, into a ban. */
const forbidding = (input: ClaimInput): ClaimInput => {
  const { hit, subject } = input;
  if (!/^(?:no|neither)\b/i.test(subject.phrase)) return input;
  if (hit.id === 'may') return { ...input, hit: { ...hit, id: 'may_not', modal: 'may_not', obligation: 'prohibited' } };
  const isBan = subject.basis === 'party' && (hit.id === 'shall' || hit.id === 'must');
  return isBan ? { ...input, hit: { ...hit, obligation: 'prohibited' } } : input;
};

/** All claims of a sentence, in order. */
export const claimsOf = (
  text: string,
  hits: readonly ModalHit[],
  role: FunctionalRole,
  context: ContextIndex,
): Claim[] => {
  let previous: PreviousModal | undefined;
  return hits.flatMap((hit, at) => {
    if (/^should$/i.test(hit.id) && hit.start === 0) return [];
    if (hit.id === 'has_to' && at > 0) return [];
    if (hit.id === 'provides' && (at > 0 || hit.start > PRESENT_TENSE_WITHIN)) return [];
    const subject = subjectAt(text, hit.start, role, context, previous);
    const end = hits[at + 1]?.start ?? text.length;
    const rest = text.slice(
      hit.end,
      Math.max(Math.min(end, hit.end + LONGEST_PREDICATE), hit.end + SHORTEST_PREDICATE),
    );
    const claim = claimOf({ hit, subject, rest, role, context }, text);
    const opensComplement = /\bthat$/i.test(text.slice(hit.start, hit.end)) || /^\s+note that\b/i.test(rest);
    if (!subject.isSubordinate && hit.id !== 'exempt') previous = { end: hit.end, subject, opensComplement };
    return [claim];
  });
};

/** What the claims of a sentence come to: a row wins, then what nobody can explain, then the first good reason. */
export const strongestClaim = (claims: readonly Claim[]): Claim | null => {
  const rows = claims.filter((claim) => claim.outcome === 'row');
  const rank = (claim: RowClaim): number =>
    (claim.obligation === 'prohibited' ? -1 : 0) + (claim.obligation === 'desired' ? 4 : claim.needsReview ? 2 : 0);
  const best = rows.reduce<(typeof rows)[number] | undefined>(
    (known, claim) => (known === undefined || rank(claim) < rank(known) ? claim : known),
    undefined,
  );
  const certain = claims.find((claim) => claim.outcome === 'excluded' && claim.isCertain);
  /** "shall be considered Government property and shall be returned": what a thing counts as does not undo a duty beside it. */
  const isMereDefinition = certain?.outcome === 'excluded' && certain.reason === 'definition';
  if (best !== undefined && !(best.needsReview && certain !== undefined && !isMereDefinition)) return best;
  if (certain !== undefined) return certain;
  return claims.find((claim) => claim.outcome === 'unresolved') ?? best ?? claims[0] ?? null;
};
