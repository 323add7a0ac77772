/** Look-ups over a PackageContext that rules and merge need. Built once per context object. */
import type { OpenStem, PackageContext, Section } from '../contracts/analysis.ts';
import type { Actor, DocumentRole } from '../contracts/rfp.ts';
import { sectionNumbers } from './context/sections.ts';
import { escapePattern } from './escape-pattern.ts';

type DocumentEntry = PackageContext['documents'][number];
type Reference = PackageContext['references'][number];

export interface PartyMention {
  actor: Actor;
  /** Offsets in the text searched. */
  start: number;
  end: number;
  isPossessive: boolean;
}

export interface ContextIndex {
  context: PackageContext;
  documentOf: ReadonlyMap<string, DocumentEntry>;
  roleOfDocument(documentId: string): DocumentRole;
  sectionOf: ReadonlyMap<string, Section>;
  /** The nearest number at or above a section: "L.4.2". */
  numberOfSection: ReadonlyMap<string, string>;
  /** Key: documentId and blockId of an item, see `blockKey`. Nearest lead-in last. */
  stemsOfItem: ReadonlyMap<string, OpenStem[]>;
  stemAt: ReadonlyMap<string, OpenStem>;
  referencesIn: ReadonlyMap<string, Reference[]>;
  mentions(text: string): PartyMention[];
}

export const blockKey = (documentId: string, blockId: string): string => `${documentId}:${blockId}`;

const cache = new WeakMap<PackageContext, ContextIndex>();

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const mentionFinder = (parties: PackageContext['parties']): ((text: string) => PartyMention[]) => {
  const actorOf = new Map(parties.map(({ name, actor }) => [name, actor]));
  const names = [...actorOf.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (names.length === 0) return () => [];
  const pattern = new RegExp(
    `(?<![\\w-])(${names.map(escapePattern).join('|')})(?:s|es|\\(s\\))?(['’]s?)?(?![\\w-])`,
    'gi',
  );
  return (text) =>
    [...text.matchAll(pattern)].map((match) => ({
      actor: actorOf.get((match[1] ?? '').toLowerCase()) ?? 'unclear',
      start: match.index,
      end: match.index + match[0].length,
      isPossessive: match[2] !== undefined,
    }));
};

export const indexContext = (context: PackageContext): ContextIndex => {
  const known = cache.get(context);
  if (known) return known;
  const documentOf = new Map(context.documents.map((entry) => [entry.documentId, entry]));
  const sectionOf = new Map<string, Section>();
  for (const section of context.sections) {
    for (const blockId of section.blockIds) sectionOf.set(blockKey(section.documentId, blockId), section);
  }
  const stemsOfItem = new Map<string, OpenStem[]>();
  const stemAt = new Map<string, OpenStem>();
  for (const stem of context.openStems) {
    stemAt.set(blockKey(stem.documentId, stem.blockId), stem);
    for (const blockId of stem.itemBlockIds) push(stemsOfItem, blockKey(stem.documentId, blockId), stem);
  }
  const referencesIn = new Map<string, Reference[]>();
  for (const reference of context.references) {
    push(referencesIn, blockKey(reference.documentId, reference.blockId), reference);
  }
  const index: ContextIndex = {
    context,
    documentOf,
    roleOfDocument: (documentId) => documentOf.get(documentId)?.role ?? 'attachment',
    sectionOf,
    numberOfSection: sectionNumbers(context.sections),
    stemsOfItem,
    stemAt,
    referencesIn,
    mentions: mentionFinder(context.parties),
  };
  cache.set(context, index);
  return index;
};
