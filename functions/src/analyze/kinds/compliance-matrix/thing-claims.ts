/** Claims whose subject is not a side of the contract: "Reports shall be …", "All files will be …". */
import { type Claim, type ClaimInput, excluded, isOurSide, row, UNRESOLVED } from './claim.ts';
import {
  agentOf,
  BEFORE_AWARD,
  BUYER_PASSIVE,
  DEFINES,
  EVALUATION,
  HAPPENS,
  isForOurSideToGive,
  OFFER_EVALUATION,
  OPENED,
  PASSIVE,
  RECEIPT,
  RESULTS_IN,
  TO_OUR_SIDE,
} from './predicates.ts';

const aboutWill = (input: ClaimInput): Claim => {
  const { subject, rest, role } = input;
  if (role === 'evaluation') return excluded('evaluation_statement', false);
  if (subject.basis === 'fact' || HAPPENS.test(rest)) return excluded('informational', false);
  if (RESULTS_IN.test(rest) && !(isAfterAward(input) && GIVEN_BACK.test(rest))) return excluded('evaluation_statement');
  const isBeforeAward = role === 'instructions' || role === 'other';
  if (BUYER_PASSIVE.test(rest) || (isBeforeAward && BEFORE_AWARD.test(rest))) return excluded('government_duty', false);
  if (!isOurSide(subject.actor)) return UNRESOLVED;
  if (subject.basis === 'thing') return row(input, true);
  const isPassive = PASSIVE.test(rest);
  if (isPassive && (role === 'work' || role === 'clauses')) return row(input, true);
  return !isPassive && /^\s+be\b/i.test(rest) ? excluded('informational', false) : UNRESOLVED;
};

/** "No substitutions shall be made" forbids; "no travel is required" frees. */
const aboutNone = (input: ClaimInput): Claim => {
  const { hit, subject } = input;
  if (hit.id === 'required') return excluded('permission');
  if (subject.basis === 'fact') return excluded('government_duty', false);
  return row({ ...input, hit: { ...hit, obligation: 'prohibited' } }, subject.basis === 'unknown');
};

/** "There shall be no publication …" forbids; "there must be …" asks for a thing. */
const aboutThere = (input: ClaimInput): Claim => {
  if (!isOurSide(input.subject.actor)) return UNRESOLVED;
  const isNone = /^\s+be no\b/i.test(input.rest);
  return row(isNone ? { ...input, hit: { ...input.hit, obligation: 'prohibited' } } : input, true);
};

type ThingRule = (input: ClaimInput) => Claim | null;

const isAfterAward = ({ role }: ClaimInput): boolean => role === 'work' || role === 'clauses';

/** "Travel must be approved by the COR before it begins": whoever needs the consent has to get it first. */
const NEEDS_CONSENT =
  /^\s+be (?:\w+ly |first )?(?:pre-?)?(?:approved|authorized|cleared)\b[^.;]*\b(?:before|prior|in advance)\b/i;

/** The buyer does it, or our side does, and the sentence says so. */
const byAgent: ThingRule = (input) => {
  const { hit, subject, rest, context } = input;
  if (isAfterAward(input) && isForOurSideToGive(rest, context))
    return row(input, hit.modal === 'will' || subject.basis === 'unknown', 'contractor');
  const agent = PASSIVE.test(rest) || hit.id === 'required' ? agentOf(rest, context) : null;
  if (agent === 'government' && isAfterAward(input) && NEEDS_CONSENT.test(rest)) return row(input, true, 'contractor');
  if (agent === 'government') return excluded(EVALUATION.test(rest) ? 'evaluation_statement' : 'government_duty');
  if (agent !== null && isOurSide(agent)) return row(input, false, agent);
  return subject.actor === 'government' && !RECEIPT.test(rest) ? excluded('government_duty', false) : null;
};

/** An act that is itself forbidden by its consequence: "Inclusion of caveats will result in rejection". */
const ACT = /^(?:the )?(?:inclusion|use|addition|presence|disclosure|submission)\b/i;
const EXCLUDES =
  /^\s+(?:result in|lead to|cause)\b.*\b(?:reject\w*|disqualif\w*|exclu\w+|not? (?:longer )?be\w* considered)/i;

/** An offer that is returned was not read; a key or a drawing is returned by whoever holds it. */
const GIVEN_BACK = /^\s+be returned\b/i;

/** Definitions, what evaluation will do, and what comes to our side. */
const byPredicate: ThingRule = (input) => {
  const { hit, subject, rest, role } = input;
  if (DEFINES.test(rest)) return excluded('definition');
  if (isAfterAward(input) && /^\s+be (?:considered|deemed)\b/i.test(rest)) return excluded('definition');
  const evaluation = isAfterAward(input) ? OFFER_EVALUATION : EVALUATION;
  if (role === 'instructions' && ACT.test(subject.phrase) && EXCLUDES.test(rest)) {
    return row({ ...input, hit: { ...hit, obligation: 'prohibited' } }, true, 'offeror');
  }
  const isResult = RESULTS_IN.test(rest) && !(isAfterAward(input) && GIVEN_BACK.test(rest));
  if (evaluation.test(rest) || isResult) return excluded('evaluation_statement');
  if (role === 'instructions' && OPENED.test(rest)) return excluded('government_duty', false);
  const isToUs = PASSIVE.test(rest) && !RECEIPT.test(rest) && TO_OUR_SIDE.test(rest);
  return isToUs ? excluded('government_duty') : null;
};

const byModal: ThingRule = (input) => {
  const { hit, subject, rest } = input;
  if (/^(?:no|neither)\b/i.test(subject.phrase) && hit.obligation === 'mandatory') return aboutNone(input);
  if (/^there$/i.test(subject.phrase) && hit.modal !== 'will') return aboutThere(input);
  if (hit.id === 'will' || hit.id === 'will_not') return aboutWill(input);
  if (hit.id === 'agrees' || hit.id === 'provides') return excluded('informational', false);
  if (hit.id !== 'is_to') return null;
  const isOurThing = subject.basis === 'thing' || (subject.basis === 'unknown' && PASSIVE.test(rest));
  return isOurThing && isOurSide(subject.actor) ? row(input, true) : excluded('informational', false);
};

const DURATION = /\b(?:terms?|periods?|duration|options?)\b/i;

const byFact: ThingRule = (input) => {
  const { hit, subject, role } = input;
  if (subject.basis !== 'fact') return null;
  if (/\bawards?\b/i.test(subject.phrase)) return excluded('evaluation_statement', false);
  if (DURATION.test(subject.phrase)) return excluded('informational', false);
  if (role === 'clauses' && hit.modal !== 'should') return row(input, true, 'contractor');
  return hit.modal === 'shall' || hit.modal === 'must' ? UNRESOLVED : excluded('informational', false);
};

/** What may happen to an offer is no leave that is given. */
const REJECTS = /^\s+(?:result in|lead to|cause|be grounds for)\b[^.;]*\b(?:reject|disqualif|eliminat|exclu)\w*/i;

/** "Only one proposal may be submitted" limits as "may only" does. */
const ONLY = /^only\b/i;
const NEITHER = /^(?:neither|either|both) part(?:y|ies)\b/i;

/** "Employees must have equal access": who gains by it need not be who does it. */
const BENEFITS =
  /^\s+(?:(?:have|be given|receive|enjoy) (?:\w+ ){0,2}(?:access|opportunit\w+|benefits?)|be able to (?:access|use|obtain))\b/i;

const THING_RULES: readonly ThingRule[] = [byAgent, byPredicate, byModal, byFact];

/** A passive or a thing: the doer has to be inferred. The first rule that knows decides; then the section does. */
export const aboutThing = (input: ClaimInput): Claim => {
  const { hit, subject, rest, role } = input;
  if (hit.obligation === 'permitted') {
    if (EVALUATION.test(rest) || REJECTS.test(rest)) return excluded('evaluation_statement', false);
    const isLimit = ONLY.test(subject.phrase) && subject.basis === 'thing' && isOurSide(subject.actor);
    return isLimit
      ? row({ ...input, hit: { ...hit, obligation: 'prohibited', modal: 'may_not' } }, true)
      : excluded('permission', false);
  }
  if (NEITHER.test(subject.phrase)) return excluded('informational', false);
  for (const rule of THING_RULES) {
    const claim = rule(input);
    if (claim !== null) return claim;
  }
  if (!isOurSide(subject.actor)) return hit.id === 'expected' ? excluded('informational', false) : UNRESOLVED;
  return role === 'evaluation' && subject.basis === 'unknown'
    ? UNRESOLVED
    : row(input, subject.basis === 'unknown' || role === 'other' || BENEFITS.test(rest));
};
