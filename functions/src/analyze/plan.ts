/** Plans a run: everything that a window must know of the rest of the package, and the windows themselves. */
import type { AnalysisKind, PackageContext, Window } from '../contracts/analysis.ts';
import type { Block, Document } from '../contracts/document.ts';
import { AppError } from '../errors.ts';
import { type Chunk, chunkDocument } from './chunk.ts';
import { classifyDocuments } from './context/document-role.ts';
import { openStemsOf } from './context/open-stems.ts';
import { partiesOf } from './context/parties.ts';
import { definedTermsOf, referencesOf } from './context/references.ts';
import { sectionsOf } from './context/sections.ts';
import { indexDocument } from './document-index.ts';

/** Changes when the same package could give a different context or different windows. */
const PLAN_VERSION = '2';

export interface PlanOptions {
  /** About how long a chunk is, in UTF-16 units of canonical Markdown. */
  chunkCharacters?: number;
  /** Chunks that a window shows, the overlap included. */
  windowChunks?: number;
  /** Chunks of the window before that a window shows again. */
  overlapChunks?: number;
  /** Refuse a package with more chunks than this. */
  maxChunks?: number;
}

export interface Plan {
  context: PackageContext;
  windows: Window[];
}

const contextOf = (documents: readonly Document[]): PackageContext => {
  const sections = documents.flatMap(sectionsOf);
  return {
    planVersion: PLAN_VERSION,
    documents: classifyDocuments(documents),
    sections,
    parties: partiesOf(documents),
    definedTerms: definedTermsOf(documents),
    openStems: documents.flatMap(openStemsOf),
    references: referencesOf(documents, sections),
  };
};

type Extent = Pick<Window, 'blockIds' | 'overlapBefore' | 'ownStart' | 'ownEnd' | 'chunks'>;

/** Windows over one document's chunks. Their own ranges follow each other from 0 to the end of the Markdown. */
const windowsOver = (
  document: Document,
  chunks: readonly Chunk[],
  windowChunks: number,
  overlapChunks: number,
): Extent[] => {
  const index = indexDocument(document);
  const anchor = (block: Block): { start: number; end: number } => {
    const at = block.charStart ?? index.anchorOf.get(block.blockId) ?? 0;
    return { start: at, end: Math.max(at + 1, block.charEnd ?? 0) };
  };
  const extents: Extent[] = [];
  const stride = Math.max(1, windowChunks - overlapChunks);
  for (let first = 0; first < chunks.length; first = extents.length === 1 ? windowChunks : first + stride) {
    const count = first === 0 ? windowChunks : stride;
    const owned = chunks.slice(first, first + count);
    const ownStart = first === 0 ? 0 : (chunks[first]?.charStart ?? 0);
    const ownEnd = owned.at(-1)?.charEnd ?? document.markdown.length;
    const shownStart = first === 0 ? 0 : (chunks[Math.max(0, first - overlapChunks)]?.charStart ?? 0);
    const shown = document.blocks.filter((block) => {
      const { start, end } = anchor(block);
      return end > shownStart && (start < ownEnd || (ownEnd === document.markdown.length && start <= ownEnd));
    });
    const overlapBefore = shown.filter((block) => anchor(block).end <= ownStart).length;
    extents.push({
      blockIds: shown.map(({ blockId }) => blockId),
      overlapBefore,
      ownStart,
      ownEnd,
      chunks: owned.length,
    });
  }
  return extents;
};

/** Throws TOO_MANY_CHUNKS when `maxChunks` is set and the package has more; nothing is ever left out to fit. */
export const planRun = (
  documents: readonly Document[],
  kinds: readonly AnalysisKind[],
  options: PlanOptions = {},
): Plan => {
  const { chunkCharacters = 3000, windowChunks = 12, overlapChunks = 1, maxChunks } = options;
  const chunked = documents.map((document) => ({ document, chunks: chunkDocument(document, chunkCharacters) }));
  const total = chunked.reduce((sum, { chunks }) => sum + chunks.length, 0);
  if (maxChunks !== undefined && total > maxChunks)
    throw new AppError('TOO_MANY_CHUNKS', { chunks: total, limit: maxChunks });
  const extents = chunked.flatMap(({ document, chunks }) =>
    windowsOver(
      document,
      chunks,
      Math.max(1, windowChunks),
      Math.max(0, Math.min(overlapChunks, windowChunks - 1)),
    ).map((extent) => ({ documentId: document.documentId, ...extent })),
  );
  const windows = [...new Set(kinds)].flatMap((kind) => extents.map((extent, index) => ({ kind, index, ...extent })));
  return { context: contextOf(documents), windows };
};
