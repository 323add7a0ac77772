/** Collects the blocks of a document while its Markdown is written or read, and gives them their final order and ids. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Block, BlockKind, PageBreak } from '../../contracts/document.ts';
import type { Provenance, RunningLine, RunningText } from '../source-tree.ts';

/** A block whose id is not known yet: its parent is meant by reference. */
export interface DraftBlock extends Omit<Block, 'blockId' | 'parentId'> {
  parent?: DraftBlock;
}

/** What is known of a block before its text and place are. */
interface BlockStart {
  kind: BlockKind;
  parent?: DraftBlock | undefined;
  provenance?: Provenance | undefined;
  depth?: number | undefined;
  numbering?: string | undefined;
  isHeader?: boolean | undefined;
}

/** A draft without text, standing at `charStart`; what it does not say of its page, its parent does. */
export const draftBlock = (start: BlockStart, charStart: number): DraftBlock => {
  const { kind, parent, provenance, depth, isHeader } = start;
  const draft: DraftBlock = { kind, charStart, charEnd: charStart, text: '' };
  const pageNumber = provenance?.pageNumber ?? parent?.pageNumber;
  const numbering = start.numbering ?? provenance?.numbering;
  if (depth !== undefined) draft.depth = depth;
  if (parent) draft.parent = parent;
  if (pageNumber !== undefined) draft.pageNumber = pageNumber;
  if (provenance?.bbox) draft.bbox = provenance.bbox;
  if (numbering) draft.numbering = numbering;
  if (isHeader) draft.isHeader = true;
  if (provenance?.rowSpan !== undefined && provenance.rowSpan > 1) draft.rowSpan = provenance.rowSpan;
  if (provenance?.columnSpan !== undefined && provenance.columnSpan > 1) draft.columnSpan = provenance.columnSpan;
  return draft;
};

/** `breaks`: offsets from the draft's own start, as text was written. */
export const addPageBreaks = (draft: DraftBlock, breaks: readonly PageBreak[]): void => {
  const from = draft.charStart ?? 0;
  if (breaks.length > 0)
    draft.pageBreaks = breaks.map(({ charStart, pageNumber }) => ({ charStart: from + charStart, pageNumber }));
};

/**
 * Final blocks: running heads before the first block of their page, running feet after the last (of the document, if they have no
 * page); ids by content.
 * An id is the first 16 hex digits of SHA-256 over document id, kind, ordinal among all blocks, and text.
 */
export const finishBlocks = (
  drafts: readonly DraftBlock[],
  runningLines: readonly RunningText[],
  documentId: string,
): Block[] => {
  const ordered = runningLines.length > 0 ? withRunningLines(drafts, runningLines) : drafts;
  const ids = new Map<DraftBlock, string>();
  return ordered.map((draft, ordinal) => {
    const { parent, ...own } = draft;
    const key = `${documentId}\u0000${own.kind}\u0000${ordinal}\u0000${own.text}`;
    const blockId = bytesToHex(sha256(utf8ToBytes(key)).subarray(0, 8));
    ids.set(draft, blockId);
    const parentId = parent && ids.get(parent);
    return parentId ? { blockId, ...own, parentId } : { blockId, ...own };
  });
};

const withRunningLines = (drafts: readonly DraftBlock[], lines: readonly RunningText[]): DraftBlock[] => {
  const pageless = lines.filter(({ pageNumber }) => pageNumber === undefined);
  const at = (position: string) => pageless.filter((line) => line.position === position).map(runningBlock);
  const paged = lines.filter((line): line is RunningLine => line.pageNumber !== undefined);
  return [...at('head'), ...(paged.length > 0 ? withLinesOfPages(drafts, paged) : drafts), ...at('foot')];
};

const runningBlock = (line: RunningText): DraftBlock => {
  const draft = draftBlock({ kind: 'header_footer', provenance: line }, 0);
  return { ...draft, charStart: null, charEnd: null, text: line.text };
};

const withLinesOfPages = (drafts: readonly DraftBlock[], lines: readonly RunningLine[]): DraftBlock[] => {
  const firstOfPage = new Map<number, number>();
  const lastOfPage = new Map<number, number>();
  drafts.forEach(({ pageNumber }, index) => {
    if (pageNumber === undefined) return;
    if (!firstOfPage.has(pageNumber)) firstOfPage.set(pageNumber, index);
    lastOfPage.set(pageNumber, index);
  });
  const before = new Map<number, DraftBlock[]>();
  const byPage = [...lines].sort((a, b) => a.pageNumber - b.pageNumber || order(a) - order(b));
  const pages = [...lastOfPage].sort((a, b) => a[0] - b[0]);
  let end = 0;
  for (const line of byPage) {
    const page = line.pageNumber;
    while (pages[0] && pages[0][0] < page) end = Math.max(end, (pages.shift()?.[1] ?? 0) + 1);
    const anchor = line.position === 'head' ? firstOfPage.get(page) : lastOfPage.get(page);
    const at = anchor === undefined ? end : line.position === 'head' ? anchor : anchor + 1;
    const block = runningBlock(line);
    const waiting = before.get(at);
    if (waiting) waiting.push(block);
    else before.set(at, [block]);
  }
  const ordered: DraftBlock[] = [];
  for (let i = 0; i <= drafts.length; i++) {
    ordered.push(...(before.get(i) ?? []));
    const draft = drafts[i];
    if (draft) ordered.push(draft);
  }
  return ordered;
};

const order = (line: RunningLine): number => (line.position === 'head' ? 0 : 1);
