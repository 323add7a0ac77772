/** Sentences that tell the reader what to do without a modal: "Submit three copies.", "Please identify …", "Do not assign …". */
import type { Obligation } from '../../../contracts/rfp.ts';
import verbs from '../../rules/verbs.json' with { type: 'json' };

const VERBS = new Set(verbs.imperative);
const NEEDS_OBJECT = new Set(verbs.imperativeNeedsObject);
/** What makes a verb of a word that can also be a noun: "Review the plan", but "Review comments". */
const OBJECT =
  /^(?:the|an?|all|any|each|every|your|their|its|this|these|those|no|only|one|two|three|\d|how|what|copies|contractor|offeror|government)\b/i;
/** A finite verb a few words on: the first word was a noun. */
const FINITE_SOON = /^(?:\S+ ){1,5}(?:is|are|was|were|has|have|means|includes?|must|shall|will|may|can)\b/i;
const PREFIX =
  /^(?:[*•\s]*(?:note|reminder|important)\s*[:–—-]\s*)?(?:\(?[A-Za-z0-9]{1,4}[.)]\s*)?(?:(?:at a minimum|in addition|additionally|also|then|next|finally|further|where (?:applicable|appropriate|possible)|if (?:applicable|needed|necessary|required|available|any)|as (?:applicable|appropriate|needed|necessary|required)),?\s+)?/i;
/** "Fully support …": after an adverb the next word is a verb. Words in -ly that are no adverbs are left out. */
const ADVERB =
  /^(?!(?:supply|apply|reply|rely|comply|monthly|weekly|daily|yearly|hourly|quarterly|early|family|assembly|anomaly|july|italy|only if)\b)(?:always|also|then|only|[a-z]+ly)\s+(?=[a-z-]+)/i;
/** "In the summary, please identify …", "Two weeks before the end, provide …". */
const LEADING_PHRASE = /^[^,.;:]{3,90},\s+(?=(?:please|\p{Ll}+)\b)/u;
const PLEASE = /^please\s+(?:be sure to\s+|make sure (?:to|that)\s+|also\s+)?(?<verb>[a-z-]+)/i;
const TELLS_NOTHING = /^(?:note|be (?:advised|aware|reminded)|see|refer|feel|recall|remember|understand|be)$/i;
const OPTIONAL =
  /\bif (?:you|your \w+|the \w+|they) (?:would like|wish(?:es)?|want|prefers?|desires?|has any questions|have any questions|have questions|are interested)/i;
const CROSS_REFERENCE = /^(?:please\s+)?(?:see|refer(?: back)? to|reference)\b/i;

export interface Imperative {
  obligation: Obligation;
  isPlease: boolean;
}

export const isCrossReference = (text: string): boolean => CROSS_REFERENCE.test(text.replace(PREFIX, ''));

const fromVerb = (whole: string): Imperative | null => {
  const adverb = ADVERB.exec(whole)?.[0] ?? '';
  const text = whole.slice(adverb.length);
  const negated = /^(?:please\s+)?(?:do not|don't|never|refrain from|avoid)\s+[a-z]/i.test(text);
  if (negated) return { obligation: 'prohibited', isPlease: false };
  const please = PLEASE.exec(text);
  if (please) {
    const isOrder = !TELLS_NOTHING.test(please.groups?.verb ?? '') && !OPTIONAL.test(text);
    return isOrder ? { obligation: 'mandatory', isPlease: true } : null;
  }
  const [first = '', second = ''] = text.split(/\s+/);
  const verb = first.toLowerCase().replace(/[,;:]$/, '');
  if (!VERBS.has(verb)) return null;
  const after = text.slice(first.length).trimStart();
  if (/^(?:of|is|are|was|were|will|shall|must|may|should|has|have|can)\b/i.test(after)) return null;
  const isLongSentence =
    !FINITE_SOON.test(after) &&
    /[.;]$/.test(after) &&
    after.split(' ').length > 3 &&
    !/^(?:for|of|to|in|on|by|and)\b/i.test(after);
  if (NEEDS_OBJECT.has(verb) && adverb === '' && !OBJECT.test(after) && !isLongSentence) return null;
  return second === '' ? null : { obligation: 'mandatory', isPlease: false };
};

/** Null when the sentence gives no order. */
export const imperativeOf = (text: string): Imperative | null => {
  const bare = text.replace(PREFIX, '');
  if (CROSS_REFERENCE.test(bare)) return null;
  const direct = fromVerb(bare);
  if (direct) return direct;
  const phrase = LEADING_PHRASE.exec(bare)?.[0];
  if (
    phrase === undefined ||
    /\b(?:shall|must|will|should|may|is|are|was|has|have)\b/i.test(phrase.replace(/^(?:if|when|where)\b.*/i, ''))
  )
    return null;
  return fromVerb(bare.slice(phrase.length));
};
