/** Look-ups over one document that several steps need. Built once per Document object. */
import type { Block, Document } from '../contracts/document.ts';
import { toPlainText } from './plain-text.ts';
import { isLeaf, type Sentence, splitSentences } from './sentences.ts';

export interface DocumentIndex {
  document: Document;
  blockById: ReadonlyMap<string, Block>;
  /** Position in Document.blocks. */
  positionOf: ReadonlyMap<string, number>;
  childrenOf: ReadonlyMap<string, Block[]>;
  /** Offset at which each block without offsets is held to stand: the end of the last text before it. */
  anchorOf: ReadonlyMap<string, number>;
  /** Sentences of a leaf, split on first use. */
  sentencesOf(block: Block): Sentence[];
  /** Plain text of a place: of a sentence, or of a block that has no offsets. */
  textAt(blockId: string, charStart: number | null, charEnd: number | null): string;
  /** Parent, grandparent, … nearest first. */
  ancestorsOf(block: Block): Block[];
}

const cache = new WeakMap<Document, DocumentIndex>();

export const indexDocument = (document: Document): DocumentIndex => {
  const known = cache.get(document);
  if (known) return known;
  const blockById = new Map<string, Block>();
  const positionOf = new Map<string, number>();
  const childrenOf = new Map<string, Block[]>();
  const anchorOf = new Map<string, number>();
  let lastStart = 0;
  document.blocks.forEach((block, position) => {
    blockById.set(block.blockId, block);
    positionOf.set(block.blockId, position);
    if (block.parentId !== undefined) {
      const siblings = childrenOf.get(block.parentId);
      if (siblings) siblings.push(block);
      else childrenOf.set(block.parentId, [block]);
    }
    if (block.charStart === null) anchorOf.set(block.blockId, lastStart);
    else if (isLeaf(block)) lastStart = Math.max(lastStart, block.charStart);
  });
  const sentences = new Map<string, Sentence[]>();
  const sentencesByStart = new Map<string, Map<number, Sentence>>();
  const sentenceAt = (block: Block, charStart: number): Sentence | undefined => {
    let known = sentencesByStart.get(block.blockId);
    if (known === undefined) {
      known = new Map(index.sentencesOf(block).map((sentence) => [sentence.charStart, sentence]));
      sentencesByStart.set(block.blockId, known);
    }
    return known.get(charStart);
  };
  const index: DocumentIndex = {
    document,
    blockById,
    positionOf,
    childrenOf,
    anchorOf,
    sentencesOf: (block) => {
      const found = sentences.get(block.blockId);
      if (found) return found;
      const split = splitSentences(document.markdown, block);
      sentences.set(block.blockId, split);
      return split;
    },
    textAt: (blockId, charStart, charEnd) => {
      const block = blockById.get(blockId);
      if (block === undefined || charStart === null || charEnd === null) return block?.text ?? '';
      const sentence = sentenceAt(block, charStart);
      if (sentence?.charEnd === charEnd) return sentence.text;
      return toPlainText(document.markdown.slice(charStart, charEnd)).text;
    },
    ancestorsOf: (block) => {
      const chain: Block[] = [];
      let parent = block.parentId === undefined ? undefined : blockById.get(block.parentId);
      while (parent && chain.length < 64) {
        chain.push(parent);
        parent = parent.parentId === undefined ? undefined : blockById.get(parent.parentId);
      }
      return chain;
    },
  };
  cache.set(document, index);
  return index;
};
