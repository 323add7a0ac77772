/** Claims made without a modal: orders, limits, due dates, what the buyer says it requires, tasks under a heading of tasks. */
import type { FunctionalRole } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import { type Claim, isOurSide, type RowClaim } from './claim.ts';
import { imperativeOf } from './imperatives.ts';
import { findModals, isCandidate } from './modals.ts';
import type { SentenceView } from './sentence-view.ts';
import { statedLimit } from './stated-limits.ts';
import { impliedActor, subjectAt } from './subject.ts';

/** What the buyer asks of each offer: "The Government requires an acceptance period of at least 90 days." */
const MINIMUM = /\b(?:minimum|maximum|at least|no (?:more|less|fewer) than)\b/i;
const DUE =
  /^(?<what>[^.;:,]{3,80}?) (?:(?:is|are) )?due (?:within|by|no later than|not later than|on or before|before|upon)\b/i;
const BUYER_WANTS =
  /\b(?:requires?|requests?|expects?|prefers?|desires?|encourages?|urges?|recommends?|advises?)(?:, [^,]{3,40},)? (?:that )?(?:the |each |all |any )?/i;
const SCOPE_IS_FOR = /\bis for the (?:contractor|consultant|vendor|provider|awardee|supplier)\b[^.]{0,40}\bto\b/i;
const YOUR_OFFER = /\b(?:your|the) (?:offer|bid|proposal|quotation|quote|response|submission)\b/i;
const RESPONSIBLE = /^responsible for\b/i;
const TASK_HEADING = /\b(?:scope|tasks?|duties|responsibilit\w+|services|requirements|deliverables|activities)\b/i;
const FRAGMENT_ITEM = /^(?:[\p{Lu}][\p{L}-]*(?:ing|tion|ment|ance|sis)\b|[a-z]+ing\b)/u;
const STANDARD_APPLIES = /\b(?:is|are) applicable\b[^.]{0,40}$|\b(?:is|are) applicable (?:for|to) (?:compliance|this)/i;

/** A side of the contract that wants something of ours: "The Government requires that the contractor document …". */
const buyerDemand = (view: SentenceView, context: ContextIndex): RowClaim | null => {
  const match = BUYER_WANTS.exec(view.text);
  if (match === null || /\bshall not\b/i.test(view.text)) return null;
  const before = context.mentions(view.text.slice(0, match.index)).at(-1);
  const isBuyer =
    /^we $/i.test(view.text.slice(0, match.index)) || (before?.actor === 'government' && before.start <= 12);
  const after = context.mentions(view.text.slice(match.index + match[0].length)).find(({ start }) => start < 3);
  const isFirm = /require/i.test(match[0]);
  if (isBuyer && after === undefined && isFirm && view.role === 'instructions' && MINIMUM.test(view.text))
    return { obligation: 'mandatory', modal: 'required_to', actor: 'offeror', needsReview: true };
  if (!isBuyer || after === undefined || after.actor === 'government') return null;
  return {
    obligation: isFirm ? 'mandatory' : 'desired',
    modal: isFirm ? 'required_to' : 'should',
    actor: after.actor,
    needsReview: false,
  };
};

/** "Responses due within four hours": the verb is left out. */
const dueDate = (text: string, role: FunctionalRole, context: ContextIndex): RowClaim | null => {
  const what = DUE.exec(text)?.groups?.what;
  if (what === undefined || role === 'evaluation') return null;
  const { actor, basis } = subjectAt(text, what.length, role, context);
  const isOurs = basis !== 'fact' && isOurSide(actor);
  return isOurs ? { obligation: 'mandatory', modal: 'implied', actor, needsReview: true } : null;
};

/** The first that fits, or null. */
export const withoutModal = (view: SentenceView, context: ContextIndex): Claim | null => {
  const demand = buyerDemand(view, context);
  if (demand) return { outcome: 'row', ...demand };
  const { role, text } = view;
  const stated =
    view.isQuestionAndAnswer || isCandidate(findModals(text))
      ? null
      : (statedLimit(text, role, context) ?? dueDate(text, role, context));
  if (stated) return { outcome: 'row', ...stated };
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
