/** Limits that are stated as facts but bind who answers: "The quote is limited to ten pages.", "Page limit: 25 pages." */
import type { FunctionalRole } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import type { RowClaim } from './claim.ts';
import { impliedActor, subjectAt } from './subject.ts';

const COUNT =
  '\\(?(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|forty|fifty)\\)?';
/** Up to two words may stand before the number: "a total of ten (10)". */
const MEASURE = `(?:(?:a|an|total|of|maximum|minimum|no|not|more|fewer|than|the) ){0,5}${COUNT}`;
/** What only an answer to a solicitation is measured in. */
const PAGE_UNIT =
  '(?:single-spaced |double-spaced |typed |printed |\\w+-sided )?(?:pages?|slides?|sheets?|words?|characters|inch(?:es)?|-?inch|points?|-?point|pt|mb|megabytes?|copies)\\b';

const LIMITED =
  '(?:is|are)\\s+(?:strictly |hereby )?(?:limited to|capped at|restricted to|no (?:more|less|fewer|smaller|larger|greater|longer|later|lower|higher) than|not to exceed|at least|at most|a (?:maximum|minimum) of)';
const IS_LIMITED = new RegExp(`\\b(?:${LIMITED})\\s+${MEASURE}`, 'i');
const SHORT_LIMITS = [
  `\\b(?:limit(?:ed|ation)?(?: of| to| is|:)?|max(?:imum|\\.)?(?: of|:)?|min(?:imum|\\.)?(?: of|:)?|no (?:more|less|fewer|smaller|larger|longer) than|not (?:to )?exceed(?:ing)?|at least|at most)\\s+${MEASURE}(?: \\(?\\d+\\)?)?[ -]*${PAGE_UNIT}`,
  `${COUNT}(?: \\(\\d+\\))?[ -]*${PAGE_UNIT}[^.;]{0,12}\\b(?:max(?:imum)?|min(?:imum)?|limit)\\b`,
].map((source) => new RegExp(source, 'i'));
const PAGE_MEASURE = new RegExp(`${COUNT}(?: \\(?\\d+\\)?)?[ -]*${PAGE_UNIT}`, 'i');
/** Longer sentences say more than a limit. */
const LONGEST_SHORT_LIMIT = 160;
/** What of the work itself is measured. */
const SERVICE_MEASURE =
  /\b(?:times?|uptime|availability|latency|accuracy|turnaround|response|resolution|downtime|delays?|throughput|error rates?)\b/i;
const ABOUT_OTHERS = /\b(?:awards?|contracts?|evaluat\w+|competition|government|agency|option|questions? will)\b/i;

/** Where the limit begins, or null. */
export const limitAt = (text: string): number | null => {
  const stated = IS_LIMITED.exec(text);
  if (stated) return stated.index;
  if (text.length > LONGEST_SHORT_LIMIT) return null;
  const found = SHORT_LIMITS.flatMap((pattern) => pattern.exec(text)?.index ?? []);
  return found.length === 0 ? null : Math.min(...found);
};

/** Read only where no word of the sentence binds by itself. */
export const statedLimit = (text: string, role: FunctionalRole, context: ContextIndex): RowClaim | null => {
  const at = limitAt(text);
  if (at === null || role === 'evaluation') return null;
  const claim = { obligation: 'mandatory', modal: 'implied' } as const;
  const isStated = IS_LIMITED.test(text);
  const before = text.slice(0, at);
  if (role === 'work' || role === 'clauses') {
    return isStated && SERVICE_MEASURE.test(before) ? { ...claim, actor: 'contractor', needsReview: true } : null;
  }
  if (ABOUT_OTHERS.test(before)) return null;
  if (PAGE_MEASURE.test(text.slice(at))) {
    const actor = impliedActor(role);
    return { ...claim, actor: actor === 'unclear' ? 'offeror' : actor, needsReview: !isStated || actor === 'unclear' };
  }
  const subject = subjectAt(text, at, role, context);
  const isOffer = isStated && subject.basis === 'thing' && subject.actor === 'offeror';
  return isOffer ? { ...claim, actor: 'offeror', needsReview: true } : null;
};
