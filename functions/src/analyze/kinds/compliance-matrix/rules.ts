/** Decides one sentence: a row, excluded for a reason, or unresolved. */
import type { BlockKind } from '../../../contracts/document.ts';
import type { ExclusionReason, FunctionalRole } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import type { Claim, RowClaim } from './claim.ts';
import { claimsOf, strongestClaim } from './claims.ts';
import { imperativeOf, isCrossReference } from './imperatives.ts';
import { findModals, isCandidate, type ModalHit } from './modals.ts';
import { impliedActor } from './subject.ts';

export type Decision = { candidate: boolean } & (
  | ({ outcome: 'row' } & RowClaim)
  | { outcome: 'excluded'; reason: ExclusionReason }
  | { outcome: 'unresolved' }
);

export interface SentenceView {
  text: string;
  blockKind: BlockKind;
  role: FunctionalRole;
  /** The heading that the sentence stands under. */
  heading: string;
  /** The sentence is the first of its block, and others follow. */
  opensBlock: boolean;
  /** A later sentence of the block has words that bind. */
  restBinds: boolean;
  isFirst: boolean;
  /** All of the block is a heading although it is not marked as one. */
  isHeadingLine: boolean;
  isHeaderCell: boolean;
  /** In questions and answers "please confirm" is asked of the buyer. */
  isQuestionAndAnswer: boolean;
  /** What the lead-in of this item comes to; null when there is none or it says nothing. */
  stem: Claim | null;
  stemText: string;
}

const TOC = /(?<!\.\s?)(?:\.\s?){5,}\s*\d|(?:_{4,}|…)\s*\d+$/;
const BOILERPLATE =
  /^\(?\s*(?:end of (?:clause|provision|section|document|text|attachment|solicitation)|page \d+(?: of \d+)?|this page (?:is )?intentionally|intentionally (?:left )?blank|reserved|\[?reserved\]?)\b.{0,40}$/i;
const HAS_WORD = /\p{L}{2}/u;
/** "b. Staffing Plan.": an enumerator and a few words with a capital. */
const RUN_IN = /^(?:\(?\w{1,4}[.)]\s*|[\d.]+\s*)?[\p{Lu}\d“"(]\S*(?: \S+){0,8}$/u;
const DEFINITION =
  /^(?!(?:This|That|These|Those|It|Which)\b)["“‘']?[\p{Lu}\d][^.;]{0,90}?["”’']?,?(?: as used in this [^,]{3,60},)? (?:means|is defined as|are defined as|refers to|shall mean|has the meaning)\b/u;
const PAGE_EXEMPTION =
  /\b(?:not (?:included|counted|considered)|does not count|do not count|will not count|excluded|exempt)\b[^.]{0,60}\b(?:page|limit\w*|count|quotation|proposal)\b/i;
const STATES_FACT =
  /^(?:the |an? |this |our |all )?(?:\w+ ){0,4}?(?:intends|reserves|anticipates|contemplates|believes|estimates|seeks|plans|expects to|has the right|is (?:not )?(?:seeking|soliciting|issuing|committed|interested|considering)|desires)\b/i;
const BUYER_WANTS =
  /\b(?:requires?|requests?|expects?|prefers?|desires?|encourages?|urges?|recommends?|advises?)(?:, [^,]{3,40},)? (?:that )?(?:the |each |all |any )?/i;
const SCOPE_IS_FOR = /\bis for the (?:contractor|consultant|vendor|provider|awardee|supplier)\b[^.]{0,40}\bto\b/i;
/** "must not be used unless the following are in place:": the items are what has to be in place. */
const EXCEPTION = /\b(?:unless|until|except|without)\b/i;
const YOUR_OFFER = /\b(?:your|the) (?:offer|bid|proposal|quotation|quote|response|submission)\b/i;
const RESPONSIBLE = /^responsible for\b/i;
const TASK_HEADING = /\b(?:scope|tasks?|duties|responsibilit\w+|services|requirements|deliverables|activities)\b/i;
const FRAGMENT_ITEM = /^(?:[\p{Lu}][\p{L}-]*(?:ing|tion|ment|ance|sis)\b|[a-z]+ing\b)/u;
const STANDARD_APPLIES = /\b(?:is|are) applicable\b[^.]{0,40}$|\b(?:is|are) applicable (?:for|to) (?:compliance|this)/i;

/** "show that its dispatcher can be reached": the modal is not the item's own. */
const INNER_CLAUSE = /\w\s+(?:that|which|who|how|where|when|whether)\b/i;

const excluded = (reason: ExclusionReason, candidate = false): Decision => ({ outcome: 'excluded', reason, candidate });

/** What needs no reading of the sentence. */
const byNature = (view: SentenceView): ExclusionReason | null => {
  if (view.blockKind === 'header_footer') return 'header_footer';
  if (view.blockKind === 'heading' || view.isHeadingLine || view.isHeaderCell) return 'heading';
  if (view.blockKind === 'code' || view.blockKind === 'form_field' || !HAS_WORD.test(view.text))
    return 'not_a_sentence';
  if (TOC.test(view.text)) return 'toc';
  return BOILERPLATE.test(view.text) ? 'boilerplate' : null;
};

/** A side of the contract that wants something of ours: "The Government requires that the contractor document …". */
const buyerDemand = (view: SentenceView, context: ContextIndex): RowClaim | null => {
  const match = BUYER_WANTS.exec(view.text);
  if (match === null || /\bshall not\b/i.test(view.text)) return null;
  const before = context.mentions(view.text.slice(0, match.index)).at(-1);
  const isBuyer =
    /^we $/i.test(view.text.slice(0, match.index)) || (before?.actor === 'government' && before.start <= 12);
  const after = context.mentions(view.text.slice(match.index + match[0].length)).find(({ start }) => start < 3);
  if (!isBuyer || after === undefined || after.actor === 'government') return null;
  const isFirm = /require/i.test(match[0]);
  return {
    obligation: isFirm ? 'mandatory' : 'desired',
    modal: isFirm ? 'required_to' : 'should',
    actor: after.actor,
    needsReview: false,
  };
};

const runsIn = (view: SentenceView, hits: readonly ModalHit[]): boolean =>
  view.opensBlock &&
  (view.restBinds || view.stem?.outcome !== 'row') &&
  hits.length === 0 &&
  /[.:]$/.test(view.text) &&
  RUN_IN.test(view.text) &&
  imperativeOf(view.text) === null;

/** A claim made without a modal: an order, a task named under a heading of tasks. */
const withoutModal = (view: SentenceView, context: ContextIndex): Claim | null => {
  const demand = buyerDemand(view, context);
  if (demand) return { outcome: 'row', ...demand };
  const { role, text } = view;
  if (SCOPE_IS_FOR.test(text))
    return { outcome: 'row', obligation: 'mandatory', modal: 'implied', actor: 'contractor', needsReview: true };
  const order = role === 'evaluation' || view.isQuestionAndAnswer ? null : imperativeOf(text);
  if (order) {
    const implied = impliedActor(role);
    const isToOfferors = order.isPlease || YOUR_OFFER.test(text);
    const actor = implied === 'unclear' && isToOfferors ? 'offeror' : implied;
    if (actor === 'unclear') return { outcome: 'unresolved' };
    return {
      outcome: 'row',
      obligation: order.obligation,
      modal: 'imperative',
      actor,
      needsReview: role === 'price' || role === 'forms',
    };
  }
  if (role === 'work' && (STANDARD_APPLIES.test(text) || RESPONSIBLE.test(text))) {
    return { outcome: 'row', obligation: 'mandatory', modal: 'implied', actor: 'contractor', needsReview: true };
  }
  const isTask = role === 'work' && view.blockKind === 'list_item' && view.isFirst && view.stem === null;
  if (
    isTask &&
    !/\(?see section|\(section\b/i.test(text) &&
    TASK_HEADING.test(view.heading) &&
    FRAGMENT_ITEM.test(text) &&
    !/\b(?:is|are|was|were)\b/.test(text)
  ) {
    return { outcome: 'row', obligation: 'mandatory', modal: 'implied', actor: 'contractor', needsReview: true };
  }
  return null;
};

const fromStem = (view: SentenceView): Claim | null => {
  if (view.stem === null || !view.isFirst) return null;
  if (view.stem.outcome !== 'row' || PAGE_EXEMPTION.test(view.text))
    return view.stem.outcome === 'row' ? null : view.stem;
  const isNegative = /^(?:do not|refrain|avoid|never|no )\b/i.test(view.text);
  if (isNegative && view.stem.obligation === 'mandatory') return { ...view.stem, obligation: 'prohibited' };
  const namesConditions = view.stem.obligation === 'prohibited' && EXCEPTION.test(view.stemText);
  return namesConditions ? { ...view.stem, obligation: 'mandatory', modal: 'implied', needsReview: true } : view.stem;
};

const plainReason = (view: SentenceView): ExclusionReason => {
  if (DEFINITION.test(view.text)) return 'definition';
  if (view.role === 'evaluation') return 'evaluation_statement';
  const isFragment = !/[.!?:]["”’)]*$/.test(view.text) && view.text.split(' ').length < 5;
  return isFragment || view.blockKind === 'figure' ? 'not_a_sentence' : 'informational';
};

/** Pure; looks at nothing but the view and the context. */
export const decide = (view: SentenceView, context: ContextIndex): Decision => {
  const natural = byNature(view);
  const hits = findModals(view.text);
  if (natural !== null) return excluded(natural, natural !== 'header_footer' && isCandidate(hits));
  if (runsIn(view, hits)) return excluded('heading');
  const candidate = isCandidate(hits);
  if (/\?["”’)]*$/.test(view.text)) return excluded('informational', candidate);
  if (DEFINITION.test(view.text)) return excluded('definition', candidate);
  if (PAGE_EXEMPTION.test(view.text) && !candidate) return excluded('permission', candidate);

  const own = strongestClaim(claimsOf(view.text, hits, view.role, context));
  if (own?.outcome === 'row') {
    const isMereAnswer = view.isQuestionAndAnswer && own.needsReview && own.modal !== 'shall' && own.modal !== 'must';
    return isMereAnswer ? excluded('informational', true) : { candidate: true, ...own };
  }
  const orders = withoutModal(view, context);
  const stem = fromStem(view);
  const isLoneExemption =
    own?.outcome === 'excluded' &&
    own.reason === 'permission' &&
    hits.length === 1 &&
    !(stem?.outcome === 'row' && INNER_CLAUSE.test(view.text.slice(0, hits[0]?.start)));
  if (own?.outcome === 'excluded' && (own.isCertain || isLoneExemption) && orders === null)
    return { candidate, outcome: 'excluded', reason: own.reason };
  const opening = context.mentions(view.text.slice(0, 60))[0];
  const isBuyerFact =
    STATES_FACT.test(view.text) || (opening?.actor === 'government' && opening.start < 5 && !opening.isPossessive);
  if (orders === null && isBuyerFact && own?.outcome !== 'excluded') return excluded('government_duty', candidate);
  if (stem) return { candidate: true, ...asDecision(stem) };
  if (orders) return { candidate: true, ...asDecision(orders) };
  if (own !== null) return { candidate, ...asDecision(own) };
  return excluded(isCrossReference(view.text) ? 'informational' : plainReason(view), candidate);
};

type DecisionBody =
  | ({ outcome: 'row' } & RowClaim)
  | { outcome: 'excluded'; reason: ExclusionReason }
  | { outcome: 'unresolved' };

const asDecision = (claim: Claim): DecisionBody =>
  claim.outcome === 'excluded' ? { outcome: 'excluded', reason: claim.reason } : claim;
