/** Who or what stands before a modal: a side of the contract, a thing that one side makes, or nothing that can be told. */
import type { Actor, FunctionalRole } from '../../../contracts/rfp.ts';
import type { ContextIndex, PartyMention } from '../../context-index.ts';
import nouns from '../../rules/subject-nouns.json' with { type: 'json' };

export interface Subject {
  actor: Actor;
  /** `party`: a side itself or its people. `thing`: what a side makes or owns. `fact`: the contract, the award, … `unknown`: only the section speaks. */
  basis: 'party' | 'thing' | 'fact' | 'unknown';
  /** Sides named together: "the COR and the contractor". */
  isShared: boolean;
  /** The modal stands in a clause that only describes: "forms that must be signed". */
  isSubordinate: boolean;
  phrase: string;
}

/** The modal before, whose subject a bare "and shall" inherits; after "agrees that" a new subject begins. */
export interface PreviousModal {
  end: number;
  subject: Subject;
  opensComplement: boolean;
}

const wordPattern = (source: string): RegExp => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`, 'i');
const PEOPLE = wordPattern(nouns.people);

const LABEL =
  /^(?:(?:[*•\s]|note|notes|reminder|important|caution|warning|attention|nb|n\.b\.)+[:–—-]+\s*|(?:[*•\s]*(?:please )?note that\s+))/i;
const SUBORDINATOR =
  /^(?:if|when|whenever|where|wherever|while|after|before|in|as|upon|on|during|for|to|at|should|unless|until|once|prior|within|following|because|since|although|though|regardless|by|under|notwithstanding|except|with|without|from|throughout|pursuant|subject|based|given|through|per|consistent|concurrent|concurrently|over|beyond|among|besides|according|due|failing|only|not later|no later|at a minimum|however|therefore|additionally|furthermore|further|moreover|also|finally|thus|accordingly|similarly|otherwise|in addition|likewise)\b/i;
const DETERMINER =
  /^(?:the|an?|all|any|each|every|no|such|this|these|those|it|they|you|your|its|our|we|both|either|neither|offerors?|contractors?|vendors?|bidders?|proposers?|quoters?|respondents?|proposals?|quotations?|only)\b/i;
/** A clause that hangs on another and has its own verb after this word. */
const INNER_CLAUSE =
  /\b(?:if|when|whenever|where|unless|whether|because|until|how|what|while|than|which|who|whom|whose|that)\b(?=[^,;:]*$)/gi;
const RELATIVE_AT_END = /\b(?:that|which|who|whom)\s*(?:\w+ly\s*)?$/i;
/** The head of a noun phrase ends where a preposition, participle or relative clause begins. */
const HEAD_END =
  /\s(?:of|for|from|to|in|on|at|by|with|within|under|regarding|concerning|submitted|delivered|received|provided|proposed|described|identified|required|specified|listed|used|that|which|who|whose|whom|not|including|related|relating|associated|between|during|after|before|per|than|as|involving|containing|located|employed|performed|performing|developed|created|attending|exceeding|who)\b/i;
const STOP = /[;:]\s|\.\s/g;
const PERSON_NOUN =
  /^(?:personnel|staff|employees?|representatives?|team|officials?|officers?|managers?|directors?|committee|panel|project manager|program manager|principals?|agents?|members?|designees?)\b/i;

/** A subject further than this before its modal, in characters, is not looked for. */
const LONGEST_SUBJECT = 800;

const blankBrackets = (text: string): string => text.replace(/\([^()]*\)/g, (inner) => ' '.repeat(inner.length));

/** The clause that the modal belongs to: after a leading adverbial, and after a colon or semicolon. */
const clauseBefore = (before: string): string => {
  let clause = before;
  for (const match of before.matchAll(STOP)) clause = before.slice(match.index + match[0].length);
  clause = clause.replace(LABEL, '').trimStart();
  if (!SUBORDINATOR.test(clause)) return clause;
  const commas = [...clause.matchAll(/,\s*(?:then\s+)?/g)].map((match) => match.index + match[0].length);
  const good = commas.filter((at) => DETERMINER.test(clause.slice(at)));
  const usable = commas.filter((at) => !/^(?:and|or|but)\b/i.test(clause.slice(at)) && /\w/.test(clause.slice(at)));
  const at = good.at(-1) ?? usable.at(-1);
  return at === undefined ? clause : clause.slice(at);
};

const NUMBER = /^(?:\(?\w{1,4}[.)]|\p{Lu}?\.?\d+(?:\.\d+)*\.?)\s+(?=\p{Lu})/u;
/** Opens an adverbial of time or place; "if" and its like open clauses with a subject of their own. */
const PREPOSITION = /^(?:at|by|in|on|within|during|after|before|upon|for|from|throughout|prior to|until)\b/i;
const LAST_DETERMINED = /^.*\s(?<side>(?:the|each|every|all|any|an?) \S+(?: \S+){0,2})$/i;

/** The words right before the modal when they are a side that acts in a clause of its own: "…, during which the Contractor shall". */
const NEAR_SIDE = /(?:\b(?:which|whereby)|,)\s+(?<near>(?:the|each|all|any) [^,;:()]{2,40})$/i;

/** "At each visit the Contractor shall": an adverbial without a comma, then the side that acts, right before the modal. */
const sideAfterAdverbial = (clause: string, context: ContextIndex): string | null => {
  const numbered = clause.replace(NUMBER, '');
  if (!PREPOSITION.test(numbered)) return null;
  const side = LAST_DETERMINED.exec(numbered)?.groups?.side;
  const mention = side === undefined ? undefined : context.mentions(side)[0];
  return side !== undefined && mention?.end === side.length && mention.start <= 5 ? side : null;
};

const headOf = (phrase: string): string => {
  const end = HEAD_END.exec(phrase)?.index;
  return end === undefined || end < 3 ? phrase : phrase.slice(0, end);
};

/** "The data are the property of the City and must …": the subject stands before the first verb. */
const SECOND_PREDICATE =
  /^(?<subject>[^;:]{3,400}?),? (?<!\b(?:that|which|who) )(?:is|are|was|were) (?:not )?(?:the|an?|all) [^;:]*,? (?:and|but)(?: also| then| therefore)?$/i;

const SECOND_BEGINS = /\b(?:and|but)(?: also| then| therefore)?\s*$/i;

const subjectOfFirstPredicate = (clause: string): string =>
  SECOND_BEGINS.test(clause) ? (SECOND_PREDICATE.exec(clause.trimEnd())?.groups?.subject ?? clause) : clause;

/** Offeror or contractor, whatever word is used: in instructions and evaluation "the vendor" has not won yet. */
const sideFor = (actor: Actor, role: FunctionalRole): Actor =>
  actor === 'contractor' && (role === 'instructions' || role === 'reps' || role === 'evaluation') ? 'offeror' : actor;

/** Who acts when the sentence does not say: told by the section. */
export const impliedActor = (role: FunctionalRole): Actor => {
  if (role === 'instructions' || role === 'reps' || role === 'price' || role === 'forms') return 'offeror';
  return role === 'work' || role === 'clauses' ? 'contractor' : 'unclear';
};

type Bare = Omit<Subject, 'isSubordinate' | 'phrase'>;

const fromParties = (head: string, found: readonly PartyMention[], role: FunctionalRole): Bare | null => {
  const last = found.at(-1);
  if (last === undefined) return null;
  const after = head.slice(last.end).trim();
  const isParty =
    (after === '' || PERSON_NOUN.test(after) || /^(?:and|or|&|,|\/)/.test(after)) &&
    !(last.isPossessive && after === '');
  const actors = new Set(found.map(({ actor }) => sideFor(actor, role)));
  const own = [...actors].find((actor) => actor === 'contractor' || actor === 'offeror');
  const isShared = actors.size > 1 && own !== undefined && actors.has('government') && /\b(?:and|or)\b|\//.test(head);
  const actor = isShared ? own : sideFor(last.actor, role);
  if (isParty || isShared) return { actor, basis: 'party', isShared };
  if (PEOPLE.test(after)) return { actor, basis: 'party', isShared };
  const isInWork = role === 'work' || role === 'clauses';
  if (actor === 'government' && isInWork && !last.isPossessive)
    return { actor: 'contractor', basis: 'unknown', isShared };
  return { actor, basis: 'thing', isShared };
};

const fromNouns = (head: string, role: FunctionalRole): Bare => {
  const isInWork = role === 'work' || role === 'clauses';
  if (/^(?:you|your firm|your company)$/i.test(head.trim())) {
    return { actor: isInWork ? 'contractor' : 'offeror', basis: 'party', isShared: false };
  }
  if (/^we$/i.test(head.trim())) return { actor: 'government', basis: 'party', isShared: false };
  if (/^your\b/i.test(head)) return { actor: isInWork ? 'contractor' : 'offeror', basis: 'thing', isShared: false };
  if (/^our\b/i.test(head)) return { actor: 'government', basis: 'thing', isShared: false };
  const tail = head.split(/\s+/).slice(-4).join(' ');
  const thing = (actor: Actor): Bare => ({ actor, basis: 'thing', isShared: false });
  switch (lastNoun(tail)) {
    case 'offer':
      return thing('offeror');
    case 'proposal':
      return thing(isInWork ? 'contractor' : 'offeror');
    case 'people':
      return thing(sideFor('contractor', role));
    case 'work':
      return thing(impliedOr(role, 'contractor'));
    case 'fact':
      return { actor: 'unclear', basis: 'fact', isShared: false };
    default:
      return { actor: impliedActor(role), basis: 'unknown', isShared: false };
  }
};

type NounClass = keyof typeof nouns;
const CLASSES = Object.entries(nouns).map(([name, source]) => ({
  name: name as NounClass,
  pattern: new RegExp(wordPattern(source).source, 'gi'),
}));

/** The class of the noun that stands last in a noun phrase, which is its head; of two that end together the longer. */
const lastNoun = (tail: string): NounClass | null => {
  let best: { name: NounClass; end: number; length: number } | null = null;
  for (const { name, pattern } of CLASSES) {
    for (const match of tail.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (best === null || end > best.end || (end === best.end && match[0].length > best.length)) {
        best = { name, end, length: match[0].length };
      }
    }
  }
  return best?.name ?? null;
};

const impliedOr = (role: FunctionalRole, fallback: Actor): Actor => {
  const actor = impliedActor(role);
  return actor === 'unclear' ? fallback : actor;
};

/** The subject of the modal at `modalStart`. */
export const subjectAt = (
  text: string,
  modalStart: number,
  role: FunctionalRole,
  context: ContextIndex,
  previous?: PreviousModal,
): Subject => {
  const from = previous?.end ?? 0;
  const before = blankBrackets(text.slice(Math.max(from, modalStart - LONGEST_SUBJECT), modalStart));
  if (previous) {
    const inner = before.trim();
    const isRelative = RELATIVE_AT_END.test(inner);
    const start = [
      ...before.matchAll(
        /(?:[;:.,]|\b(?:and|but|or|nor|that|if|unless|when|except that|because|since|as|after|before|where|until|so|while)\b)\s*/gi,
      ),
    ].at(-1);
    const fresh = start === undefined ? '' : before.slice(start.index + start[0].length);
    if (previous.opensComplement && !isRelative)
      return { ...resolve(clauseBefore(before), role, context), isSubordinate: false };
    if (isRelative) return { ...previous.subject, isSubordinate: true };
    if (!DETERMINER.test(fresh) && context.mentions(fresh).length === 0) return previous.subject;
    const hangs = /\b(?:if|unless|when|because|since|after|before|until|while|where|which|who)\b[^,;:]*$/i.test(before);
    return { ...resolve(fresh, role, context), isSubordinate: hangs };
  }
  const clause = subjectOfFirstPredicate(clauseBefore(before));
  const near = NEAR_SIDE.exec(clause.trimEnd())?.groups?.near;
  if (near !== undefined && context.mentions(near).at(-1)?.end === near.length)
    return { ...resolve(near, role, context), isSubordinate: false };
  const side = sideAfterAdverbial(clause.trimEnd(), context);
  if (side !== null) return { ...resolve(side, role, context), isSubordinate: false };
  const inner = [...clause.matchAll(INNER_CLAUSE)].at(-1);
  const isRelative = RELATIVE_AT_END.test(clause.trimEnd());
  const complement =
    inner && /^that$/i.test(inner[0]) && inner.index > 0 ? clause.slice(inner.index + inner[0].length) : null;
  const afterThat = complement !== null && DETERMINER.test(complement.trimStart()) ? complement.trimStart() : null;
  const hangs =
    isRelative ||
    (inner !== undefined &&
      inner.index > 0 &&
      /^(?:if|when|whenever|where|unless|whether|because|until|how|what|while)$/i.test(inner[0]));
  return { ...resolve(hangs ? clause : (afterThat ?? clause), role, context), isSubordinate: hangs };
};

const resolve = (clause: string, role: FunctionalRole, context: ContextIndex): Omit<Subject, 'isSubordinate'> => {
  const trimmed = clause.trim().replace(/^(?:\(?\w{1,4}[.)]|\d+(?:\.\d+)*\.?)\s*(?=[A-Z])/, '');
  const head = headOf(trimmed)
    .trim()
    .replace(/[,\s]+$/, '');
  const fromSides = fromParties(head, context.mentions(head), role);
  return { ...(fromSides ?? fromNouns(head, role)), phrase: head };
};
