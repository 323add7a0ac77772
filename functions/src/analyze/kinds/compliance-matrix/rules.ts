/** Decides one sentence: a row, excluded for a reason, or unresolved. */
import type { ExclusionReason } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import type { Claim, RowClaim } from './claim.ts';
import { claimsOf, strongestClaim } from './claims.ts';
import { isDefinition } from './definitions.ts';
import { imperativeOf, isCrossReference } from './imperatives.ts';
import { bindsInMargin, findModals, isCandidate, type ModalHit } from './modals.ts';
import type { SentenceView } from './sentence-view.ts';
import { limitAt } from './stated-limits.ts';
import { withoutModal } from './without-modal.ts';

export type Decision = { candidate: boolean } & (
  | ({ outcome: 'row' } & RowClaim)
  | { outcome: 'excluded'; reason: ExclusionReason }
  | { outcome: 'unresolved' }
);

const TOC = /(?<!\.\s?)(?:\.\s?){5,}\s*\d|(?:_{4,}|…)\s*\d+$/;
const BOILERPLATE =
  /^\(?\s*(?:end of (?:clause|provision|section|document|text|attachment|solicitation)|page \d+(?: of \d+)?|this page (?:is )?intentionally|intentionally (?:left )?blank|reserved|\[?reserved\]?)\b.{0,40}$/i;
const HAS_WORD = /\p{L}{2}/u;
/** "b. Staffing Plan.": an enumerator and a few words with a capital. */
const RUN_IN = /^(?:\(?\w{1,4}[.)]\s*|[\d.]+\s*)?[\p{Lu}\d“"(]\S*(?: \S+){0,8}$/u;
/** "The hose is 6 ft." is short and no title. */
const HAS_VERB = /\s(?:is|are|was|were|has|have)\s/;
const PAGE_EXEMPTION =
  /\b(?:not (?:included|counted|considered)|does not count|do not count|will not count|excluded|exempt)\b[^.]{0,60}\b(?:page|limit\w*|count|quotation|proposal)\b/i;
/** Not "limited to two pages, which are not counted …": the limit binds, whatever follows. */
const isPageExemption = (text: string): boolean => {
  const at = PAGE_EXEMPTION.exec(text)?.index;
  return at !== undefined && !((limitAt(text) ?? at) < at) && !LIMITED_ALL_THE_SAME.test(text.slice(at));
};
const LIMITED_ALL_THE_SAME = /\b(?:but|however|although)\b[^.;]*\blimited to\b/i;

const STATES_FACT =
  /^(?:the |an? |this |our |all )?(?:\w+ ){0,4}?(?:intends|reserves|anticipates|contemplates|believes|estimates|seeks|plans|expects to|has the right|is (?:not )?(?:seeking|soliciting|issuing|committed|interested|considering)|desires)\b/i;
/** "must not be used unless the following are in place:": the items are what has to be in place. */
const EXCEPTION = /\b(?:unless|until|except|without)\b/i;
/** "show that its dispatcher can be reached": the modal is not the item's own. */
const INNER_CLAUSE = /\w\s+(?:that|which|who|how|where|when|whether)\b/i;

/** The buyer's answer to a wish: "The limit cannot be raised.", "No dates can be given." */
const REFUSES =
  /^(?:(?:no|yes|unfortunately|at this time|currently)[,.;:]?\s+)?(?:(?:this|that|it|these|they|such|the|an?)\b(?: [\w-]+){0,5} (?:cannot|can not|can't|may not|will not) be|no\b(?: [\w-]+){1,5} (?:can|may|will) be) \w+/i;

const excluded = (reason: ExclusionReason, candidate = false): Decision => ({ outcome: 'excluded', reason, candidate });

const LEAST_WORDS_OF_DUTY = 8;
/** A box of a form, the first row of a table or text set like code may hold a whole sentence that binds. */
const statesDuty = (view: SentenceView, hits: readonly ModalHit[]): boolean =>
  isCandidate(hits) && view.text.split(' ').length >= LEAST_WORDS_OF_DUTY;

/** What needs no reading of the sentence. */
const byNature = (view: SentenceView, hits: readonly ModalHit[]): ExclusionReason | null => {
  if (view.blockKind === 'header_footer') return 'header_footer';
  if (view.blockKind === 'heading' || (view.isHeadingLine && limitAt(view.text) === null)) return 'heading';
  if (!HAS_WORD.test(view.text)) return 'not_a_sentence';
  const isSetApart = view.blockKind === 'code' || view.blockKind === 'form_field';
  if ((view.isHeaderCell || isSetApart) && !statesDuty(view, hits))
    return view.isHeaderCell ? 'heading' : 'not_a_sentence';
  if (TOC.test(view.text)) return 'toc';
  return BOILERPLATE.test(view.text) ? 'boilerplate' : null;
};

const runsIn = (view: SentenceView, hits: readonly ModalHit[]): boolean =>
  view.opensBlock &&
  (view.restBinds || view.stem?.outcome !== 'row') &&
  hits.length === 0 &&
  limitAt(view.text) === null &&
  !(view.stem?.outcome === 'row' && continuesList(view.text)) &&
  /[.:]$/.test(view.text) &&
  RUN_IN.test(view.text) &&
  !HAS_VERB.test(view.text) &&
  imperativeOf(view.text) === null;

/** "A staffing plan that names …": a later sentence of an item that is no sentence but one more thing of its list. */
export const continuesList = (text: string): boolean =>
  /^(?:An?|All|Any|Each)\s/.test(text) &&
  !FINITE.test(text.replace(/[,;]? \b(?:that|which|who|whose|where|to be)\b.*$/i, ''));
const FINITE =
  /\b(?:is|are|was|were|has|have|had|will|shall|must|may|can|should|does|do|did|includes?|provides?|supports?|consists?|contains?|requires?|applies|remains?|becomes?|means?)\b/i;

const fromStem = (view: SentenceView): Claim | null => {
  if (view.stem === null) return null;
  if (!view.isFirst) {
    const { stem } = view;
    return stem.outcome === 'row' && continuesList(view.text) ? { ...stem, needsReview: true } : null;
  }
  if (view.stem.outcome !== 'row' || PAGE_EXEMPTION.test(view.text))
    return view.stem.outcome === 'row' ? null : view.stem;
  const isNegative = /^(?:do not|refrain|avoid|never|no )\b/i.test(view.text);
  if (isNegative && view.stem.obligation === 'mandatory') return { ...view.stem, obligation: 'prohibited' };
  const namesConditions = view.stem.obligation === 'prohibited' && EXCEPTION.test(view.stemText);
  return namesConditions ? { ...view.stem, obligation: 'mandatory', modal: 'implied', needsReview: true } : view.stem;
};

const plainReason = (view: SentenceView): ExclusionReason => {
  if (view.role === 'evaluation') return 'evaluation_statement';
  const isFragment = !/[.!?:]["”’)]*$/.test(view.text) && view.text.split(' ').length < 5;
  return isFragment || view.blockKind === 'figure' ? 'not_a_sentence' : 'informational';
};

/** An answer that refuses, or that only says weakly what one side does. */
const isMereAnswer = (view: SentenceView, own: Claim): boolean => {
  if (!view.isQuestionAndAnswer || own.outcome === 'excluded') return false;
  if (REFUSES.test(view.text)) return true;
  return own.outcome === 'row' && own.needsReview && own.modal !== 'shall' && own.modal !== 'must';
};

/** The buyer is the subject. In a list that binds, "OMB Memorandum 12" and "Agency policy" are items like the others unless a verb follows. */
const opensWithBuyer = (view: SentenceView, stem: Claim | null, context: ContextIndex): boolean => {
  const opening = context.mentions(view.text.slice(0, 60))[0];
  if (opening?.actor !== 'government' || opening.start >= 5 || opening.isPossessive) return false;
  const name = view.text.slice(opening.start, opening.end);
  const rest = view.text.slice(opening.end);
  const isModifier = /^[A-Z\d&-]{2,}$/.test(name) || /^ \p{Ll}/u.test(rest);
  return stem?.outcome !== 'row' || !isModifier || BUYER_ACTS.test(rest);
};
const BUYER_ACTS =
  /^(?: \([^()]*\))?,?\s+(?:(?:also|\w+ly) )?(?:is|are|was|were|has|have|had|does|do|intends?|reserves?|anticipates?|plans|expects?|provides?|owns|operates?|maintains?|uses?|manages?|seeks?|desires?|requires?|wants?|believes?|estimates?|hosts|retains?|accepts?|reviews? (?:the|all|each|and))\b/i;

/** Pure; looks at nothing but the view and the context. */
export const decide = (view: SentenceView, context: ContextIndex): Decision => {
  const hits = findModals(view.text);
  const natural = byNature(view, hits);
  if (natural === 'header_footer') return excluded(natural, bindsInMargin(view.text));
  if (natural !== null) return excluded(natural, isCandidate(hits));
  if (runsIn(view, hits)) return excluded('heading');
  const candidate = isCandidate(hits);
  if (/\?["”’)]*$/.test(view.text)) return excluded('informational', candidate);
  if (isDefinition(view.text, hits)) return excluded('definition', candidate);
  if (!candidate && isPageExemption(view.text)) return excluded('permission', candidate);

  const own = strongestClaim(claimsOf(view.text, hits, view.role, context));
  if (own !== null && isMereAnswer(view, own)) return excluded('informational', candidate);
  if (own?.outcome === 'row') return { candidate: true, ...own };
  const isMereChance = hits.length > 0 && hits.every(({ id }) => id === 'may_be_required');
  const orders = isMereChance ? null : withoutModal(view, context);
  const stem = fromStem(view);
  const isLoneExemption =
    own?.outcome === 'excluded' &&
    own.reason === 'permission' &&
    hits.length === 1 &&
    !(stem?.outcome === 'row' && INNER_CLAUSE.test(view.text.slice(0, hits[0]?.start)));
  if (own?.outcome === 'excluded' && (own.isCertain || isLoneExemption) && orders === null)
    return { candidate, outcome: 'excluded', reason: own.reason };
  const isBuyerFact = STATES_FACT.test(view.text) || opensWithBuyer(view, stem, context);
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
