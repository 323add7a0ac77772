/** The sections of a document, in order, each with its role. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Section } from '../../contracts/analysis.ts';
import type { Document } from '../../contracts/document.ts';
import type { FunctionalRole } from '../../contracts/rfp.ts';
import { joinNumbers } from '../numbering.ts';
import { roleOfContent, roleOfDocument, roleOfHeading, roleOfUcfLetter } from './functional-role.ts';
import { type SectionStart, sectionStart } from './headings.ts';

interface Draft {
  start: SectionStart;
  blockIds: string[];
  text: string[];
}

const NAMED_LETTER = /^section\s+([A-M])\b/i;
const NUMBER_LETTER = /^([A-M])[.-]\d/;

const ucfLetterOf = (number: string): string | null =>
  (NAMED_LETTER.exec(number)?.[1] ?? NUMBER_LETTER.exec(number)?.[1])?.toUpperCase() ?? null;

/** Letters mean the Uniform Contract Format only when the document names its sections so, or uses at least three of them with L or M. */
const usesUcf = (drafts: readonly Draft[]): boolean => {
  if (drafts.some(({ start }) => NAMED_LETTER.test(start.number))) return true;
  const letters = new Set(drafts.map(({ start }) => ucfLetterOf(start.number)).filter((letter) => letter !== null));
  return letters.size >= 3 && (letters.has('L') || letters.has('M'));
};

const draftSections = (document: Document): Draft[] => {
  const preamble: Draft = { start: { number: '', heading: '', level: 0, wholeBlock: false }, blockIds: [], text: [] };
  const drafts = [preamble];
  let current = preamble;
  for (const block of document.blocks) {
    const start = sectionStart(block, document);
    if (start !== null) {
      current = { start, blockIds: [], text: [] };
      drafts.push(current);
    }
    current.blockIds.push(block.blockId);
    if (block.kind !== 'header_footer') current.text.push(block.text);
  }
  return drafts.filter((draft) => draft.blockIds.length > 0);
};

export const sectionsOf = (document: Document): Section[] => {
  const drafts = draftSections(document);
  const withUcf = usesUcf(drafts);
  const documentRole = roleOfDocument(document.fileName, document.title ?? '');
  const stack: Section[] = [];
  return drafts.map(({ start, blockIds, text }, ordinal) => {
    while (stack.length > 0 && (stack.at(-1)?.level ?? 0) >= start.level) stack.pop();
    const parent = stack.at(-1);
    const ucfSection = withUcf ? (ucfLetterOf(start.number) ?? parent?.ucfSection ?? null) : null;
    const base: FunctionalRole = parent?.role ?? documentRole;
    const opensLetter = ucfSection !== null && ucfSection !== parent?.ucfSection;
    let role = opensLetter ? roleOfUcfLetter(ucfSection) : roleOfHeading(start.heading, base);
    if (ucfSection !== null && !opensLetter) role = base;
    if (role === 'other') role = roleOfContent(text.join('\n'));
    const section: Section = {
      sectionId: bytesToHex(
        sha256(utf8ToBytes(`${document.documentId}:${ordinal}:${start.number}:${start.heading}`)),
      ).slice(0, 16),
      documentId: document.documentId,
      number: start.number,
      heading: start.heading,
      path: [...(parent?.path ?? []), ...(start.heading === '' ? [] : [start.heading])],
      level: start.level,
      role,
      ucfSection,
      blockIds,
    };
    if (start.level > 0) stack.push(section);
    return section;
  });
};

/** The nearest number at or above each section, as printed: sectionId → "L.4.2". Sections in document order. */
export const sectionNumbers = (sections: readonly Section[]): ReadonlyMap<string, string> => {
  const numbers = new Map<string, string>();
  const stack: { level: number; number: string; documentId: string }[] = [];
  for (const section of sections) {
    while (
      stack.length > 0 &&
      ((stack.at(-1)?.level ?? 0) >= section.level || stack.at(-1)?.documentId !== section.documentId)
    )
      stack.pop();
    const above = stack.at(-1)?.number ?? '';
    const number =
      section.number === ''
        ? above
        : /^[A-Za-z]?\d*$/.test(section.number)
          ? joinNumbers(above, section.number)
          : section.number;
    numbers.set(section.sectionId, number);
    stack.push({ level: section.level, number, documentId: section.documentId });
  }
  return numbers;
};
