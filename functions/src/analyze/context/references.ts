/** What the text points at ("Attachment 7", "Section L.4"), and the terms that it defines. */
import type { PackageContext, Section } from '../../contracts/analysis.ts';
import type { Block, Document } from '../../contracts/document.ts';
import { escapePattern } from '../escape-pattern.ts';
import { isLeaf } from '../sentences.ts';

type Reference = PackageContext['references'][number];
type DefinedTerm = PackageContext['definedTerms'][number];

const REFERENCE =
  /\b(?:(?<kind>Attachment|Exhibit|Appendix|Annex|Enclosure|Addendum)\s+(?:No\.?\s*)?(?<mark>\d{1,3}(?:\.\d+)*|[A-Z]{1,2}(?:[-.]?\d+)?\b|[IVX]+\b)|(?<section>(?:Sections?|Paragraphs?|Articles?)\s+(?<number>(?:[A-Z][.-]?)?\d+(?:\.\d+)*(?:\([a-z0-9]+\))*|[A-M]\b)))/g;
const DEFINITION =
  /^(?!(?:This|That|It|He|She|They|These|Which)\b)(?:\(?\w{1,3}[.)]\s+)?["“‘']?(?<term>[A-Z][\w/&’' -]{1,60}?)["”’']?,?(?: as used in [^,]{3,60},)?\s+(?:means|shall mean|is defined as|refers to)\b/;

const squash = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** Finds the document that a mark like "Attachment 7" names, by file name, title or first heading. */
const documentFinder = (documents: readonly Document[]): ((kind: string, mark: string) => string | null) => {
  const names = documents.map((document) => ({
    documentId: document.documentId,
    name: `${document.fileName.replace(/[_.-]+/g, ' ')}\n${document.title ?? ''}\n${document.blocks.find(({ kind }) => kind === 'heading')?.text ?? ''}`,
  }));
  return (kind, mark) => {
    const short = kind.slice(0, 3);
    const pattern = new RegExp(`\\b${short}[a-z]*\\s*(?:no\\s*)?0*${escapePattern(mark)}(?![\\w])`, 'i');
    return names.find(({ name }) => pattern.test(name))?.documentId ?? null;
  };
};

type SectionFinder = (number: string, documentId: string) => string | null;

/** Finds the document that has a section: the one that asks before all others. */
const sectionFinder = (sections: readonly Section[]): SectionFinder => {
  const owners = new Map<string, string[]>();
  for (const { number, documentId } of sections) {
    const key = squash(number).replace(/^section/, '');
    if (key === '') continue;
    const known = owners.get(key);
    if (known) known.push(documentId);
    else owners.set(key, [documentId]);
  }
  return (number, documentId) => {
    const found = owners.get(squash(number)) ?? [];
    return found.includes(documentId) ? documentId : (found[0] ?? null);
  };
};

/** Each place that the text points at, once per block. */
export const referencesOf = (documents: readonly Document[], sections: readonly Section[]): Reference[] => {
  const findDocument = documentFinder(documents);
  const findSection = sectionFinder(sections);
  const found = new Map<string, string | null>();
  const documentFor = (text: string, kind: string, mark: string): string | null => {
    const known = found.get(text);
    if (known !== undefined) return known;
    const target = findDocument(kind, mark);
    found.set(text, target);
    return target;
  };
  const inBlock = (block: Block, documentId: string): Reference[] => {
    const byText = new Map<string, Reference>();
    for (const match of block.text.matchAll(REFERENCE)) {
      const { kind, mark = '', number = '' } = match.groups ?? {};
      const text = match[0].replace(/\s+/g, ' ');
      if (byText.has(text)) continue;
      const targetDocumentId = kind === undefined ? findSection(number, documentId) : documentFor(text, kind, mark);
      byText.set(text, { text, documentId, blockId: block.blockId, targetDocumentId });
    }
    return [...byText.values()];
  };
  return documents.flatMap(({ documentId, blocks }) =>
    blocks.flatMap((block) => (isLeaf(block) && block.kind !== 'header_footer' ? inBlock(block, documentId) : [])),
  );
};

export const definedTermsOf = (documents: readonly Document[]): DefinedTerm[] =>
  documents.flatMap((document) =>
    document.blocks.flatMap((block) => {
      if (!isLeaf(block) || block.kind === 'header_footer') return [];
      const term = DEFINITION.exec(block.text)?.groups?.term;
      return term === undefined ? [] : [{ term, documentId: document.documentId, blockId: block.blockId }];
    }),
  );
