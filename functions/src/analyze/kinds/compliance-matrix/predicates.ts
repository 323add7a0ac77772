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
/** What our side owes the buyer in the passive: news, access, copies. */
export const IS_OWED = new RegExp(
  `^${ADVERBS}\\s+be\\s+(?:\\w+ly\\s+)?(?:notified|informed|advised|kept|given|granted|afforded|provided|furnished|contacted|consulted|alerted|briefed)\\b`,
  'i',
);
export const NOTES = /^\s+(?:note|be (?:aware|advised|reminded)|understand|recognize|keep in mind)\b/i;
export const DEFINES =
  /^\s+(?:mean|be construed|be deemed|be interpreted|constitute|be defined|refer to|have the meaning|have no (?:effect|bearing)|apply\b|prevail|take precedence|govern)/i;
export const RESULTS_IN =
  /^\s+(?:be (?:grounds|cause)|result in|lead to|disqualify|render|cause|not (?:be )?(?:considered|accepted|evaluated|answered|entertained|constitute)|be (?:rejected|disqualified|eliminated|considered|deemed|returned|determined))\b/i;
export const TO_OUR_SIDE =
  /^[^.;]{0,80}\b(?:to|for)\s+(?:the |each |all |any |every |selected |successful )*(?:contractors?|offerors?|vendors?|bidders?|consultants?|proposers?|quoters?|respondents?|awardees?)\b/i;
const BY_AGENT = /\bby (?:the |an? |its |their |our |each |all )?/gi;
const LONGEST_BEFORE_AGENT = 200;
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

const HANDED_OVER =
  /^\s+(?:\w+ly\s+)?be\s+(?:\w+ly\s+)?(?:submitted|delivered|returned|given|provided|sent|reported|forwarded|transmitted|transferred|turned over|furnished|made available|presented|coordinated|surrendered|escalated|disclosed|communicated)\b(?<between>[^.;:]{0,120}?)\b(?:to|with|of),? (?:the |an? |each |its |all )?/i;

/** "shall be returned to the Government", "must be coordinated with, and subject to the prior approval of, the COR": our side gives, the buyer gets. */
export const isForOurSideToGive = (rest: string, context: ContextIndex): boolean => {
  const match = HANDED_OVER.exec(rest);
  if (match === null) return false;
  const between = match.groups?.between ?? '';
  if (/\b(?:by|that|which|who|unless|if|when)\b/i.test(between)) return false;
  const receiver = context.mentions(rest.slice(match[0].length, match[0].length + 60))[0];
  return receiver?.actor === 'government' && receiver.start < 3;
};

const ALSO_DONE = /\b(?:and|or|then)(?: \w+ly)? \w+(?:ed|en|wn|de)\s+$/i;
const ASIDE = /, (?:as|if|when|where) [^,;.]{2,80},/gi;

/** Who does a passive verb: "shall be inspected by the Government", "will be logged by number and checked by the COR". */
export const agentOf = (rest: string, context: ContextIndex): Actor | null => {
  const plain = rest.replace(ASIDE, ',');
  let isFirst = true;
  for (const match of plain.matchAll(BY_AGENT)) {
    if (match.index > LONGEST_BEFORE_AGENT) return null;
    const before = plain.slice(0, match.index);
    if (!isFirst && !ALSO_DONE.test(before)) continue;
    isFirst = false;
    if (/[.;]/.test(before) || OTHER_CLAUSE.test(before) || hasOrder(before)) return null;
    const after = plain.slice(match.index + match[0].length, match.index + match[0].length + 60);
    const mention = context.mentions(after)[0];
    if (mention !== undefined && mention.start < 3) return mention.actor;
    if (NAMED_AGENT.test(after)) return 'government';
  }
  return null;
};

/** Has "to" and a verb of action: what stands after it may be done by another. */
const hasOrder = (text: string): boolean => [...text.matchAll(INFINITIVE)].some(([, verb = '']) => VERBS.has(verb));
