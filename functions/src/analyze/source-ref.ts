/** From a place in a document to all that a reader needs to find it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Block } from '../contracts/document.ts';
import type { LedgerSource, SourceRef } from '../contracts/rfp.ts';
import { blockKey, type ContextIndex } from './context-index.ts';
import type { DocumentIndex } from './document-index.ts';
import { isGrounded } from './ground.ts';
import { joinNumbers, numberingOf, opensWithFigure } from './numbering.ts';

interface Place {
  blockId: string;
  charStart: number | null;
  charEnd: number | null;
  quote: string;
}

export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The enumerators of a block and of the items that it is nested in, outermost first: ["(a)", "(1)"]. */
const enumerators = (block: Block, index: DocumentIndex): string[] =>
  [...index.ancestorsOf(block)]
    .reverse()
    .concat(block)
    .flatMap((each) => {
      if (each.kind !== 'list_item' && each.kind !== 'paragraph') return [];
      const numbering = numberingOf(each);
      if (numbering === null || numbering.form === 'named' || opensWithFigure(each, numbering.number)) return [];
      return [numbering.number];
    });

/**
 * The page on which a place in the block stands (its beginning, where `charStart` is not given); a cell or nested item without one has its
 * parent's.
 */
export const pageOfBlock = (
  blockId: string,
  index: DocumentIndex,
  charStart: number | null = null,
): number | undefined => {
  const block = index.blockById.get(blockId);
  if (block === undefined) return undefined;
  const passed = charStart === null ? undefined : block.pageBreaks?.findLast((each) => each.charStart <= charStart);
  if (passed !== undefined) return passed.pageNumber;
  return [block, ...index.ancestorsOf(block)].find(({ pageNumber }) => pageNumber !== undefined)?.pageNumber;
};

/** The short pointer of the ledger. */
export const ledgerSource = (
  { blockId, charStart, charEnd }: Omit<Place, 'quote'>,
  index: DocumentIndex,
): LedgerSource => {
  const pageNumber = pageOfBlock(blockId, index, charStart);
  const page = pageNumber === undefined ? {} : { pageNumber };
  const text = index.textAt(blockId, charStart, charEnd);
  return { documentId: index.document.documentId, blockId, ...page, charStart, charEnd, text };
};

const sectionRefOf = (block: Block | undefined, above: string, index: DocumentIndex): string => {
  if (block === undefined) return above;
  return enumerators(block, index).reduce((parent, own) => (own === above ? parent : joinNumbers(parent, own)), above);
};

export const sourceRef = (place: Place, index: DocumentIndex, context: ContextIndex): SourceRef => {
  const { document } = index;
  const { documentId } = document;
  const block = index.blockById.get(place.blockId);
  const section = context.sectionOf.get(blockKey(documentId, place.blockId));
  const entry = context.documentOf.get(documentId);
  const pageNumber = pageOfBlock(place.blockId, index, place.charStart);
  const isOnLaterPage = pageNumber !== pageOfBlock(place.blockId, index);
  const pageLabel = document.pages.find((page) => page.pageNumber === pageNumber)?.pageLabel;
  const isExact = isGrounded(document, { documentId, ...place });
  const opensSection = section?.blockIds[0] === place.blockId;
  const above = section === undefined ? '' : (context.numberOfSection.get(section.sectionId) ?? '');
  return {
    documentId,
    documentRole: context.roleOfDocument(documentId),
    ...(entry?.amendmentNo === undefined ? {} : { amendmentNo: entry.amendmentNo }),
    sectionRef: opensSection ? above : sectionRefOf(block, above, index),
    sectionPath: section?.path ?? [],
    ucfSection: section?.ucfSection ?? null,
    functionalRole: section?.role ?? 'other',
    ...(pageNumber === undefined ? {} : { pageNumber }),
    ...(pageLabel === undefined ? {} : { pageLabel }),
    pageBasis: document.pageBasis,
    blockId: place.blockId,
    charStart: isExact ? place.charStart : null,
    charEnd: isExact ? place.charEnd : null,
    ...(block?.bbox === undefined || isOnLaterPage ? {} : { bbox: block.bbox }),
    quote: place.quote,
    quoteSha256: sha256Hex(place.quote),
    match: isExact ? 'exact' : 'unverified',
    matchScore: isExact ? 1 : 0,
  };
};
