/** What stands after a modal: passives, what a buyer does, what evaluation does, who does it. */
import type { Actor } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import verbs from '../../rules/verbs.json' with { type: 'json' };

const ADVERBS = '(?:\\s+(?:also|only|then|not|either|further|normally|generally|\\w+ly))*';
/** Participles by their endings; adjectives that end alike are left out. */
export const PASSIVE = new RegExp(
  `^${ADVERBS}\\s+(?:be|have been)(?:\\s+\\w+ly)*\\s+(?!\\w*(?:sistent|ficient|present|different|pliant|levant|current|pendent|valent|ficant|evident|important|permanent)\\b)[a-z-]{2,}(?:ed|en|wn|pt|nt|lt|de|id|ld|nd|ne|un|ut|et|rn)\\b`,
  'i',
);
export const EVALUATION = new RegExp(`^${ADVERBS}\\s+(?:be\\s+)?(?:\\w+ly\\s+)?(?:${verbs.evaluation})\\b`, 'i');
export const OFFER_EVALUATION = new RegExp(
  `^${ADVERBS}\\s+(?:be\\s+)?(?:\\w+ly\\s+)?(?:${verbs.evaluationOfOffers})\\b`,
  'i',
);
export const BUYER_PASSIVE = new RegExp(`^${ADVERBS}\\s+be\\s+(?:\\w+ly\\s+)?(?:${verbs.buyerPassive})\\b`, 'i');
export const RECEIVES = new RegExp(`^${ADVERBS}\\s+(?:${verbs.receives})\\b`, 'i');
export const IS_GIVEN = new RegExp(`^${ADVERBS}\\s+be\\s+(?:${verbs.isGiven})\\b`, 'i');
export const NOTES = /^\s+(?:note|be (?:aware|advised|reminded)|understand|recognize|keep in mind)\b/i;
export const DEFINES =
  /^\s+(?:mean|be construed|be deemed|be interpreted|constitute|be defined|refer to|have the meaning|have no (?:effect|bearing)|apply\b|prevail|take precedence|govern)/i;
export const RESULTS_IN =
  /^\s+(?:be (?:grounds|cause)|result in|lead to|disqualify|render|cause|not (?:be )?(?:considered|accepted|evaluated|answered|entertained|constitute)|be (?:rejected|disqualified|eliminated|considered|deemed|returned|determined))\b/i;
export const TO_OUR_SIDE =
  /^[^.;]{0,80}\b(?:to|for)\s+(?:the |each |all |any |every |selected |successful )*(?:contractors?|offerors?|vendors?|bidders?|consultants?|proposers?|quoters?|respondents?|awardees?)\b/i;
const BY_AGENT = /^[^.;]{0,200}?\bby (?:the |an? |its |their |our |each |all )?/gi;
const OTHER_CLAUSE = /\b(?:that|which|who|when|if|as|until|unless)\b/i;
const INFINITIVE = /\bto ([a-z]+)/g;
const VERBS = new Set(verbs.imperative);
/** An agent known only by its letters is not one of the words for our side: it is the buyer or a third party. */
const NAMED_AGENT = /^(?!COB\b|EOD\b|EST\b|EDT\b)(?=[A-Z\d]*[A-Z])[A-Z\d&-]{2,}(?![\w-])/;
export const BEFORE_AWARD = new RegExp(
  `^${ADVERBS}\\s+be\\s+(?:\\w+ly\\s+)?(?:${verbs.buyerPassiveBeforeAward})\\b`,
  'i',
);
export const HAPPENS = new RegExp(`^${ADVERBS}\\s+(?:${verbs.happens})\\b`, 'i');
/** What only the buyer does with what it received, even where the text says "shall". */
export const OPENED = /^\s+be (?:publicly )?(?:opened|answered|posted|published|returned|awarded|announced)\b/i;
export const RECEIPT = /^\s+be\s+(?:received|submitted|delivered|sent|e-?mailed|uploaded|postmarked)\b/i;

/** Who does a passive verb: "shall be inspected by the Government". */
export const agentOf = (rest: string, context: ContextIndex): Actor | null => {
  BY_AGENT.lastIndex = 0;
  const match = BY_AGENT.exec(rest);
  if (match === null) return null;
  if (OTHER_CLAUSE.test(match[0]) || [...match[0].matchAll(INFINITIVE)].some(([, verb = '']) => VERBS.has(verb)))
    return null;
  const after = rest.slice(match[0].length, match[0].length + 60);
  const mention = context.mentions(after)[0];
  if (mention !== undefined && mention.start < 3) return mention.actor;
  return NAMED_AGENT.test(after) ? 'government' : null;
};
