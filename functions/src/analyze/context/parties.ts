/** The names that the package uses for the two sides. */
import type { PackageContext } from '../../contracts/analysis.ts';
import type { Document } from '../../contracts/document.ts';
import type { Actor } from '../../contracts/rfp.ts';
import { escapePattern } from '../escape-pattern.ts';
import table from '../rules/parties.json' with { type: 'json' };

type Party = PackageContext['parties'][number];

const KNOWN: ReadonlyMap<string, Actor> = new Map(
  Object.entries(table).flatMap(([actor, names]) => names.map((name) => [name, actor as Actor] as const)),
);

/** Longest first, so that "contracting officer" wins over "officer". */
const KNOWN_PATTERN = new RegExp(
  `\\b(?:${[...KNOWN.keys()]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(escapePattern)
    .join('|')})(?=s?\\b)`,
  'gi',
);

/** `(hereinafter "the Contractor")`, `("Agency")`. */
const QUOTED_NAME =
  /\(\s*(?:here(?:in)?after[^()"“‘']{0,40})?(?:the\s+)?["“‘']\s*(?:the\s+)?(?<name>[A-Z][\w&.’-]{0,40}(?: [\w&.’-]{1,40}){0,3}?)[,.]?["”’'][^()]{0,60}\)/gi;
/** `(FMCSA)` after the words that it stands for. */
const ACRONYM = /\(\s*["“]?(?<name>[A-Z][A-Za-z&/]{0,8}[A-Z])["”]?\s*\)/g;
const SPELLED_OUT = /(?:(?<![\w.-])[A-Z][\w&'’.-]*\s+(?:(?:of|for|and|the|&|on|in)\s+){0,2}){1,9}$/;
/** How far before its bracket a name is explained, in characters. */
const EXPLAINED_WITHIN = 160;

const BUYER =
  /\b(?:Administration|Agency|Authority|Board of|Bureau|City of|Town of|County|Commission|Commonwealth|Council|Department|Directorate|District|Ministry|Office of|State of|University|College|Command|School|Federal \w+ Service|General Services)\b/;
const SELLER = /\b(?:contractor|consultant|successful|awarded|awardee|selected|supplier|seller)\b/i;
const BIDDER = /\b(?:offerors?|bidders?|proposers?|respondents?|vendors?|firms?|quoters?)\b/i;
const NOT_A_NAME = new Set([
  'it',
  'is',
  'or',
  'as',
  'at',
  'us',
  'all',
  'no',
  'so',
  'to',
  'do',
  'go',
  'if',
  'in',
  'on',
  'of',
  'by',
  'be',
  'an',
  'am',
  'me',
  'we',
  'he',
  'up',
  'rfp',
  'rfq',
  'far',
  'pws',
  'sow',
  'soo',
  'qasp',
  'and',
  'act',
]);

/** Names that either side may carry: what the text says where it defines them decides. */
const EITHER_SIDE = new Set(['company', 'firm', 'client', 'provider', 'agency', 'bank', 'owner']);

const actorOf = (name: string, before: string): Actor | null => {
  const known = KNOWN.get(name);
  if (known && !EITHER_SIDE.has(name)) return known;
  if (BUYER.test(before)) return 'government';
  if (SELLER.test(before)) return 'contractor';
  return BIDDER.test(before) ? 'offeror' : (known ?? null);
};

/** "Contracting Officer (CO)" is the party that it stands behind; otherwise three letters after the name of an office. */
const actorOfAcronym = (name: string, before: string): Actor | null => {
  const spelledOut = [...before.matchAll(KNOWN_PATTERN)].at(-1);
  if (spelledOut && spelledOut.index + spelledOut[0].length >= before.trimEnd().length - 1) {
    return KNOWN.get(spelledOut[0].toLowerCase()) ?? null;
  }
  return name.length > 2 && BUYER.test(before) ? 'government' : null;
};

const addQuotedNames = (parties: Map<string, Actor>, markdown: string): void => {
  for (const match of markdown.matchAll(QUOTED_NAME)) {
    const name = match.groups?.name?.toLowerCase() ?? '';
    const before = markdown.slice(Math.max(0, match.index - EXPLAINED_WITHIN / 2), match.index);
    const actor = NOT_A_NAME.has(name) || parties.has(name) ? null : actorOf(name, before);
    if (actor !== null) parties.set(name, actor);
  }
};

const addAcronyms = (parties: Map<string, Actor>, markdown: string): void => {
  for (const match of markdown.matchAll(ACRONYM)) {
    const name = match.groups?.name ?? '';
    const before = markdown.slice(Math.max(0, match.index - EXPLAINED_WITHIN), match.index);
    const words = SPELLED_OUT.exec(before)?.[0] ?? '';
    const stands = new RegExp(`\\b${escapePattern(name[0] ?? '')}`).test(words);
    if (!stands || NOT_A_NAME.has(name.toLowerCase()) || parties.has(name.toLowerCase())) continue;
    const actor = actorOfAcronym(name, words);
    if (actor !== null) parties.set(name.toLowerCase(), actor);
  }
};

const BUYER_COMPANY = /\bthe Company\b/gi;
const TIMES_TO_BE_A_NAME = 3;

/** In a corporate RFP "the Company", with a capital, is the one that buys, when another word stands for who sells. */
const isBuyerCompany = (documents: readonly Document[], parties: ReadonlyMap<string, Actor>): boolean => {
  const times = documents
    .flatMap(({ markdown }) => markdown.match(BUYER_COMPANY) ?? [])
    .filter((words) => words.endsWith('Company')).length;
  const namesSeller = ['supplier', 'vendor', 'bidder', 'respondent', 'contractor', 'consultant'].some((name) =>
    parties.has(name),
  );
  return times >= TIMES_TO_BE_A_NAME && namesSeller;
};

/** Names found in the package, lower case and singular, sorted. */
export const partiesOf = (documents: readonly Document[]): Party[] => {
  const parties = new Map<string, Actor>();
  for (const { markdown } of documents) addQuotedNames(parties, markdown);
  const defined = new Set(parties.keys());
  for (const { markdown } of documents) {
    for (const match of markdown.matchAll(KNOWN_PATTERN)) {
      const name = match[0].toLowerCase();
      if (!parties.has(name)) parties.set(name, KNOWN.get(name) ?? 'unclear');
    }
  }
  for (const { markdown } of documents) addAcronyms(parties, markdown);
  if (!defined.has('company') && isBuyerCompany(documents, parties)) parties.set('company', 'government');
  return [...parties]
    .map(([name, actor]) => ({ name, actor }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
};
